import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { bpgMigrate, contentOf, stateOf } from '../cli/command.ts';

/** A real pseudo-terminal needs Python's `pty`, which exists on Unix only. */
const hasTerminal = spawnSync('python3', ['-c', 'import pty, termios']).status === 0;
const driver = new URL('./terminal.py', import.meta.url).pathname;

interface Step {
  readonly wait: string;
  readonly send?: string;
  readonly signal?: string;
  readonly columns?: number;
  readonly rows?: number;
}
interface Terminal {
  readonly written: string;
  readonly code: number;
  readonly missing: string | null;
}

function example(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bpg-migrate-review-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync('fixtures/example', folder, { recursive: true });
  return folder;
}

function onTerminal(cwd: string, steps: readonly Step[], { shell = [] as readonly string[], env = {} } = {}): Terminal {
  const { NO_COLOR: _, FORCE_COLOR: __, ...clean } = process.env;
  const request = {
    command: [...shell, process.execPath, join(inject('built'), 'bpg-migrate.js'), 'review'],
    cwd,
    env: { ...clean, TERM: 'xterm-256color', CI: 'true', ...env },
    columns: 80,
    rows: 24,
    steps,
  };
  const { stdout, stderr } = spawnSync('python3', [driver], { input: JSON.stringify(request), encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

const enter = '\u001b[?1049h';
const leave = '\u001b[?1049l';

describe.skipIf(!hasTerminal)('review on a terminal (skipped without python3 and its pty)', () => {
  it('accepts, quits, finds everything again, applies', async () => {
    const cwd = example();
    const before = stateOf(cwd);
    const first = onTerminal(cwd, [
      { wait: ' undecided ', send: 'y' },
      { wait: '1 accepted', send: 'x' },
      { wait: '1 rejected', send: 'q' },
    ]);
    expect(first).toMatchObject({ missing: null, code: 0 });
    const [, , after = ''] = first.written.replaceAll(leave, enter).split(enter);
    expect(after).toMatch(/1 accepted, 1 rejected, 0 skipped, \d+ undecided: all saved/);
    const { '.bpg-migrate': _, ...others } = Object.fromEntries(
      Object.entries(stateOf(cwd)).filter(([path]) => !path.startsWith('.bpg-migrate/')),
    );
    expect(others).toEqual(before);
    const saved = JSON.parse(contentOf(cwd, '.bpg-migrate/decisions.json'));
    expect(saved.decisions.map(({ task, decision }: { task: string; decision: string }) => [task, decision])).toEqual([
      ['dags/clinical/deidentify.py#deidentify.remove_names', 'rejected'],
      ['dags/scoring/churn_score.py#churn_score.submit', 'accepted'],
    ]);

    const second = onTerminal(cwd, [
      { wait: 'welcome back: 2 decided', send: 'y' },
      { wait: '2 accepted', send: 'a' },
      { wait: 'Enter writes them', send: '\r' },
    ]);
    expect(second).toMatchObject({ missing: null, code: 0 });
    expect(second.written.split(leave)[1]).toContain('2 moved, ');
    expect(contentOf(cwd, 'dags/scoring/churn_score.py')).toContain('BPGOperator(');
    expect(contentOf(cwd, 'dags/scoring/churn_score.bpg.yaml')).toContain('queue: analytics');
    expect(contentOf(cwd, 'dags/quickstart/spark_pi.py')).toContain('BPGOperator(');
    for (const path of ['dags/clinical/deidentify.py', 'dags/sales/daily_revenue.py'])
      expect(contentOf(cwd, path)).toBe(readFileSync(join('fixtures/example', path), 'utf8'));
    expect(existsSync(join(cwd, 'dags/clinical/deidentify.bpg.yaml'))).toBe(false);
  });

  it('has saved every decision when it is killed, and gives the screen back on a signal', async () => {
    const cwd = example();
    const killed = onTerminal(cwd, [
      { wait: ' undecided ', send: 'yy' },
      { wait: '2 accepted', signal: 'SIGKILL' },
    ]);
    expect(killed).toMatchObject({ missing: null, code: -9 });
    const ended = onTerminal(cwd, [
      { wait: 'welcome back: 2 decided', send: 'u' },
      { wait: '1 accepted', signal: 'SIGTERM' },
    ]);
    expect(ended).toMatchObject({ missing: null, code: -15 });
    expect(ended.written).toContain(`\u001b[?25h${leave}`);
    const { stdout } = await bpgMigrate(['decide', 'decision:accepted'], { cwd });
    expect(stdout.trim().split('\n')).toHaveLength(1);
  });

  it('stops on Ctrl-Z with the screen given back, goes on, and follows a new size', () => {
    const cwd = example();
    const steps: Step[] = [
      { wait: ' undecided ', send: '\u001a' },
      { wait: leave },
      { wait: 'status 148' },
      { wait: enter },
      { wait: ' undecided ', columns: 130, rows: 40 },
      { wait: 'bpg-migrate review', send: 'q' },
    ];
    const shell = ['bash', '-c', 'set -m; "$@"; echo "status $?"; fg', 'bash'];
    const { written, code, missing } = onTerminal(cwd, steps, { shell });
    expect({ code, missing }).toEqual({ code: 0, missing: null });
    expect(written.split(enter)).toHaveLength(3);
  });

  it('stays where no shell could bring it back from Ctrl-Z', () => {
    const { written, code, missing } = onTerminal(example(), [
      { wait: ' undecided ', send: '\u001a' },
      { wait: `${leave}${enter}` },
      { wait: ' undecided ', send: 'q' },
    ]);
    expect({ code, missing }).toEqual({ code: 0, missing: null });
    expect(written.split(leave)).toHaveLength(3);
  });

  it('marks what changed since it was accepted, and does not apply it', async () => {
    const cwd = example();
    await bpgMigrate(['decide', 'task:submit_spark_pi', '--accept'], { cwd });
    const path = join(cwd, 'dags/quickstart/spark_pi.py');
    writeFileSync(path, readFileSync(path, 'utf8').replace('memory: "512m"', 'memory: "768m"'));
    const { missing, written } = onTerminal(cwd, [{ wait: '1 changed since', send: 'q' }], { env: { NO_COLOR: '1' } });
    expect(missing).toBeNull();
    expect(written).toContain('[!C]');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what must not be there
    expect(written).not.toMatch(/\u001b\[[\d;]*3\d(?:;\d+)*m/);
    const { stderr, stdout } = await bpgMigrate(['apply', '--accepted'], { cwd });
    expect(stderr).toContain('1 changed since accepted');
    expect(stdout).not.toMatch(/^(?:changed|new)/m);
  });

  it('says what is wrong with decisions that it can not read, and takes no screen', () => {
    const cwd = example();
    const broken = join(cwd, '.bpg-migrate');
    cpSync('fixtures/example/bpg-migrate.yaml', join(broken, 'decisions.json'));
    const { code, written } = onTerminal(cwd, []);
    expect(code).toBe(2);
    expect(written).toContain('.bpg-migrate/decisions.json: it is no JSON object');
    expect(written).not.toContain(enter);
  });
});

describe('review without a terminal', () => {
  it('prints the equivalent commands and ends in 2', async () => {
    const cwd = example();
    const { code, stdout, stderr } = await bpgMigrate(['review', '--dag', 'clinical_*'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('needs a terminal');
    expect(stdout).toContain("bpg-migrate apply --accepted --dag 'clinical_*'\n");
    expect(stdout).toContain('decide verdict:safe --accept');
    expect(existsSync(join(cwd, '.bpg-migrate'))).toBe(false);
  });
});
