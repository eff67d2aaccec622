/** What stands in the text and no reader ever sees: first values of keys given twice, and later documents. */
import { type Document, isMap, isScalar } from 'yaml';
import type { Duplicate } from './expand.ts';
import type { ReadDocument } from './read.ts';
import { type Entry, isMapping, isText, type Value } from './tree.ts';
import type { Work } from './work.ts';

/** Enters both as dead, with paths from the root of the text; their places are told by findings of the reading. */
export function enterUnread(work: Work, { root, duplicates, later }: ReadDocument): void {
  if (duplicates.length > 0) enterDuplicates(work, root, duplicates);
  for (const [index, document] of later.entries()) {
    work.enter(`document ${index + 2}`, summary(work, document), 'dead', {
      why: 'The operator takes texts of one document only.',
      remedy: 'Move it to a file of its own.',
    });
  }
}

function enterDuplicates(work: Work, root: Value, duplicates: readonly Duplicate[]): void {
  const paths = new Map<Entry, string>();
  record(root, '', paths);
  // A key may be given twice inside a value that is itself overwritten, so the outer ones come first.
  for (const { first, last } of [...duplicates].reverse()) {
    const path = paths.get(last) ?? last.key.value;
    record(first.value, path, paths);
    work.enter(path, first.value, 'dead', {
      why: 'The key is given again further down, and every reader takes the last.',
      remedy: 'Remove the one that is not meant.',
    });
  }
}

function record(node: Value, path: string, paths: Map<Entry, string>): void {
  if (isText(node)) return;
  if (!isMapping(node)) {
    node.items.forEach((item, index) => {
      record(item, `${path}[${index}]`, paths);
    });
    return;
  }
  for (const entry of node.items) {
    const below = path === '' ? entry.key.value : `${path}.${entry.key.value}`;
    paths.set(entry, below);
    record(entry.value, below, paths);
  }
}

/** Kind and name only: a later document may be a secret. */
function summary(work: Work, { contents }: Document): { readonly kind: string | null; readonly name: string | null } {
  const text = (path: readonly string[]): string | null => {
    const node = isMap(contents) ? contents.getIn(path, true) : null;
    return isScalar(node) ? work.restore(String(node.value)) : null;
  };
  return { kind: text(['kind']), name: text(['metadata', 'name']) };
}
