/** Runs the built command as a user does, on temporary copies. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inject, onTestFinished } from 'vitest';

export interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly bytes: Buffer;
}

export interface Circumstances {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: NodeJS.ProcessEnv;
  /** Another user, where the tests run as root, whom no permission stops. */
  readonly uid?: number;
}

export const builtCommand = (): string => join(inject('built'), 'bpg-migrate.js');

/** Runs the command with nothing of the environment that changes what it says. */
export function bpgMigrate(args: readonly string[], { cwd, input, env, uid }: Circumstances = {}): Promise<Answer> {
  return execute(process.execPath, [builtCommand(), ...args], {
    cwd: cwd ?? tmpdir(),
    ...(input === undefined ? {} : { input }),
    ...(env === undefined ? {} : { env }),
    ...(uid === undefined ? {} : { uid }),
  });
}

export function execute(program: string, args: readonly string[], around: Circumstances): Promise<Answer> {
  const { NO_COLOR: _, FORCE_COLOR: __, SOURCE_DATE_EPOCH: ___, ...clean } = process.env;
  return new Promise((done, failed) => {
    const child = spawn(program, args, {
      env: { ...clean, ...around.env },
      ...(around.cwd === undefined ? {} : { cwd: around.cwd }),
      ...(around.uid === undefined ? {} : { uid: around.uid, gid: around.uid }),
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => out.push(piece));
    child.stderr.on('data', (piece: Buffer) => err.push(piece));
    child.on('error', failed);
    child.on('close', (code) => {
      const bytes = Buffer.concat(out);
      done({ code, bytes, stdout: bytes.toString(), stderr: Buffer.concat(err).toString() });
    });
    child.stdin.on('error', () => {});
    child.stdin.end(around.input ?? '');
  });
}

/** A temporary folder with these files, gone when the test is. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bpg-migrate-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Every entry below the folder with its kind, permissions and content; git's own and the journal for `undo` left out. */
export function stateOf(folder: string): Record<string, string> {
  const state: Record<string, string> = {};
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/^(?:\.git|\.bpg-migrate\/undo)(?:$|\/)/.test(path)) continue;
    if (/^\.bpg-migrate(?:\/\.gitignore)?$/.test(path)) continue;
    const entry = lstatSync(join(folder, path));
    const hash = entry.isFile()
      ? createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex')
      : '';
    state[path] = `${entry.mode.toString(8)} ${hash}`;
  }
  return state;
}

export const contentOf = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');

/** A git repository with everything recorded. */
export async function recordInGit(folder: string): Promise<void> {
  await git(folder, ['init', '--quiet']);
  await git(folder, ['add', '--all']);
  await git(folder, ['commit', '--quiet', '--message', 'as it was']);
}

export async function git(cwd: string, args: readonly string[], input?: Uint8Array): Promise<Answer> {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  const answer = await execute('git', [...identity, ...args], { cwd, ...(input === undefined ? {} : { input }) });
  if (answer.code !== 0) throw new Error(`git ${args.join(' ')}: ${answer.stderr}`);
  return answer;
}
