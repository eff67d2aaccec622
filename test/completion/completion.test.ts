import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commands } from '../../cli/commands.ts';
import { commonFlags, selectionFlags } from '../../cli/common-flags.ts';
import { completedCommands, completionScripts, type Shell } from '../../cli/completion.ts';

const words = { explain: ['retry-resubmits', 'retry-other'], completion: ['bash', 'zsh', 'fish'] };
const scriptFor = (shell: Shell): string =>
  completionScripts[shell](completedCommands(commands, commonFlags, selectionFlags, words));
const has = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;

/** Runs a program text of the shell in a folder with one file, the completion script at hand as $SCRIPT. */
function inShell(shell: Shell, text: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'bpg-migrate-completion-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'script'), scriptFor(shell));
  writeFileSync(join(folder, 'dags.yaml'), '');
  const answer = spawnSync(shell, [...(shell === 'bash' ? ['--norc'] : []), '-c', text], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, HOME: folder, SCRIPT: join(folder, 'script') },
  });
  expect(answer.stderr).toBe('');
  return answer.stdout
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
    .sort();
}

describe.skipIf(!has('bash'))('completion in bash (skipped where there is none)', () => {
  const complete = (...line: readonly string[]): string[] => {
    const list = ['bpg-migrate', ...line].map((word) => `'${word}'`).join(' ');
    return inShell(
      'bash',
      `source "$SCRIPT"; COMP_WORDS=(${list}); COMP_CWORD=${line.length}; _bpg_migrate; printf '%s\n' "\${COMPREPLY[@]}"`,
    );
  };

  it('knows every command, and help as one', () => {
    expect(complete('')).toEqual([...commands.map(({ name }) => name), 'help'].sort());
    expect(complete('sc')).toEqual(['scaffold', 'scan']);
    expect(complete('help', 'comp')).toEqual(['completion']);
  });

  it('knows every flag of a command, the common ones and those of a selection', () => {
    for (const { name, flags, plans } of commands) {
      const all = [...flags, ...commonFlags, ...(plans ? selectionFlags : [])].map(
        (flag) => flag.name.split(' ')[0] ?? '',
      );
      expect(complete(name, '-')).toEqual([...new Set([...all, '--help'])].sort());
    }
    expect(complete('scan', '--ver')).toEqual(['--verbose', '--verdict']);
  });

  it('knows the words of flags and arguments, and takes files elsewhere', () => {
    expect(complete('scan', '--verdict', '')).toEqual(['manual', 'review', 'safe']);
    expect(complete('decide', '--sensor', 'p')).toEqual(['placeholder']);
    expect(complete('explain', 'retry-r')).toEqual(['retry-resubmits']);
    expect(complete('completion', '')).toEqual(['bash', 'fish', 'zsh']);
    expect(complete('scan', '--config', 'd')).toEqual(['dags.yaml']);
    expect(complete('translate', 'd')).toEqual(['dags.yaml']);
    expect(complete('scan', '--dag', '')).toEqual([]);
  });
});

describe.skipIf(!has('zsh'))('completion in zsh (skipped where there is none)', () => {
  it('is read without a complaint, and defines the function', () => {
    expect(
      inShell(
        'zsh',
        'autoload -U compinit; compinit -u -D; source "$SCRIPT"; print $+functions[_bpg_migrate] $_comps[bpg-migrate]',
      ),
    ).toEqual(['1', '_bpg_migrate']);
  });
});

describe.skipIf(!has('fish'))('completion in fish (skipped where there is none)', () => {
  const complete = (line: string): string[] =>
    inShell('fish', `source $SCRIPT; complete -C '${line}' | string split -f1 \\t`);

  it('knows commands, flags and their words', () => {
    expect(complete('bpg-migrate sc')).toEqual(['scaffold', 'scan']);
    expect(complete('bpg-migrate scan --verdict ')).toEqual(['manual', 'review', 'safe']);
    expect(complete('bpg-migrate explain retry-r')).toEqual(['retry-resubmits']);
    expect(complete('bpg-migrate scan --ver')).toEqual(['--verbose', '--verdict']);
  });
});

it('has a line for every flag in every shell, whatever stands in its text', () => {
  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    const script = scriptFor(shell);
    for (const { flags } of commands)
      for (const { name } of flags) expect(script).toContain((name.split(' ')[0] ?? '').slice(2));
    expect(script).not.toMatch(/undefined|\[object/);
  }
});
