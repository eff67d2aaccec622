import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { prefixInRepository } from './git-state.ts';

/** Where it may lie, the first that exists. */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

export interface CodeownersFile {
  readonly text: string;
  /** The root as the top of the repository names it. */
  readonly prefix: string;
}

/** The CODEOWNERS of the repository (outside of one: of the root); null where there is none that can be read. */
export function findCodeowners(root: string): CodeownersFile | null {
  const prefix = prefixInRepository(root) ?? '';
  const top = resolve(root, ...prefix.split('/').flatMap((part) => (part === '' ? [] : ['..'])));
  const file = places.map((place) => join(top, place)).find((path) => existsSync(path));
  if (file === undefined) return null;
  try {
    return { text: readFileSync(file, 'utf8'), prefix };
  } catch {
    return null;
  }
}
