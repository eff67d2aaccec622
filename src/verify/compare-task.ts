/** One task before and after: class, arguments, group, document. */
import { compareDocuments, type DocumentContext } from './compare-documents.ts';
import { compareMigrated, payloadNames } from './compare-migrated.ts';
import { compareValues } from './compare-values.ts';
import type { Differences, Spot } from './differences.ts';
import type { ObservedTask } from './observation.ts';
import { isSame } from './same.ts';

/** What a sensor that became an empty task still decides: when it runs, and what others see of it. */
const structural = ['trigger_rule', 'depends_on_past', 'wait_for_downstream', 'is_setup', 'is_teardown', 'owner'];

export function compareTask(
  before: ObservedTask,
  after: ObservedTask,
  spot: Spot,
  context: DocumentContext,
  found: Differences,
): void {
  if (before.group !== after.group)
    found.unexplained('group-changed', spot, { before: before.group, after: after.group });
  if (before.mapped !== after.mapped)
    found.unexplained('mapped-changed', spot, { subject: '`expand`', before: before.mapped, after: after.mapped });
  const [oldClass, newClass] = [`${before.module}.${before.class}`, `${after.module}.${after.class}`];
  if (before.role === 'operator' && after.role === 'target') {
    compareMigrated(before, after, spot, context, found);
  } else if (before.role === 'sensor' && after.class === 'EmptyOperator') {
    found.explained('sensor-emptied', spot, { before: before.class, after: after.class });
    compareValues(before.base, after.base, before, spot, found, (name) => !structural.includes(name));
  } else if (oldClass !== newClass) {
    found.unexplained('class-changed', spot, { before: oldClass, after: newClass });
  } else {
    compareSame(before, after, spot, context, found);
  }
}

/** A task that was not migrated: everything must be the same. */
function compareSame(
  before: ObservedTask,
  after: ObservedTask,
  spot: Spot,
  context: DocumentContext,
  found: Differences,
): void {
  compareValues(before.base, after.base, before, spot, found);
  const isPayload = (name: string): boolean => before.documents.length > 0 && payloadNames.includes(name);
  compareValues(before.own, after.own, before, spot, found, isPayload);
  if (!isSame(before.expand, after.expand))
    found.unexplained('mapped-changed', spot, { subject: '`expand`', before: before.expand, after: after.expand });
  compareDocuments(before, after, spot, context, found);
}
