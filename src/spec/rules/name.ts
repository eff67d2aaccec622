/** `metadata` and what a provider writes over it: the application's name, and labels for both roles. */
import type { TranslateOptions } from '../../model.ts';
import { roleNames } from '../fields/index.ts';
import {
  entryOf,
  isText,
  type Mapping,
  mappingOf,
  newEntry,
  newMapping,
  newText,
  offsetOf,
  replaceValue,
  type Text,
  textOf,
} from '../tree.ts';
import { normalize } from '../types.ts';
import { isNothing } from '../walk.ts';
import type { Work } from '../work.ts';

/** The name that the request gets: an override, else `name`, else `generateName` without its dash. Null where there is none. */
export function nameOf(metadata: Mapping | undefined, options: TranslateOptions): Text | null {
  const own = textOf(metadata, 'name');
  // Kubernetes takes a name that is null for none.
  const given = own === undefined || isNothing(own) ? textOf(metadata, 'generateName') : own;
  const override = options.overrides?.name;
  if (override !== undefined) return newText(override);
  if (given === undefined || isNothing(given)) return null;
  given.value = given.value.replace(/-+$/, '');
  return given;
}

/** Moves the resource's labels to both roles, as the operator does; a role's own label wins. */
export function moveLabels(work: Work, metadata: Mapping | undefined): void {
  const labels = mappingOf(metadata, 'labels');
  if (labels === undefined) return;
  for (const { key, value } of labels.items) {
    const path = `metadata.labels.${key.value}`;
    if (!isText(value)) {
      work.say('wrong-type', { path, wanted: 'a text', found: 'a collection' }, value);
      continue;
    }
    if (isNothing(value)) {
      work.enter(path, value, 'dead', { why: 'It has no value; Kubernetes removes such a key.', remedy: 'Nothing.' });
      continue;
    }
    normalize(work, value, 'string', path);
    const roles = roleNames.filter((role) => addLabel(work, role, key.value, value, false));
    const why =
      roles.length === 2
        ? 'The operator copies the resource’s labels to both pods; the request does so by the roles’ labels.'
        : 'The operator copies the resource’s labels to both pods, where the role’s own label of that name wins.';
    work.enter(path, value, roles.length === 0 ? 'dead' : 'moved', { why, remedy: 'Nothing.' });
    if (roles.length > 0) work.say('labels-moved', { path: work.restore(path) }, key);
  }
}

/**
 * Labels of the route are the platform's (cost centre, accounting): they win over the document's own, and what they
 * replace is entered.
 */
export function addRouteLabels(work: Work): void {
  for (const [key, text] of Object.entries(work.options.labels ?? {})) {
    for (const role of roleNames) {
      const label = newText(text, 'QUOTE_DOUBLE');
      if (addLabel(work, role, key, label, false)) continue;
      const old = textOf(mappingOf(work.role(role), 'labels'), key);
      if (old === undefined || old.value === text) continue;
      const path = `${role}.labels.${key}`;
      if (offsetOf(old) !== null) {
        work.enter(path, old, 'changed', { why: 'The route sets this label for every job on its queue.' });
      }
      work.say('label-overridden', { path: work.restore(path), value: text }, old);
      addLabel(work, role, key, label, true);
    }
  }
}

function addLabel(work: Work, role: 'driver' | 'executor', key: string, value: Text, force: boolean): boolean {
  const map = work.role(role);
  if (map === undefined) return false;
  let labels = mappingOf(map, 'labels');
  if (labels === undefined) {
    labels = newMapping();
    map.items.push(newEntry('labels', labels));
  }
  const found = entryOf(labels, key);
  if (found !== undefined && !force) return false;
  const copy = newText(value.value, value.type as 'PLAIN');
  if (found === undefined) labels.items.push(newEntry(key, copy));
  else replaceValue(found, copy);
  return true;
}
