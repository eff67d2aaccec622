/** A temporary copy of the example repository in git, with the operators of the contract as its plugins. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Difference } from '../../src/verify/difference.ts';
import type { Verification } from '../../src/verify/verification.ts';

const command = join('dist', 'bpg-migrate.js');
const project = process.cwd();

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class Repository {
  readonly root: string = realpathSync(mkdtempSync(join(tmpdir(), 'bpg-migrate-contract-')));

  constructor(files: Readonly<Record<string, string>> = {}) {
    cpSync('fixtures/example', this.root, { recursive: true });
    cpSync('test/contract/operators', join(this.root, 'plugins'), {
      recursive: true,
      filter: (path) => !path.includes('__pycache__'),
    });
    for (const [path, text] of Object.entries(files)) this.write(path, text);
    this.git('init', '--quiet');
    this.record();
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  record(): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', 'as it is');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  /** Replaces a text that must be there. */
  change(path: string, from: string | RegExp, to: string): void {
    const text = readFileSync(join(this.root, path), 'utf8');
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${path} does not hold ${String(from)}`);
    this.write(path, changed);
  }

  /** Runs the built command. */
  run(...args: readonly string[]): Ran {
    const ran = spawnSync(process.execPath, [join(project, command), ...args], { cwd: this.root, encoding: 'utf8' });
    return { code: ran.status, stdout: ran.stdout, stderr: ran.stderr };
  }

  apply(...flags: readonly string[]): void {
    const ran = this.run('apply', ...flags);
    if (ran.code !== 0) throw new Error(`apply ended with ${ran.code}\n${ran.stderr}`);
  }

  /** Runs `verify` in the Airflow of the tests. */
  verify(...flags: readonly string[]): Verified {
    const python = process.env['BPG_MIGRATE_AIRFLOW'];
    if (python === undefined) throw new Error('BPG_MIGRATE_AIRFLOW is missing: test/verify/run.sh sets it');
    const ran = this.run('verify', '--python', python, '--format', 'json', ...flags);
    if (ran.stdout === '') throw new Error(`verify ended with ${ran.code}\n${ran.stderr}`);
    const result = JSON.parse(ran.stdout) as Verification;
    return { ...ran, result, faults: result.differences.filter(({ explained }) => !explained) };
  }

  git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
    const ran = spawnSync('git', [...identity, ...args], { cwd: this.root, encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(`git ${args.join(' ')}: ${ran.stderr}`);
    return ran.stdout;
  }
}

export interface Verified extends Ran {
  readonly result: Verification;
  readonly faults: readonly Difference[];
}
