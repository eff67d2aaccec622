/** What a provider from 7.14 on writes over the document before it creates the resource. */
import { entryOf, insertInOrder, isText, newEntry, newText, replaceValue } from '../tree.ts';
import { specOrder, type Work } from '../work.ts';

/** Sets a field of `spec` to the task's own argument; an argument that is not given leaves the document's. */
export function overrideField(work: Work, key: string, value: string | undefined): void {
  if (value === undefined) return;
  const found = entryOf(work.spec, key);
  const text = newText(value, 'QUOTE_DOUBLE');
  if (found === undefined) {
    insertInOrder(work.spec, newEntry(key, text), specOrder);
    return;
  }
  if (isText(found.value) && found.value.value === value) return;
  work.enter(key, found.value, 'changed', {
    why: 'The task’s own argument is written over the document’s field, as the operator did.',
    remedy: 'Nothing.',
  });
  work.say('field-overridden', { path: key, value }, found.value);
  replaceValue(found, text);
}
