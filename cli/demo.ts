/** `npm start`: shows the way on a copy of the example, with the real command, offline. The checkout stays as it is. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const example = fileURLToPath(new URL('../fixtures/example', import.meta.url));
const command = fileURLToPath(new URL('./bpg-migrate.js', import.meta.url));

/** What is run, and what a reader is told before. `allowed` is the exit code that tells no fault. */
const steps: readonly { readonly args: readonly string[]; readonly text: string; readonly allowed: number }[] = [
  { args: ['scan'], text: 'Every Spark task of the example, with its verdict and the reasons.', allowed: 0 },
  { args: ['diff'], text: 'The patch that apply would make: the safe changes.', allowed: 0 },
  { args: ['apply'], text: 'Write them.', allowed: 0 },
  { args: ['diff'], text: 'A second look: the safe ones are done, nothing is left to do for them.', allowed: 0 },
  { args: ['apply', '--check'], text: 'What CI would say: exit 1 while a legacy task is left.', allowed: 1 },
  { args: ['report', '--output', 'report.html'], text: 'The whole state as one HTML file.', allowed: 0 },
];

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function runDemo(): number {
  if (!existsSync(example)) {
    say('The example (fixtures/example) is part of the repository; run `npm start` in a checkout.');
    return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), 'bpg-migrate-demo-'));
  cpSync(example, folder, { recursive: true });
  say(`A copy of fixtures/example lies in ${folder}`);
  for (const { args, text, allowed } of steps) {
    say(`\n# ${text}\n$ bpg-migrate ${args.join(' ')}\n`);
    const { status, error } = spawnSync(process.execPath, [command, ...args], { cwd: folder, stdio: 'inherit' });
    if (error !== undefined) throw error;
    if (status !== 0) say(`(exit ${status})`);
    if (status === null || status > allowed) return 1;
  }
  say(`\nThe report: ${join(folder, 'report.html')}`);
  return 0;
}

process.exitCode = runDemo();
