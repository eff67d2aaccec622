import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlannedFile } from '../src/index.ts';
import { linkedPart, prepareFolder, readState, stateFolder, writeState } from './state-folder.ts';
import { reasonOf } from './write-failure.ts';

/** Runs of `apply`, a folder each, relative to the root. */
export const undoFolder: string = `${stateFolder}/undo`;

export interface RunFile {
  readonly path: string;
  readonly kind: 'changed' | 'new';
}
export interface UndoRun {
  /** Four digits or more, in the order of the runs. */
  readonly id: string;
  /** `interrupted`: some of its files may have been written, and nobody said that all were. */
  readonly state: 'interrupted' | 'done';
  readonly files: readonly RunFile[];
  /** Paths that were taken back already. */
  readonly undone: ReadonlySet<string>;
  /** The process that writes or wrote it; 0 where that is not known. */
  readonly process: number;
}

/** A run while it is written. */
export interface OpenRun {
  readonly id: string;
  finish(): string | null;
  /** Forgets the run: nothing of it was written, or all of it was taken back. */
  discard(): void;
}
export type BegunRun = { readonly ok: true; readonly run: OpenRun } | { readonly ok: false; readonly reason: string };

/** Records what is about to be written, before the first file is. The index comes last: a run without one wrote nothing. */
export function beginRun(root: string, files: readonly PlannedFile[]): BegunRun {
  try {
    const linked = linkedPart(root, undoFolder);
    if (linked !== null) return { ok: false, reason: linked };
    const id = claimFolder(root);
    const folder = `${undoFolder}/${id}`;
    writeFileSync(join(root, folder, 'process'), `${process.pid}\n`);
    const other = earlierAtWork(root, id);
    if (other !== null) {
      discardRun(root, id);
      return { ok: false, reason: `another apply is at work (run ${other}); run the command again when it is done` };
    }
    for (const [index, { before, after, encoding, gone }] of files.entries())
      writeFileSync(join(root, folder, `${index}.json`), JSON.stringify({ before, after, encoding, gone }));
    const listed = files.map(({ path, before }): RunFile => ({ path, kind: before === null ? 'new' : 'changed' }));
    const index = { version: 1, files: listed };
    const problem = writeState(root, `${folder}/run.json`, `${JSON.stringify(index, null, 2)}\n`);
    if (problem !== null) return { ok: false, reason: problem };
    return {
      ok: true,
      run: { id, finish: () => finishRun(root, id), discard: () => discardRun(root, id) },
    };
  } catch (error) {
    return { ok: false, reason: `${undoFolder} can not be written: ${reasonOf(error)}` };
  }
}

/** A folder of the next number, which nobody else has. */
function claimFolder(root: string): string {
  prepareFolder(root);
  mkdirSync(join(root, undoFolder), { recursive: true });
  for (let number = Math.max(0, ...runNumbers(root)) + 1; ; number += 1) {
    const id = String(number).padStart(4, '0');
    try {
      mkdirSync(join(root, undoFolder, id));
      return id;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function runNumbers(root: string): number[] {
  if (!existsSync(join(root, undoFolder))) return [];
  return readdirSync(join(root, undoFolder))
    .filter((name) => /^\d{4,9}$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/** The runs that can be read, oldest first. A folder without an index has written nothing and is left out. */
export function listRuns(root: string): readonly UndoRun[] {
  return runNumbers(root).flatMap((number): UndoRun[] => {
    const id = String(number).padStart(4, '0');
    const index = readJson(root, `${undoFolder}/${id}/run.json`) as {
      readonly files?: readonly RunFile[];
    } | null;
    const files = Array.isArray(index?.files) ? index.files.filter(isRunFile) : [];
    if (files.length === 0 || files.length !== index?.files?.length) return [];
    const undone = readJson(root, `${undoFolder}/${id}/undone.json`) as { readonly paths?: readonly string[] } | null;
    return [
      {
        id,
        state: existsSync(join(root, undoFolder, id, 'done')) ? 'done' : 'interrupted',
        files,
        undone: new Set(undone?.paths ?? []),
        process: processOf(root, id),
      },
    ];
  });
}

/** Numbers of folders that hold no run: their process died before it wrote anything, or is about to. */
export function unfinishedRuns(root: string): readonly Pick<UndoRun, 'id' | 'process'>[] {
  return runNumbers(root)
    .map((number) => String(number).padStart(4, '0'))
    .filter((id) => !existsSync(join(root, undoFolder, id, 'run.json')))
    .map((id) => ({ id, process: processOf(root, id) }));
}

function processOf(root: string, id: string): number {
  const state = readState(root, `${undoFolder}/${id}/process`);
  // Without its end the number may be a part of another one.
  return state.ok && /^\d{1,9}\n$/.test(state.text ?? '') ? Number(state.text) : 0;
}

function isRunFile(value: Partial<RunFile> | null): value is RunFile {
  return typeof value?.path === 'string' && (value.kind === 'changed' || value.kind === 'new');
}

/** Before and after of a file of the run; null where the journal can't be read any more. */
export function readRunFile(root: string, run: UndoRun, file: RunFile): PlannedFile | null {
  const content = readJson(root, `${undoFolder}/${run.id}/${run.files.indexOf(file)}.json`) as Pick<
    PlannedFile,
    'before' | 'after' | 'encoding' | 'gone'
  > | null;
  return typeof content?.after === 'string' ? { path: file.path, ...content } : null;
}

/** Says that all files of the run were written. Null, or why it could not be said. */
export function finishRun(root: string, id: string): string | null {
  return writeState(root, `${undoFolder}/${id}/done`, '');
}

/** Says that a run is being taken back: until it is said to be done again, whoever finds it goes on with that. */
export function reopenRun(root: string, id: string): string | null {
  const problem = writeState(root, `${undoFolder}/${id}/process`, `${process.pid}\n`);
  if (problem === null) rmSync(join(root, undoFolder, id, 'done'), { force: true });
  return problem;
}

export function discardRun(root: string, id: string): void {
  rmSync(join(root, undoFolder, id), { recursive: true, force: true });
}

/** Remembers what was taken back. Null, or why it could not be. */
export function markUndone(root: string, run: UndoRun, paths: readonly string[]): string | null {
  const all = [...new Set([...run.undone, ...paths])].sort();
  return writeState(
    root,
    `${undoFolder}/${run.id}/undone.json`,
    `${JSON.stringify({ version: 1, paths: all }, null, 2)}\n`,
  );
}

function readJson(root: string, path: string): object | null {
  const state = readState(root, path);
  if (!state.ok || state.text === null) return null;
  try {
    return JSON.parse(state.text);
  } catch {
    return null;
  }
}

/**
 * A run that began before this one and goes on: of two that begin at once the later gives way. One that has not even
 * said whose it is counts, for what was left behind by a crash went before this run was planned.
 */
function earlierAtWork(root: string, id: string): string | null {
  const open = listRuns(root).filter(({ state }) => state === 'interrupted');
  const other = [...unfinishedRuns(root), ...open].find(
    (run) => run.id < id && (run.process === 0 || isAtWork(run.process)),
  );
  return other?.id ?? null;
}

/** True for another process that is there; 0 is none. */
export function isAtWork(pid: number): boolean {
  if (pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
