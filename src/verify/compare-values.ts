/** Arguments by name: what differs is told, nothing is explained here. */
import type { Json } from '../model.ts';
import type { UnexplainedKind } from './difference.ts';
import type { Differences, Spot } from './differences.ts';
import type { ObservedTask } from './observation.ts';
import { isSame } from './same.ts';

type Values = Readonly<Record<string, Json>>;

/** Tells each name whose value differs; a name that only one side has counts as null on the other. */
export function compareValues(
  before: Values,
  after: Values,
  task: ObservedTask,
  spot: Spot,
  found: Differences,
  isLeftOut: (name: string) => boolean = () => false,
): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, fresh] = [before[name] ?? null, after[name] ?? null];
    if (isSame(old, fresh) || isLeftOut(name)) continue;
    found.unexplained(kindOfArgument(name, task), spot, { subject: name, before: old, after: fresh });
  }
}

export function kindOfArgument(name: string, task: ObservedTask): UnexplainedKind {
  if (name === 'trigger_rule') return 'trigger-rule-changed';
  return task.mapped ? 'mapped-changed' : 'argument-changed';
}
