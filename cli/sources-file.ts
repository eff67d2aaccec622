import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PlannedFile, readSources, type TaskEntry, writeSources } from '../src/index.ts';
import { readState, stateFolder, writeState } from './state-folder.ts';

const sourcesFile = `${stateFolder}/sources.json`;

/**
 * Remembers what the JSON requests that were just written were translated from; entries whose request is gone go. Null, or
 * why it could not be remembered.
 */
export function rememberSources(
  root: string,
  written: readonly PlannedFile[],
  tasks: readonly TaskEntry[],
): string | null {
  const requests = new Set(written.flatMap(({ path }) => (path.endsWith('.bpg.json') ? [path] : [])));
  if (requests.size === 0) return null;
  const state = readState(root, sourcesFile);
  if (!state.ok) return `${sourcesFile}: ${state.reason}`;
  const before = state.text === null ? new Map() : readSources(state.text);
  if (before === null) return `${sourcesFile} can not be read; restore it, or delete it`;
  const sources = new Map([...before].filter(([path]) => existsSync(join(root, path))));
  for (const { payload } of tasks) {
    if (payload?.path == null || payload.target === null || !requests.has(payload.target)) continue;
    const sha256 = createHash('sha256')
      .update(readFileSync(join(root, payload.path)))
      .digest('hex');
    sources.set(payload.target, { source: payload.path, sha256 });
  }
  return writeState(root, sourcesFile, writeSources(sources));
}
