import { lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { reasonOf } from './write-failure.ts';

/** Where state lies, relative to the root. */
export const stateFolder = '.bpg-migrate' as const;

const ignoreRules = `# Written by bpg-migrate. What was decided and recorded belongs in git; cache and journals do not.
*
!decisions.json
!history.jsonl
!sources.json
!baseline.json
`;

export type StateText =
  | { readonly ok: true; readonly text: string | null }
  | { readonly ok: false; readonly reason: string };

/** The text of a file of the state; null where there is none. `path` is relative to the root. */
export function readState(root: string, path: string): StateText {
  try {
    const linked = linkedPart(root, path);
    if (linked !== null) return { ok: false, reason: linked };
    return { ok: true, text: readFileSync(join(root, path), 'utf8') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { ok: true, text: null };
    return { ok: false, reason: reasonOf(error) };
  }
}

/** Writes a file of the state in one step, with the folders that it needs. Null, or why it could not be. */
export function writeState(root: string, path: string, text: string | Uint8Array): string | null {
  try {
    const linked = linkedPart(root, path);
    if (linked !== null) return linked;
    prepareFolder(root);
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileAtomic.sync(join(root, path), typeof text === 'string' ? text : Buffer.from(text));
    return null;
  } catch (error) {
    return `${path} can not be written: ${reasonOf(error)}`;
  }
}

/** Makes the folder, which ignores itself in git but for what belongs there. */
export function prepareFolder(root: string): void {
  mkdirSync(join(root, stateFolder), { recursive: true });
  try {
    writeFileSync(join(root, stateFolder, '.gitignore'), ignoreRules, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Null, or why the path is not ours: a part of it is a link, which could lead anywhere. */
export function linkedPart(root: string, path: string): string | null {
  const parts = path.split('/');
  const ways = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  const linked = ways.find((way) => lstatSync(join(root, way), { throwIfNoEntry: false })?.isSymbolicLink() === true);
  return linked === undefined ? null : `${linked} is a link, which is not followed`;
}
