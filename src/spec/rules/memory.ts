/** `memory` and `memoryOverhead`: whole numbers with a unit, which the gateway, the operator and Spark read alike. */
import { memoryOf } from '../quantity.ts';
import { type Mapping, offsetOf, textOf } from '../tree.ts';
import type { Work } from '../work.ts';
import { computed } from './spark-version.ts';

export function writeMemory(work: Work, role: Mapping, path: string, field: 'memory' | 'memoryOverhead'): void {
  const node = textOf(role, field);
  if (node === undefined) return;
  const place = `${path}.${field}`;
  if (work.isHole(node.value)) {
    work.say('placeholder-computed', computed(work, place, node, 'a whole number with a unit, such as 1024m'), node);
    return;
  }
  const memory = memoryOf(node.value);
  if (memory.kind === 'same') return;
  if (memory.kind === 'none') {
    const code = work.isHomemade(node.value) ? 'placeholder-manual' : 'wrong-type';
    const wanted = 'an amount of memory such as 1024m';
    work.say(code, { ...computed(work, place, node, wanted), found: `the text ${node.value}` }, node);
    return;
  }
  const isEntered = offsetOf(node) !== null && !work.losses.some((loss) => loss.path === place);
  if (isEntered) work.enter(place, node, 'changed');
  const code = memory.kind === 'unit' ? 'memory-unit-given' : 'memory-repaired';
  work.say(code, { path: place, written: node.value, value: memory.text }, node);
  node.value = memory.text;
}
