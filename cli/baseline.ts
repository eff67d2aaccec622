import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BaselineComparison,
  type BaselineEntry,
  compareBaseline,
  type ReadBaseline,
  readBaseline,
  writeBaseline,
} from '../src/index.ts';
import type { Flags } from './flags.ts';
import type { Told } from './planning.ts';
import { readState, stateFolder, writeState } from './state-folder.ts';

/** Relative to the root. */
export const baselineFile: string = `${stateFolder}/baseline.json`;

/** The entries of the root's baseline; null where there is none. */
export function loadBaseline(
  root: string,
): Extract<ReadBaseline, { ok: false }> | { readonly ok: true; readonly entries: readonly BaselineEntry[] | null } {
  const state = readState(root, baselineFile);
  if (!state.ok) return { ok: false, reason: `${baselineFile}: ${state.reason}` };
  if (state.text === null) return { ok: true, entries: null };
  const read = readBaseline(state.text);
  return read.ok
    ? read
    : { ok: false, reason: `${baselineFile}: ${read.reason}; restore it, or delete it and record it anew` };
}

/** Null, or why it could not be written. */
export function saveBaseline(root: string, entries: readonly BaselineEntry[]): string | null {
  return writeState(root, baselineFile, writeBaseline(entries));
}

/**
 * Compares what was looked at: an entry is only gone, or its file renamed, where all of the file's tasks were looked at
 * or the file is no longer there; `unseen` are the others that no task answered to. `selected`: flags selected some of the tasks, so no file was looked at whole.
 */
export function compareWith(
  { plan: { report, contents }, options: { root }, paths }: Extract<Told, { ok: true }>,
  entries: readonly BaselineEntry[],
  selected: boolean,
): BaselineComparison & { readonly unseen: readonly BaselineEntry[] } {
  const missing = new Map<string, boolean>();
  const isMissing = (file: string): boolean => {
    const known = missing.get(file) ?? !existsSync(join(root, file));
    missing.set(file, known);
    return known;
  };
  const leftOut = new Set(report.files.flatMap(({ file, skipped }) => (skipped === null ? [] : [file])));
  const looked = (file: string): boolean => !selected && isBelow(paths, file) && !leftOut.has(file);
  const compared = compareBaseline(entries, report.tasks, contents, (file) => looked(file) || isMissing(file));
  const [gone, unseen] = [true, false].map((seen) => compared.gone.filter(({ file }) => looked(file) === seen));
  return { known: compared.known, gone: gone ?? [], unseen: unseen ?? [] };
}

const isBelow = (paths: readonly string[], file: string): boolean =>
  paths.some((path) => path === '.' || file === path || file.startsWith(`${path}/`));

export function isSelecting({ dag, task, connection, owner, wave, verdict, since, shard }: Flags): boolean {
  return [dag, task, connection, owner, wave, verdict, since, shard].some((flag) => flag !== undefined);
}

export const entryText = ({ file, dag, task }: BaselineEntry): string => `${file}#${dag ?? '?'}.${task ?? '?'}`;
