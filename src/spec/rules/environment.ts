/** `env` of a role: values stay, references to secrets become sparkConf, other references have no way through. */
import {
  entryOf,
  isList,
  isMapping,
  type List,
  type Mapping,
  mappingOf,
  removeFrom,
  textOf,
  type Value,
} from '../tree.ts';
import type { Work } from '../work.ts';
import { secretReference } from './into-spark-conf.ts';

export function moveEnvironment(work: Work, parent: Mapping, role: string): void {
  const entry = entryOf(parent, 'env');
  if (entry === undefined || !isList(entry.value)) return;
  const list = entry.value;
  [...list.items].forEach((item, index) => {
    if (isMapping(item)) moveItem(work, list, item, role, `${role}.env[${index}]`);
  });
  if (list.items.length === 0) removeFrom(parent, entry);
}

function moveItem(work: Work, list: List, item: Mapping, role: string, path: string): void {
  const from = mappingOf(item, 'valueFrom');
  const name = textOf(item, 'name');
  if (name === undefined) {
    work.say('wrong-type', { path, wanted: 'a variable with a name', found: 'none' }, item);
    return;
  }
  if (from === undefined) return;
  const secret = mappingOf(from, 'secretKeyRef');
  if (secret !== undefined) {
    moveSecret(work, list, item, secret, role, path);
    return;
  }
  const field = mappingOf(from, 'fieldRef');
  if (field !== undefined) {
    const version = entryOf(field, 'apiVersion');
    if (version !== undefined) {
      work.enter(`${path}.valueFrom.fieldRef.apiVersion`, version.value, 'dead');
      removeFrom(field, version);
    }
    return;
  }
  const why = 'the gateway drops the reference, and Spark has no sparkConf key for it';
  work.enter(path, item, 'lost', {
    why: 'The gateway drops the reference and leaves an invalid entry, and Spark has no sparkConf key for it.',
    remedy: 'Write the value out, or put it into a secret: secretKeyRef has a way through.',
  });
  work.say('field-lost', { path, why }, item);
  removeFrom(list, item);
}

function moveSecret(work: Work, list: List, item: Mapping, secret: Mapping, role: string, path: string): void {
  const reference = secretReference(secret);
  const name = textOf(item, 'name');
  if (reference === null || name === undefined) {
    work.say('wrong-type', { path, wanted: 'a secret’s name and key', found: 'less' }, secret);
    return;
  }
  const optional = textOf(secret, 'optional');
  const below = `${path}.valueFrom.secretKeyRef`;
  const moved = {
    why: 'The gateway drops the reference; Spark itself sets the variable from this sparkConf key.',
    remedy: 'Nothing.',
  };
  if (optional === undefined) work.enter(path, item, 'moved', moved);
  else {
    const parts: readonly (readonly [string, Value | undefined])[] = [
      [`${path}.name`, name],
      [`${below}.name`, textOf(secret, 'name')],
      [`${below}.key`, textOf(secret, 'key')],
    ];
    for (const [place, value] of parts) if (value !== undefined) work.enter(place, value, 'moved', moved);
    if (optional.value === 'false') work.enter(`${below}.optional`, optional, 'dead', { why: 'It is the default.' });
    else {
      work.enter(`${below}.optional`, optional, 'lost');
      work.say('secret-optional', { path: `${below}.optional`, name: work.restore(name.value) }, optional);
    }
  }
  const key = `spark.kubernetes.${role}.secretKeyRef.${name.value}`;
  work.say('field-moved', { path, target: `sparkConf ${work.restore(key)}` }, item);
  work.setConf(key, reference, work.take(list, item));
}
