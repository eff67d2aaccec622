import { describe, expect, it } from 'vitest';
import { commands } from '../../cli/commands.ts';
import { bpgMigrate, folderWith, stateOf } from './command.ts';
import { sample } from './sample.ts';

const names = commands.map(({ name }) => name);

/** Slips of the command line, and what the message must hold. */
const slips: readonly { readonly args: readonly string[]; readonly says: readonly string[] }[] = [
  { args: ['reviw'], says: ["unknown command 'reviw'", 'commands: init, scan, diff'] },
  { args: ['scna'], says: ['Did you mean scan?'] },
  { args: ['apply', '--chek'], says: ["unknown option '--chek'", 'Did you mean --check?', '--allow-dirty'] },
  { args: ['apply', '--speed', 'high'], says: ["unknown option '--speed'", 'apply takes: --check'] },
  { args: ['report', '--format', 'html,pdf'], says: ["no 'pdf' here", 'html, json, md, csv, sarif'] },
  { args: ['scan', '--format', 'csv'], says: ["no 'csv' here", 'table, json'] },
  { args: ['apply', '--include', 'manual'], says: ["no 'manual' here", 'review'] },
  { args: ['scan', '--verdict', 'saef'], says: ['safe, review, manual'] },
  { args: ['scan', '--format'], says: ['argument missing'] },
  { args: ['scan', 'no/such/folder'], says: ['no/such/folder', 'does not exist'] },
  { args: ['scan', '..'], says: ['outside the root'] },
  { args: ['apply', 'dags/safe.yaml'], says: ['is no Python file'] },
  { args: ['scan', '--config', 'missing.yaml'], says: ['missing.yaml'] },
  { args: ['scan', '--quiet', '--verbose'], says: ['contradict'] },
  { args: ['apply', '--check', '--allow-dirty'], says: ['--check writes nothing'] },
  { args: ['apply', '--check', '--include', 'review'], says: ['--check counts every legacy task'] },
  { args: ['report', '--format', 'html,md'], says: ['several formats need --output'] },
  { args: ['report', '--format', 'html,md', '--output', 'a.html'], says: ['several need a folder'] },
  { args: ['report', '--format', 'md', '--output', 'a.html'], says: ['contradict'] },
  { args: ['report', '--output', 'dags/safe.py'], says: ['is a file, and no report'] },
  { args: ['translate'], says: ['missing required argument'] },
  { args: ['translate', 'missing.yaml'], says: ['missing.yaml: it does not exist'] },
  { args: ['translate', 'dags'], says: ['it is a folder'] },
  { args: ['translate', 'dags/safe.yaml', '--check'], says: ['needs --output'] },
  { args: ['translate', 'dags/safe.yaml', '--losses', '--output', 'x'], says: ['--losses'] },
  { args: ['translate', '-', '--output', 'x'], says: ['no name'] },
  { args: ['translate', 'dags/safe.yaml', './dags/safe.yaml', '--output', 'x'], says: ['both be written'] },
  { args: ['explain', 'no-such-code'], says: ["'no-such-code' is no finding code"] },
  { args: ['explain', 'a', 'b'], says: ['too many arguments'] },
  { args: ['init'], says: ['there is a bpg-migrate.yaml already'] },
  { args: ['init', '--config', 'x.yaml'], says: ['takes no --config'] },
];

describe('a slip on the command line', () => {
  it.each(slips)('$args ends in 2 and changes nothing', async ({ args, says }) => {
    const cwd = folderWith(sample);
    const before = stateOf(cwd);
    const { code, stdout, stderr } = await bpgMigrate(args, { cwd });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    for (const words of says) expect(stderr).toContain(words);
    expect(stateOf(cwd)).toEqual(before);
  });

  it('shows the help on stderr when no command is named', async () => {
    const { code, stdout, stderr } = await bpgMigrate([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('The way through:');
  });
});

describe('a wrong configuration', () => {
  it('is told with file, line, column and what was perhaps meant', async () => {
    const cwd = folderWith({ ...sample, 'bpg-migrate.yaml': 'version: 1\nroutign: []\n' });
    const before = stateOf(cwd);
    for (const command of ['scan', 'diff', 'apply', 'report']) {
      const { code, stdout, stderr } = await bpgMigrate([command], { cwd });
      expect({ command, code, stdout }).toEqual({ command, code: 2, stdout: '' });
      expect(stderr).toContain('bpg-migrate.yaml:2:1:');
      expect(stderr).toContain('routing');
    }
    expect(stateOf(cwd)).toEqual(before);
  });
});

describe('help', () => {
  it('lists the commands that there are and no others', async () => {
    const { code, stdout, stderr } = await bpgMigrate(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const listed = [...stdout.matchAll(/^ {2}([a-z]+) [[<]/gm)].map(([, name]) => name);
    expect(listed).toEqual([...names, 'help']);
  });

  it.each(names)('of %s teaches by example', async (command) => {
    const { code, stdout } = await bpgMigrate([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain(`$ bpg-migrate ${command}`);
    expect(stdout).toContain('--strict');
  });

  it('is the same by `help scan` and `scan --help`', async () => {
    const [long, short] = await Promise.all([bpgMigrate(['help', 'scan']), bpgMigrate(['scan', '--help'])]);
    expect(long.stdout).toBe(short.stdout);
    expect(long.stdout).toContain('--connection');
  });

  it('lists no command that does nothing', async () => {
    const loaded = await Promise.all(commands.map(({ load }) => load()));
    expect(loaded.map(({ run }) => typeof run)).toEqual(names.map(() => 'function'));
  });

  it('tells the version of the package', async () => {
    const { code, stdout } = await bpgMigrate(['--version']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
