/** The walk over the source by the field table: types, unknown keys, and the fields that need no rule of their own. */
import type { LossClass } from '../model.ts';
import { nearest } from '../nearest.ts';
import type { FieldNode } from './fields/index.ts';
import type { FieldRow } from './fields/row.ts';
import { plainKind } from './scalars.ts';
import { type Entry, isList, isMapping, isText, type List, type Mapping, removeFrom, type Value } from './tree.ts';
import { normalize } from './types.ts';
import type { Work } from './work.ts';

/** Visits every entry; afterwards only fields are left that are copied or that a rule takes. */
export function walkFields(work: Work, map: Mapping, fields: FieldNode, path: string): void {
  for (const entry of [...map.items]) {
    const key = entry.key.value;
    const below = path === '' ? key : `${path}.${key}`;
    const field = fields.keys.get(key) ?? fields.any;
    if (field === null) unknown(work, map, entry, fields, below);
    else visit(work, map, entry.value, field, below, entry);
  }
}

function visit(
  work: Work,
  parent: Mapping | List,
  value: Value,
  field: FieldNode,
  path: string,
  child: Entry | Value,
): void {
  const { row } = field;
  if (isNothing(value) && isMapping(parent)) {
    work.enter(path, value, 'dead', { why: 'It has no value; Kubernetes removes such a key.', remedy: 'Nothing.' });
    removeFrom(parent, child);
    return;
  }
  if (isEmpty(value) && isMapping(parent) && !meaningfulWhenEmpty.test(path)) {
    work.enter(path, value, 'dead', { why: 'It is empty.', remedy: 'Nothing.' });
    removeFrom(parent, child);
    return;
  }
  if (row?.rule === 'drop') {
    drop(work, parent, value, row, path, child);
    return;
  }
  if (field.whole) return;
  if (field.items !== null) {
    visitList(work, value, field.items, path);
    return;
  }
  if (field.any !== null || field.keys.size > 0) {
    if (isMapping(value)) {
      const had = value.items.length;
      walkFields(work, value, field, path);
      // What lost all its content is gone; what was empty before stays as it was.
      if (had > 0 && value.items.length === 0) removeFrom(parent, child);
    } else wrongShape(work, value, path, 'a mapping');
    return;
  }
  if (!isText(value)) wrongShape(work, value, path, 'a single value');
  else if (row !== null) normalize(work, value, row.type, path);
}

function visitList(work: Work, value: Value, items: FieldNode, path: string): void {
  if (!isList(value)) {
    wrongShape(work, value, path, 'a list');
    return;
  }
  for (const [index, item] of [...value.items].entries()) visit(work, value, item, items, `${path}[${index}]`, item);
}

/** Roles are filled, and a volume's source says what it is by its key alone. */
const meaningfulWhenEmpty = /^(?:driver|executor|volumes\[\d+\]\..*)$/;

const isEmpty = (value: Value): boolean => !isText(value) && value.items.length === 0;

export const isNothing = (value: Value): boolean =>
  isText(value) && value.type === 'PLAIN' && plainKind(value.value) === 'null';

function drop(
  work: Work,
  parent: Mapping | List,
  value: Value,
  row: FieldRow,
  path: string,
  child: Entry | Value,
): void {
  work.enter(path, value, row.class as LossClass);
  const code = { server: 'server-field', dead: 'dead-field', lost: 'field-lost' }[
    row.class as 'server' | 'dead' | 'lost'
  ];
  const args = { path: work.restore(path), why: row.why };
  work.say(code, args, 'key' in child ? child.key : value);
  removeFrom(parent, child);
}

function unknown(work: Work, map: Mapping, entry: Entry, fields: FieldNode, path: string): void {
  const key = entry.key.value;
  if (work.isHole(key)) {
    work.say('placeholder-key', { path: work.restore(path) }, entry.key);
    return;
  }
  const known = [...fields.keys.keys()];
  const word = nearest(key, known);
  const hint = word === null ? '' : `; perhaps ${word} was meant`;
  work.say('unknown-field', { path, hint }, entry.key);
  work.enter(path, entry.value, 'lost', {
    why: 'The resource’s schema does not know this key: Kubernetes removes it.',
    remedy: word === null ? 'Remove it, or write what was meant.' : `Write ${word}, if that was meant.`,
  });
  removeFrom(map, entry);
}

function wrongShape(work: Work, value: Value, path: string, wanted: string): void {
  const shown = work.restore(path);
  if (isText(value) && (work.isHole(value.value) || work.isHomemade(value.value))) {
    work.say('placeholder-structure', { path: shown, text: work.restore(value.value), wanted }, value);
  } else {
    const found = isText(value) ? `the text ${work.restore(value.value)}` : isList(value) ? 'a list' : 'a mapping';
    work.say('wrong-type', { path: shown, wanted, found }, value);
  }
}
