/** `affinity`: node affinity stays and switches off the queue's own placement; terms left empty go. */
import { entryOf, isMapping, listOf, type Mapping, mappingOf, removeFrom } from '../tree.ts';
import type { Work } from '../work.ts';

export function checkAffinity(work: Work, parent: Mapping, role: string): void {
  const entry = entryOf(parent, 'affinity');
  const affinity = mappingOf(parent, 'affinity');
  if (entry === undefined || affinity === undefined) return;
  const nodes = mappingOf(affinity, 'nodeAffinity');
  const required = mappingOf(nodes, 'requiredDuringSchedulingIgnoredDuringExecution');
  const terms = listOf(required, 'nodeSelectorTerms');
  for (const term of [...(terms?.items ?? [])]) {
    if (terms !== undefined && isMapping(term) && term.items.length === 0) removeFrom(terms, term);
  }
  if (nodes !== undefined && terms?.items.length === 0) remove(nodes, 'requiredDuringSchedulingIgnoredDuringExecution');
  checkPreferred(work, nodes, role);
  if (nodes?.items.length === 0) remove(affinity, 'nodeAffinity');
  if (affinity.items.length === 0) {
    removeFrom(parent, entry);
    return;
  }
  work.say('affinity-kept', { path: `${role}.affinity.nodeAffinity` }, entry.key);
}

function checkPreferred(work: Work, nodes: Mapping | undefined, role: string): void {
  const field = 'preferredDuringSchedulingIgnoredDuringExecution';
  const preferred = listOf(nodes, field);
  if (nodes === undefined || preferred === undefined) return;
  const path = `${role}.affinity.nodeAffinity.${field}`;
  [...preferred.items].forEach((item, index) => {
    if (!isMapping(item) || (mappingOf(item, 'preference')?.items.length ?? 0) > 0) return;
    const weight = entryOf(item, 'weight');
    if (weight !== undefined) {
      work.enter(`${path}[${index}].weight`, weight.value, 'lost', {
        why: 'The preference that it weighs has no way through.',
      });
    }
    removeFrom(preferred, item);
  });
  if (preferred.items.length === 0) remove(nodes, field);
}

function remove(map: Mapping, key: string): void {
  const entry = entryOf(map, key);
  if (entry !== undefined) removeFrom(map, entry);
}
