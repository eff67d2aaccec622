/**
 * The review on a real pseudo-terminal: `node bench/review.mjs [TASKS] [COMMAND]` (default 1,000 tasks and `dist/bpg-migrate.js`).
 * Measures, at 80×24 and 160×50: from the plan being ready (the alternate screen is taken) to the first frame, from a key
 * to its frame, the processor time of a key, and memory after 500 and 3,000 keys.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pty from '@lydell/node-pty';

const tasks = Number(process.argv[2] ?? 1000);
const command = resolve(process.argv[3] ?? fileURLToPath(new URL('../dist/bpg-migrate.js', import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'bpg-migrate-review-'));
/** Six tasks a file. */
execFileSync(process.execPath, [
  fileURLToPath(new URL('generate.mjs', import.meta.url)),
  'dense',
  folder,
  String(Math.ceil(tasks / 6)),
]);

/** Milliseconds without output after which a frame is whole. */
const quiet = 25;
const keys = ['j', 'j', ']', ' ', '\t', 'k', 'y', 'J', 'j', 'u', 'h', 'l', ']', 'x', '>', 'u'];
const ticks = 100;
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

function usage(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const memory = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return { cpu: ((Number(stat[11]) + Number(stat[12])) * 1000) / ticks, megabytes: Number(memory?.[1] ?? 0) / 1024 };
}

const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
const told = (number) => number.toFixed(1).padStart(7);

async function measure(columns, rows) {
  const { CI: _, ...env } = process.env;
  const child = pty.spawn(process.execPath, [command, 'review'], {
    cols: columns,
    rows,
    cwd: folder,
    env: { ...env, TERM: 'xterm-256color' },
  });
  let last = 0;
  let taken = 0;
  let first = 0;
  let text = '';
  child.onData((data) => {
    last = performance.now();
    if (first === 0) text += data;
    if (taken === 0 && text.includes('\u001b[?1049h')) taken = last;
    if (first === 0 && text.includes('undecided') && text.includes('q quit')) first = last;
  });
  while (first === 0) await wait(5);
  await wait(300);
  const press = async (key) => {
    const start = performance.now();
    last = 0;
    child.write(key);
    for (;;) {
      await wait(2);
      const now = performance.now();
      if (last > start && now - last > quiet) return last - start;
      if (last === 0 && now - start > 300) return null;
    }
  };
  const times = [];
  const before = usage(child.pid);
  for (let index = 0; index < 160; index++) {
    const time = await press(keys[index % keys.length]);
    if (time !== null) times.push(time);
  }
  const after = usage(child.pid);
  const burst = async (count) => {
    for (let index = 0; index < count; index++) {
      child.write(keys[index % keys.length]);
      if (index % 20 === 19) await wait(40);
    }
    await wait(1500);
    return usage(child.pid).megabytes;
  };
  const early = await burst(500);
  const late = await burst(2500);
  times.sort((a, b) => a - b);
  process.stdout.write(
    `${columns}×${rows}: first frame ${told(first - taken)} ms · key to frame median ${told(at(times, 0.5))}, p95 ${told(at(times, 0.95))}, most ${told(at(times, 1))} ms (${times.length} frames) · ` +
      `processor ${told((after.cpu - before.cpu) / 160)} ms a key · memory ${told(before.megabytes)} at first, ${told(early)} after 660 keys, ${told(late)} MB after 3,160\n`,
  );
  const ended = new Promise((done) => child.onExit(done));
  child.write('q');
  await ended;
}

process.stdout.write(`${tasks} tasks\n`);
await measure(80, 24);
await measure(160, 50);
rmSync(folder, { recursive: true, force: true });
