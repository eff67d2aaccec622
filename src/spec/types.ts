/** Scalars made to fit the type of their field, as Kubernetes reads them today and the gateway tomorrow. */
import { Scalar } from 'yaml';
import type { FieldType } from './fields/row.ts';
import { booleanOf, integerOf, isAmbiguous, plainKind } from './scalars.ts';
import type { Text } from './tree.ts';
import type { Work } from './work.ts';

const wording = { string: 'a text', any: 'a text', integer: 'a whole number', boolean: 'true or false' } as const;

/** Makes a scalar one of its type, or says that it is none. */
export function normalize(work: Work, node: Text, type: FieldType, path: string): void {
  // Whatever has no way through is entered as it is.
  if (type === 'any') return;
  if (type === 'string') {
    asText(work, node, path);
    return;
  }
  work.types.set(node, type);
  if (work.isHole(node.value)) {
    if (node.type !== Scalar.PLAIN) repair(work, node, path, node.value, type);
    return;
  }
  if (work.isHomemade(node.value)) return;
  const kind = plainKind(node.value);
  const isPlain = node.type === Scalar.PLAIN;
  const fits = type === 'boolean' ? kind === 'boolean' : kind === 'integer' || /^\d+\.0*$/.test(node.value);
  if (!fits) {
    work.say('wrong-type', { path: work.restore(path), wanted: wording[type], found: `the text ${node.value}` }, node);
    return;
  }
  const value =
    type === 'boolean'
      ? String(booleanOf(node.value))
      : String(kind === 'integer' ? integerOf(node.value) : parseInt(node.value, 10));
  if (!isPlain || (type === 'integer' && kind !== 'integer')) {
    repair(work, node, path, value, type);
    return;
  }
  if (value === node.value) return;
  const written = node.value;
  work.enter(path, written, 'changed', { why: 'The same value, written so that every YAML reader reads the same.' });
  work.say('value-written-out', { path: work.restore(path), written, value }, node);
  node.value = value;
}

function asText(work: Work, node: Text, path: string): void {
  if (node.type !== Scalar.PLAIN || work.isHole(node.value)) return;
  const kind = plainKind(node.value);
  if (kind === 'null') {
    work.say('wrong-type', { path: work.restore(path), wanted: 'a text', found: 'nothing' }, node);
  } else if (kind !== 'string') repair(work, node, path, node.value, 'string');
  else if (isAmbiguous(node.value)) node.type = Scalar.QUOTE_DOUBLE;
}

/** Kubernetes refused the value for its type; the gateway takes it, so it is written as what it was meant to be. */
function repair(work: Work, node: Text, path: string, value: string, type: FieldType): void {
  work.enter(path, work.restore(node.value), 'changed', {
    why: 'Kubernetes refuses the value for its type; it is written as its field wants it.',
    remedy: 'Check that the value is meant; this document can not have run as it stands.',
  });
  work.say('type-repaired', { path: work.restore(path), value: work.restore(value), type }, node);
  node.value = value;
  node.type = type === 'string' ? Scalar.QUOTE_DOUBLE : Scalar.PLAIN;
}
