/** SIGKILL at each point at which a run changes the file system: whatever was done, the next command settles it. */
import { spawn } from 'node:child_process';
import { chmodSync, lstatSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { directImports } from '../../../cli/direct-imports.mjs';
import { settleInterrupted } from '../../../cli/settle-runs.ts';
import { listRuns, unfinishedRuns } from '../../../cli/undo-journal.ts';
import { takeBackRun } from '../../../cli/undo-run.ts';
import { writeRun } from '../../../cli/write-run.ts';
import { loadOptions, type Options, type PlannedFile } from '../../../src/index.ts';
import { folderWith, stateOf } from '../command.ts';
import { quietSession } from './session.ts';

/** `KILLS=all` (`npm run kills`) kills at every point, which takes a minute; else at some, spread over all. */
const all = process.env['KILLS'] === 'all';
/** Kills at once; both cores of a small machine. */
const atOnce = 2;
const before = 'x = 1\n'.repeat(400);
const after = 'x = 2\n'.repeat(400);
const changed = (path: string): PlannedFile => ({ path, before, after, encoding: 'utf-8' });
const made = (path: string): PlannedFile => ({ path, before: null, after: 'a: 1\n'.repeat(50), encoding: 'utf-8' });
const files = [
  changed('dags/a.py'),
  changed('dags/b.py'),
  changed('dags/link.py'),
  made('dags/a.bpg.yaml'),
  made('dags/b.bpg.yaml'),
  made('dags/c.bpg.yaml'),
];

function tree(): string {
  const root = folderWith({ 'dags/a.py': before, 'dags/b.py': before, 'lib/c.py': before, 'dags/mine.py.12': 'mine' });
  chmodSync(join(root, 'dags/b.py'), 0o755);
  symlinkSync('../lib/c.py', join(root, 'dags/link.py'));
  return root;
}

const optionsIn = (root: string): Options => {
  const loaded = loadOptions({ cwd: root });
  if (!loaded.ok) throw new Error('there is no configuration');
  return loaded.options;
};

/** All but the journal, which is looked at by itself. */
function stateIn(root: string): Record<string, string> {
  return Object.fromEntries(Object.entries(stateOf(root)).filter(([path]) => !path.startsWith('.bpg-migrate')));
}

interface Ended {
  readonly signal: string | null;
  readonly calls: number;
}

function ended(writer: string, args: readonly string[]): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [writer, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (piece) => {
      said += piece;
    });
    child.on('close', (_, signal) => done({ signal, calls: Number(said) }));
  });
}

async function writerIn(folder: string): Promise<string> {
  const from = join(import.meta.dirname, '../../..');
  await build({
    entryPoints: [join(import.meta.dirname, 'writer.ts')],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    outExtension: { '.js': '.mjs' },
    plugins: [directImports(join(from, 'src/index.ts'), join(from, 'cli'))],
    banner: {
      js: "import{createRequire as make}from'node:module';const require=make(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname;",
    },
  });
  return join(folder, 'writer.mjs');
}

/** Nothing is left but what was there: no half file, no temporary one, no run that anybody waits for. */
async function expectSettled(root: string, states: readonly Record<string, string>[], at: string): Promise<void> {
  await settleInterrupted(quietSession, optionsIn(root));
  expect(states, at).toContainEqual(stateIn(root));
  expect(unfinishedRuns(root), at).toEqual([]);
  expect(
    listRuns(root).filter(({ state }) => state === 'interrupted'),
    at,
  ).toEqual([]);
  expect(lstatSync(join(root, 'dags/link.py')).isSymbolicLink(), at).toBe(true);
}

it('loses nothing, wherever it is killed', async (context) => {
  const folder = folderWith({ 'files.json': JSON.stringify(files) });
  const writer = await writerIn(folder);
  const list = join(folder, 'files.json');
  const asItWas = stateIn(tree());
  const whole = tree();
  expect(writeRun(whole, files).outcome.ok).toBe(true);
  const asItWillBe = stateIn(whole);
  let kills = 0;

  /** Kills at each point of what `prepare` leaves to be done. */
  const killAll = async (
    what: string,
    prepare: (root: string) => Promise<void>,
    states: readonly Record<string, string>[],
  ) => {
    const trial = tree();
    await prepare(trial);
    const { calls } = await ended(writer, [what, trial, list]);
    expect(calls).toBeGreaterThan(5);
    const points = Array.from({ length: calls }, (_, index) => index + 1)
      .flatMap((point) => [`${point}`, `${point} half`])
      .filter((_, index) => all || index % 9 === 4);
    const killOne = async (): Promise<void> => {
      for (let next = points.shift(); next !== undefined; next = points.shift()) {
        const root = tree();
        await prepare(root);
        const end = await ended(writer, [what, root, list, ...next.split(' ')]);
        expect(end.signal, `${what} ${next}`).toBe('SIGKILL');
        kills += 1;
        // Killed before it was begun or after it was done, an undo leaves nothing to settle.
        if (what === 'undo') await undoAgain(root);
        await expectSettled(root, states, `${what} ${next}`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, killOne));
  };
  const undoAgain = async (root: string): Promise<void> => {
    await settleInterrupted(quietSession, optionsIn(root));
    for (const run of listRuns(root)) await takeBackRun(optionsIn(root), run);
  };

  await killAll('apply', async () => {}, [asItWas, asItWillBe]);
  await killAll(
    'undo',
    async (root) => {
      writeRun(root, files);
    },
    [asItWas],
  );
  // Killed while it takes back what was killed: at the last point but one all files are written.
  const { calls } = await ended(writer, ['apply', tree(), list]);
  await killAll(
    'settle',
    async (root) => {
      await ended(writer, ['apply', root, list, String(calls - 3)]);
    },
    [asItWas],
  );
  expect(kills).toBeGreaterThanOrEqual(all ? 200 : 20);
  context.annotate(`${kills} kills`);
}, 300_000);

it('lets only the first of two runs write', () => {
  const root = tree();
  const first = join(root, '.bpg-migrate/undo/0001');
  writeRun(root, [changed('dags/a.py')]);
  // As if its process, which is alive, were not done.
  rmSync(join(first, 'done'));
  writeFileSync(join(first, 'process'), `${process.ppid}\n`);
  const asItWas = stateOf(root);
  const refused = writeRun(root, [changed('dags/b.py')]);
  expect(refused).toEqual({
    outcome: { ok: false, problems: [expect.stringContaining('another apply is at work (run 0001)')], changed: false },
    run: null,
  });
  expect(stateOf(root)).toEqual(asItWas);
  writeFileSync(join(first, 'done'), '');
  expect(writeRun(root, [changed('dags/b.py')])).toMatchObject({ outcome: { ok: true }, run: '0002' });
});
