/** Requests as the gateway reads them: every scalar is the text that stands there, every place has a path. */
import { isAlias, parseAllDocuments, visit } from 'yaml';
import type { Json } from '../model.ts';

export type RequestLeaves =
  | { readonly ok: true; readonly leaves: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly because: string };

/** Reads YAML or JSON into `driver.labels.app` → text. Empty lists and mappings count as nothing. */
export function readRequest(text: string): RequestLeaves {
  const documents = parseAllDocuments(text, { schema: 'failsafe', merge: false, uniqueKeys: true });
  if (!Array.isArray(documents) || documents.length === 0) return { ok: false, because: 'it is empty' };
  if (documents.length > 1)
    return { ok: false, because: `it holds ${documents.length} documents; the gateway reads one` };
  const [document] = documents;
  const error = document?.errors[0];
  if (document === undefined || error !== undefined)
    return { ok: false, because: `it does not parse: ${error?.message.split('\n')[0] ?? ''}` };
  let alias: string | null = null;
  visit(document, (_, node) => {
    if (isAlias(node)) alias = node.source;
  });
  if (alias !== null) return { ok: false, because: `the alias *${alias} would be taken for a text by the gateway` };
  const value = document.toJS() as Json;
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return { ok: false, because: 'it is no mapping' };
  const leaves = new Map<string, string>();
  collect(value, '', leaves);
  return { ok: true, leaves };
}

function collect(value: Json, path: string, leaves: Map<string, string>): void {
  if (value === null || typeof value !== 'object') {
    leaves.set(path, value === null ? '' : String(value));
  } else if (Array.isArray(value)) {
    const names = namesOf(value);
    if (names !== null) leaves.set(`${path}[]`, names.join(', '));
    for (const [index, item] of value.entries()) collect(item as Json, `${path}[${names?.[index] ?? index}]`, leaves);
  } else {
    for (const [key, item] of Object.entries(value))
      collect(item as Json, path === '' ? key : `${path}.${key}`, leaves);
  }
}

/** Items with names of their own (env, volumes) are told by these; null where one has none or shares it. */
function namesOf(list: readonly Json[]): readonly string[] | null {
  const names = list.map((item) =>
    item !== null && typeof item === 'object' && 'name' in item && typeof item['name'] === 'string'
      ? item['name']
      : null,
  );
  return list.length > 0 && !names.includes(null) && new Set(names).size === names.length ? (names as string[]) : null;
}

export interface LeafDifference {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Places that differ, sorted by path. */
export function compareLeaves(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly LeafDifference[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }))
    .filter((leaf) => leaf.before !== leaf.after);
}
