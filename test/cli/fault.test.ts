import { afterEach, expect, it } from 'vitest';
import { runCommandLine } from '../../cli/command-line.ts';
import type { CommandDescription, Run } from '../../cli/description.ts';
import type { Session } from '../../cli/session.ts';

/** A command that does what the test wants. */
const commandThat = (run: Run): CommandDescription => ({
  name: 'probe',
  summary: 'probe',
  description: 'probe',
  argument: { name: '[paths...]', text: 'paths' },
  flags: [],
  plans: false,
  examples: [],
  load: async () => ({ run }),
});

async function answerOf(argv: readonly string[], run: Run): Promise<{ code: unknown; said: string }> {
  const said: string[] = [];
  const session: Session = {
    cwd: '/',
    color: false,
    width: 80,
    verbose: false,
    progress: { update: () => {}, clear: () => {} },
    timing: { mark: () => {}, lines: () => [] },
    print: () => {},
    say: (line) => said.push(line),
    warn: (line) => said.push(line),
    readInput: async () => new Uint8Array(),
  };
  await runCommandLine(argv, [commandThat(run)], () => session);
  return { code: process.exitCode, said: said.join('\n') };
}

afterEach(() => {
  process.exitCode = undefined;
});

it('answers an exception with 3 and what to report', async () => {
  const run: Run = async () => {
    throw new Error('a table is empty');
  };
  const { code, said } = await answerOf(['probe', 'dags', "it's"], run);
  expect(code).toBe(3);
  expect(said).toContain('unexpected: a table is empty');
  expect(said).toContain('Please report it');
  expect(said).toMatch(/version {2}\d+\.\d+\.\d+ \(node v\d+/);
  expect(said).toContain("command  bpg-migrate probe dags 'it'\\''s'");
  expect(said).not.toContain('fault.test.ts');
});

it('adds the stack with --verbose', async () => {
  const run: Run = async () => {
    throw new Error('a table is empty');
  };
  const { code, said } = await answerOf(['probe', '--verbose'], run);
  expect(code).toBe(3);
  expect(said).toContain('fault.test.ts');
});

it.each([0, 1, 2] as const)('passes the answer %i of a command on', async (answer) => {
  expect((await answerOf(['probe'], async () => answer)).code).toBe(answer);
});
