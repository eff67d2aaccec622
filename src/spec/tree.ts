/** Small moves on a parsed YAML tree. Every scalar is text: what it means is decided by the field that it stands in. */
import { isMap, isScalar, isSeq, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';

export type Text = Scalar<string>;
export interface Mapping extends YAMLMap<Text, Value> {
  items: Entry[];
}
export type List = YAMLSeq<Value>;
export type Value = Text | Mapping | List;
/** After expansion every key has a value; a missing one is an empty text. */
export interface Entry extends Pair<Text, Value> {
  value: Value;
}

// The functions themselves: asked for every node, many times over.
export const isText: (node: unknown) => node is Text = isScalar as (node: unknown) => node is Text;
export const isMapping: (node: unknown) => node is Mapping = isMap as (node: unknown) => node is Mapping;
export const isList: (node: unknown) => node is List = isSeq as (node: unknown) => node is List;

export function entryOf(map: Mapping, key: string): Entry | undefined {
  return map.items.find((entry) => entry.key.value === key);
}

export function valueAt(map: Mapping | undefined, key: string): Value | undefined {
  return (map === undefined ? undefined : entryOf(map, key)?.value) ?? undefined;
}

export function textOf(map: Mapping | undefined, key: string): Text | undefined {
  const value = valueAt(map, key);
  return isText(value) ? value : undefined;
}

export function mappingOf(map: Mapping | undefined, key: string): Mapping | undefined {
  const value = valueAt(map, key);
  return isMapping(value) ? value : undefined;
}

export function listOf(map: Mapping | undefined, key: string): List | undefined {
  const value = valueAt(map, key);
  return isList(value) ? value : undefined;
}

export function newText(value: string, type: Scalar.Type = Scalar.PLAIN): Text {
  const text = new Scalar(value);
  text.type = type;
  return text;
}

export const newMapping = (): Mapping => new YAMLMap<Text, Value>() as Mapping;
export const newList = (): List => new YAMLSeq<Value>();
export const newEntry = (key: string, value: Value): Entry => new Pair<Text, Value>(newText(key), value) as Entry;

/** Where a value stands in the source; null for one that we made. */
export const offsetOf = (node: Value | undefined): number | null => node?.range?.[0] ?? null;

/** Every comment on an entry and below it, in order of appearance. */
export function commentsOf(node: Entry | Value | null | undefined): string[] {
  if (node === null || node === undefined) return [];
  if (node instanceof Pair) return [...commentsOf(node.key), ...commentsOf(node.value)];
  const before = node.commentBefore ? [node.commentBefore] : [];
  const after = node.comment ? [node.comment] : [];
  const inside = isText(node) ? [] : node.items.flatMap((item) => commentsOf(item as Entry | Value));
  return [...before, ...inside, ...after];
}

/** Puts comments above a node, before those that it has. */
export function putComments(node: Value, comments: readonly string[]): void {
  if (comments.length === 0) return;
  node.commentBefore = [...comments, ...(node.commentBefore ? [node.commentBefore] : [])].join('\n');
}

/** Gives an entry another value; comments stay beside it. */
export function replaceValue(entry: Entry, value: Text): void {
  const comments = commentsOf(entry.value);
  if (isText(entry.value) && entry.value.comment && comments.length === 1) value.comment = entry.value.comment;
  else putComments(entry.key, comments);
  entry.value = value;
}

/** Takes an entry or item out of its collection; its comments go to what follows, else to the end of the collection. */
export function removeFrom(parent: Mapping | List, child: Entry | Value, keepComments = true): void {
  const items = parent.items as (Entry | Value)[];
  const at = items.indexOf(child);
  if (at === -1) return;
  items.splice(at, 1);
  if (!keepComments) return;
  const comments = commentsOf(child);
  if (comments.length === 0) return;
  const next = items[at];
  if (next !== undefined) putComments(next instanceof Pair ? next.key : next, comments);
  else parent.comment = [...comments, ...(parent.comment ? [parent.comment] : [])].join('\n');
}

/** Inserts an entry before the first one that comes later in `order`; keys outside the order do not count. */
export function insertInOrder(map: Mapping, entry: Entry, order: readonly string[]): void {
  const rank = order.indexOf(entry.key.value);
  const at = map.items.findIndex(({ key }) => order.indexOf(key.value) > rank);
  const next = at === -1 ? undefined : map.items[at];
  if (next === undefined) {
    map.items.push(entry);
    return;
  }
  map.items.splice(at, 0, entry);
  const lines = next.key.commentBefore?.split('\n') ?? [];
  // A masked Jinja tag closes what stands before it, so it goes before the new entry, too.
  const tags = lines.findLastIndex((line) => /^[\ue000-\uf8ff]/.test(line)) + 1;
  if (tags === 0) return;
  putComments(entry.key, [lines.slice(0, tags).join('\n')]);
  next.key.commentBefore = lines.slice(tags).join('\n') || null;
}

/** Calls `visit` for each scalar value and each empty collection, with its path; keys with dots are not escaped. */
export function forEachLeaf(node: Value, path: string, visit: (leaf: Value, path: string) => void): void {
  if (isText(node) || node.items.length === 0) {
    visit(node, path);
  } else if (isMapping(node)) {
    for (const { key, value } of node.items)
      forEachLeaf(value, path === '' ? key.value : `${path}.${key.value}`, visit);
  } else {
    node.items.forEach((item, index) => {
      forEachLeaf(item, `${path}[${index}]`, visit);
    });
  }
}
