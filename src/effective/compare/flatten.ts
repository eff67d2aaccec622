import type { Json } from '../../model.ts';
import { isList, isObject } from '../json.ts';

/** Leaves of a value by path; entries of lists go by name where all have one, empty maps and lists are leaves. */
export type Leaves = ReadonlyMap<string, Json>;

/** How list entries are called; null: by index. */
export type EntryName = (list: string, entry: Json) => string | null;

/** By `name`. */
export const byName: EntryName = (_, entry) => {
  const name = isObject(entry) ? entry['name'] : undefined;
  return typeof name === 'string' ? name : null;
};

/** By `name`; mounts, of which one volume can have several, by name and place. */
export const byNameAndPlace: EntryName = (list, entry) => {
  const name = byName(list, entry);
  const place = isObject(entry) ? entry['mountPath'] : undefined;
  return name !== null && list === 'volumeMounts' ? `${name}@${String(place ?? '')}` : name;
};

/** Flattens `value`; `path` starts every path. */
export function flatten(value: Json, path: string, nameOf: EntryName): Leaves {
  const leaves = new Map<string, Json>();
  collect(value, path, '', nameOf, leaves);
  return leaves;
}

function collect(value: Json, path: string, key: string, nameOf: EntryName, leaves: Map<string, Json>): void {
  if (isObject(value) && Object.keys(value).length > 0) {
    for (const [name, item] of Object.entries(value))
      collect(item, path === '' ? name : `${path}${path.endsWith(' ') ? '' : '.'}${name}`, name, nameOf, leaves);
    return;
  }
  if (!isList(value) || value.length === 0) {
    leaves.set(path, value);
    return;
  }
  const names = value.map((entry) => nameOf(key, entry));
  const named = names.every((name) => name !== null);
  for (const [i, entry] of value.entries()) collect(entry, `${path}[${named ? names[i] : i}]`, '', nameOf, leaves);
}
