/** The built command on a real pseudo-terminal, with an emulator that shows what a person would see. */
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pty from '@lydell/node-pty';
import { onTestFinished } from 'vitest';
import { builtCommand } from '../cli/command.ts';
import { emulator } from './emulator.ts';

export interface Live {
  /** The screen once the text is on it; fails with what is there instead. */
  readonly until: (text: string | RegExp) => Promise<string[]>;
  readonly type: (keys: string) => void;
  readonly resize: (columns: number, rows: number) => void;
  readonly kill: (signal: string) => void;
  /** How it ended, when nothing more comes. */
  readonly ended: Promise<{ readonly code: number; readonly signal: number }>;
  readonly isAlternate: () => boolean;
  readonly written: () => string;
}

export interface Setting {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

const patience = 20_000;

export function openLive(cwd: string, { columns = 80, rows = 24, env = {}, args = ['review'] }: Setting = {}): Live {
  const { NO_COLOR: _, FORCE_COLOR: __, VISUAL: ___, EDITOR: ____, ...clean } = process.env;
  const screen = emulator(columns, rows);
  const child = pty.spawn(process.execPath, [builtCommand(), ...args], {
    cols: columns,
    rows,
    cwd,
    env: { ...clean, TERM: 'xterm-256color', ...env },
  });
  let written = '';
  let wake: () => void = () => {};
  child.onData((data) => {
    written += data;
    screen.write(data);
    wake();
  });
  let isOver = false;
  const ended = new Promise<{ code: number; signal: number }>((done) => {
    child.onExit(({ exitCode, signal }) => {
      isOver = true;
      wake();
      done({ code: exitCode, signal: signal ?? 0 });
    });
  });
  onTestFinished(() => {
    if (!isOver) child.kill('SIGKILL');
  });
  const until: Live['until'] = async (text) => {
    const end = Date.now() + patience;
    for (;;) {
      const seen = written;
      const lines = await screen.lines();
      const all = lines.join('\n');
      // A picture is whole when its update has ended; what comes behind the last one is plain text.
      const isWhole = seen === written && (!screen.isAlternate() || seen.endsWith('\u001b[?2026l'));
      if (isWhole && (typeof text === 'string' ? all.includes(text) : text.test(all))) return lines;
      if (Date.now() > end || isOver) throw new Error(`${text} is not on the screen, but:\n${all}`);
      await new Promise<void>((done) => {
        wake = done;
        setTimeout(done, 250);
      });
    }
  };
  return {
    until,
    type: (keys) => child.write(keys),
    resize: (cols, lines) => {
      screen.resize(cols, lines);
      child.resize(cols, lines);
    },
    kill: (signal) => child.kill(signal),
    ended,
    isAlternate: screen.isAlternate,
    written: () => written,
  };
}

/** A copy of the example repository. */
export function exampleFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bpg-migrate-review-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync('fixtures/example', folder, { recursive: true });
  return folder;
}
