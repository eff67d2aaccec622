import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bpgMigrate, builtCommand, execute, folderWith } from './command.ts';
import { sample } from './sample.ts';

const shell = (line: string, cwd: string) =>
  execute('bash', ['-o', 'pipefail', '-c', line, 'bash', process.execPath, builtCommand()], { cwd });

it('ends quietly when its reader goes away', async () => {
  const cwd = folderWith(sample);
  for (const command of ['scan', 'scan --format json', 'report --format html', 'explain', '--help']) {
    const { stderr, code } = await shell(`"$1" "$2" ${command} --quiet | true`, cwd);
    expect({ command, stderr, code }).toEqual({ command, stderr: '', code: 0 });
  }
});

it('finishes writing when its reader goes away', async () => {
  const cwd = folderWith(sample);
  const { code } = await shell('"$1" "$2" apply --quiet | true', cwd);
  expect(code).toBe(0);
  expect(existsSync(join(cwd, 'dags/safe.bpg.yaml'))).toBe(true);
});

it('says that a full disk takes no result', async (context) => {
  if (!existsSync('/dev/full')) context.skip('this system has no /dev/full');
  const { code, stderr } = await shell('"$1" "$2" scan --quiet > /dev/full', folderWith(sample));
  expect(code).toBe(2);
  expect(stderr).toContain('stdout can not be written (ENOSPC)');
});

it('writes no colour into a pipe, with or without NO_COLOR', async () => {
  const cwd = folderWith(sample);
  for (const args of [['scan'], ['diff', '--format', 'side-by-side'], ['explain']]) {
    const plain = await bpgMigrate(args, { cwd });
    const forbidden = await bpgMigrate([...args, '--no-color'], { cwd, env: { NO_COLOR: '1' } });
    expect(plain.stdout).not.toContain('\u001b');
    expect(plain.stdout).not.toBe('');
    expect(forbidden.bytes).toEqual(plain.bytes);
  }
});

/** A terminal by util-linux's `script`, where there is one. */
const onTerminal = (args: string, cwd: string, env: NodeJS.ProcessEnv = {}) =>
  execute(
    'script',
    [
      '--quiet',
      '--return',
      '--command',
      `"${process.execPath}" "${builtCommand()}" --no-progress ${args}`,
      '/dev/null',
    ],
    {
      cwd,
      env: { TERM: 'xterm', ...env },
    },
  );

it('colours on a terminal, but not with NO_COLOR or --no-color', async (context) => {
  if (!existsSync('/usr/bin/script')) context.skip('no `script` here to make a terminal');
  const cwd = folderWith(sample);
  expect((await onTerminal('diff --format side-by-side', cwd)).stdout).toContain('\u001b[');
  expect((await onTerminal('diff --format side-by-side --no-color', cwd)).stdout).not.toContain('\u001b[');
  expect((await onTerminal('diff --format side-by-side', cwd, { NO_COLOR: '1' })).stdout).not.toContain('\u001b[');
  expect((await onTerminal('diff --format side-by-side', cwd, { NO_COLOR: '' })).stdout).toContain('\u001b[');
});

it('keeps control characters of file names from the terminal', async () => {
  const cwd = folderWith({ 'dags/\u001b[31mred.py': 'from airflow import DAG\n' });
  const { code, stderr } = await bpgMigrate(['scan', 'dags/\u001b[31mgone.py'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('\\x1b[31mgone.py');
  expect(stderr).not.toContain('\u001b');
});
