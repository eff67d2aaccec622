/** `gpu`: Spark's own resource keys ask for the same device. */
import { entryOf, isMapping, type Mapping, newText, textOf } from '../tree.ts';
import type { Work } from '../work.ts';

export function moveGpu(work: Work, parent: Mapping, role: string): void {
  const entry = entryOf(parent, 'gpu');
  if (entry === undefined || !isMapping(entry.value)) return;
  const path = `${role}.gpu`;
  const name = textOf(entry.value, 'name');
  const quantity = textOf(entry.value, 'quantity');
  const comments = work.take(parent, entry);
  const vendor = name === undefined ? undefined : /^(.+)\/gpu$/.exec(name.value)?.[1];
  if (vendor === undefined || quantity === undefined || name === undefined) {
    work.enter(path, entry.value, 'lost', {
      why: 'Spark asks Kubernetes for devices named <vendor>/gpu only.',
      remedy: `Set spark.${role}.resource.* for the device by hand.`,
    });
    work.say('field-lost', { path, why: 'Spark asks for devices named <vendor>/gpu only' }, entry.key);
    return;
  }
  work.enter(path, entry.value, 'changed');
  work.say('gpu-moved', { path, role }, entry.key);
  work.setConf(`spark.${role}.resource.gpu.amount`, quantity, comments);
  work.setConf(`spark.${role}.resource.gpu.vendor`, newText(vendor, name.type as 'PLAIN'));
}
