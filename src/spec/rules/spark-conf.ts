/** sparkConf keys that the operator's webhook denies: each has a field, which says the same. */
import {
  entryOf,
  insertInOrder,
  isText,
  type Mapping,
  mappingOf,
  newEntry,
  newMapping,
  newText,
  type Text,
} from '../tree.ts';
import { specOrder, type Work } from '../work.ts';

interface DeniedKey {
  readonly key: RegExp;
  /** Where the value goes; null: the gateway decides it. */
  readonly field: readonly string[] | null;
}

const deniedKeys: readonly DeniedKey[] = [
  { key: /^spark\.kubernetes\.container\.image$/, field: ['image'] },
  { key: /^spark\.kubernetes\.driver\.container\.image$/, field: ['driver', 'image'] },
  { key: /^spark\.kubernetes\.executor\.container\.image$/, field: ['executor', 'image'] },
  { key: /^spark\.kubernetes\.authenticate\.driver\.serviceAccountName$/, field: ['driver', 'serviceAccount'] },
  { key: /^spark\.kubernetes\.authenticate\.executor\.serviceAccountName$/, field: ['executor', 'serviceAccount'] },
  { key: /^spark\.kubernetes\.authenticate\..*oauthToken/, field: null },
  { key: /^spark\.master$/, field: null },
  { key: /^spark\.kubernetes\.driver\.master$/, field: null },
  { key: /^spark\.kubernetes\.namespace$/, field: null },
];

/** Promotes denied keys to their fields and drops those that the gateway decides; a field that is there already wins. */
export function rescueDeniedKeys(work: Work): void {
  const conf = mappingOf(work.spec, 'sparkConf');
  for (const entry of [...(conf?.items ?? [])]) {
    if (!/^spark\.(?:kubernetes\.|master$)/.test(entry.key.value)) continue;
    const denied = deniedKeys.find(({ key }) => key.test(entry.key.value));
    if (denied === undefined || !isText(entry.value)) continue;
    const path = `sparkConf.${entry.key.value}`;
    if (denied.field === null) {
      work.enter(path, entry.value, 'server', {
        why: 'The operator refuses this key; master, namespace and credentials are the gateway’s.',
      });
      work.say('denied-conf-dropped', { path: work.restore(path) }, entry.key);
    } else {
      const target = denied.field.join('.');
      const isSet = promote(work, denied.field, entry.value);
      work.enter(path, entry.value, isSet ? 'moved' : 'dead', {
        why: isSet
          ? 'Newer operators refuse this key; the field says the same.'
          : 'The field that sets the same wins, before and after.',
      });
      work.say('denied-conf-moved', { path: work.restore(path), target }, entry.key);
    }
    work.removeConf(entry);
  }
}

function promote(work: Work, field: readonly string[], value: Text): boolean {
  const [first = '', second] = field;
  const copy = newText(value.value, value.type as 'PLAIN');
  if (second === undefined) return put(work.spec, first, copy, specOrder);
  let role = mappingOf(work.spec, first);
  if (role === undefined) {
    role = newMapping();
    insertInOrder(work.spec, newEntry(first, role), specOrder);
  }
  return put(role, second, copy, []);
}

function put(map: Mapping, key: string, value: Text, order: readonly string[]): boolean {
  if (entryOf(map, key) !== undefined) return false;
  insertInOrder(map, newEntry(key, value), order);
  return true;
}
