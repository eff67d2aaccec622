/** Whole reviews on a real terminal. The frames are compared to the letter, and those at 80×24 are the ones of the docs. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../cli/command.ts';
import { exampleFolder, openLive } from './live.ts';

interface Frame {
  readonly title: string;
  readonly lines: readonly string[];
}

/** A script that stands for the editor; it changes the Python file as `sed` says. */
function editor(folder: string, name: string, command: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\nfor file in "$@"; do case "$file" in *.py) ${command} "$file";; esac; done\n`);
  chmodSync(path, 0o755);
  return path;
}

/** One long sitting: every way to decide, an end by force in the middle, and what was decided written at last. */
async function sitting(columns: number, rows: number): Promise<readonly Frame[]> {
  const folder = exampleFolder();
  const frames: Frame[] = [];
  const good = editor(folder, 'good.sh', `sed -i -e 's/memory: "512m"/memory: "640m"/' -e '/^x = ($/d'`);
  const env = { VISUAL: editor(folder, 'bad.sh', 'echo "x = (" >>') };
  const before = contentOf(folder, 'dags/sales/daily_revenue.py');
  const first = openLive(folder, { columns, rows, env });
  const show = async (title: string, wait: string | RegExp, live = first): Promise<void> => {
    frames.push({ title, lines: await live.until(wait) });
  };
  await show('The first undecided task, its change at the call, and why it needs a person', '4 undecided');
  first.type('o');
  await show('`o`: other ways for this task', 'other ways for');
  first.type('j\r');
  await show('Planned again at once: an empty task stays in the place of the sensor', 'chosen: sensor placeholder');
  first.type(']o\r');
  await show('A queue that an isolation rule forbids is refused', 'not done:');
  first.type(']e');
  await show('`e`: what the editor left does not parse, so it does not count', 'does not parse');
  first.type('f');
  await first.until('filter:');
  first.type('verdict:safe');
  await first.until('filter: verdict:safe');
  first.type('\rY');
  await show('`f`, then `Y`: all that match, counted and listed before anything happens', 'accept 2 tasks?');
  first.type('\r');
  await show('Accepted; `u` would take it back', '2 accepted');
  first.kill('SIGKILL');
  expect((await first.ended).signal).toBe(9);

  const second = openLive(folder, { columns, rows, env: { VISUAL: good } });
  await show('After the end by force: everything is there', 'welcome back: 2 decided', second);
  second.type('/512m\r');
  await show('`/`: found in the code, and scrolled to', 'search "512m"', second);
  second.type('\u001b');
  second.type('e');
  await show('`e` again goes on with what was written; now it holds, and says so', 'edited and verified', second);
  second.type('y?');
  await show('`?`: every key, from the table that the keys are read from', 'other ways: sensor, queue', second);
  second.type('q');
  second.resize(columns + 20, rows + 6);
  await second.until('2 accepted');
  second.resize(columns, rows);
  second.type('a');
  await show('`a`: what will be written, all of it or none', 'Enter writes them', second);
  second.type('\r');
  expect(await second.ended).toEqual({ code: 0, signal: 0 });
  expect(second.isAlternate()).toBe(false);
  expect(second.written()).toMatch(/takes it back/);
  expect(second.written()).toMatch(/2 moved, 4 left/);
  expect(contentOf(folder, 'dags/quickstart/spark_pi.py')).toContain('BPGOperator(');
  expect(contentOf(folder, 'dags/quickstart/spark_pi.py')).toContain('memory: "640m"');
  expect(contentOf(folder, 'dags/sales/daily_revenue.py')).not.toBe(before);
  expect(contentOf(folder, 'dags/scoring/churn_score.py')).toContain('SparkKubernetesOperator(');
  return frames;
}

const told = (frames: readonly Frame[]): string =>
  frames
    .map(
      ({ title, lines }) =>
        `${title}:\n\n${fence}text\n${lines
          .map((line) => line.trimEnd())
          .join('\n')
          .trimEnd()}\n${fence}\n`,
    )
    .join('\n');
const fence = '```';

/** The text as the file has it; written where the docs are made anew. */
function expectFile(path: string, text: string): void {
  if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
}

const introduction = `# A review, frame by frame

<!-- Made by test/review/whole-review.test.ts: a real review of fixtures/example on a terminal of 80 columns and 24 lines. -->

${fence}text
bpg-migrate review
${fence}

`;

describe('a whole review', () => {
  it('at 80×24 is the one of the docs', async () => {
    expectFile('docs/review.md', introduction + told(await sitting(80, 24)));
  }, 60_000);

  it('at 160×50 has two columns', async () => {
    const frames = await sitting(160, 50);
    expectFile('test/review/frames-160x50.txt', told(frames));
    expect(frames[0]?.lines.some((line) => /SparkKubernetesOperator\(.*BPGOperator\(/.test(line))).toBe(true);
  }, 60_000);
});
