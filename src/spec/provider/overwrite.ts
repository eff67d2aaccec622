/** Writing over a document in the operator's way: what stood there before is entered, never lost without a word. */
import { bare } from '../expand.ts';
import {
  type Entry,
  entryOf,
  insertInOrder,
  isText,
  type Mapping,
  newEntry,
  newText,
  putComments,
  removeFrom,
  type Text,
  type Value,
} from '../tree.ts';
import { specOrder, type Work } from '../work.ts';

/** A place in the resource that is written over; `path` is from the document's root. */
export interface Place {
  readonly map: Mapping;
  readonly key: string;
  readonly path: string;
  readonly by: string;
}

/** Puts a value in the place of what is there; null where the operator writes something empty. */
export function overwrite(work: Work, place: Place, value: Value | null, comments: readonly string[] = []): void {
  const { map, key, path, by } = place;
  const old = entryOf(map, key);
  if (old !== undefined) {
    const why = `the operator writes ${by} over it`;
    work.enter(path, old.value, 'dead', { why: `The operator writes ${by} over it.`, remedy: 'Nothing.' });
    if (isText(old.value) || old.value.items.length > 0)
      work.say('dead-field', { path: work.restore(path), why }, old.key);
    if (value !== null) {
      putComments(old.key, comments);
      old.value = value;
      return;
    }
    removeFrom(map, old);
  }
  if (value === null) return;
  const entry: Entry = newEntry(key, value);
  putComments(entry.key, comments);
  insertInOrder(map, entry, specOrder);
}

/** The same value once more, for the second role: without comments, which stay with the first. */
export function again(value: Value): Value {
  const copy = value.clone() as Value;
  bare(copy);
  return copy;
}

/** A text of the operator's making that stands where its source stands. */
export function madeFrom(source: Text, value: string, type: 'PLAIN' | 'QUOTE_DOUBLE' = 'PLAIN'): Text {
  const text = newText(value, type);
  if (source.range) text.range = source.range;
  return text;
}

/** Refuses a document that the operator itself refuses, or can only have refused. */
export function refuse(work: Work, path: string, problem: string, at: Value): void {
  work.say('provider-refuses', { path: work.restore(path), problem }, at);
}
