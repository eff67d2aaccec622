/** Where switches stand, for those who edit around them. */
import type { Edit, FileFacts, Span, SwitchFacts } from '../model.ts';
import type { PlannedChange } from './change.ts';

/** The switch that holds a call, null for none. */
export function switchOf({ switches }: FileFacts, { span }: { readonly span: Span }): SwitchFacts | null {
  return switches.find(({ old }) => old.start <= span.start && span.end <= old.end) ?? null;
}

/** Edits around a sensor that goes, so that all of its switch goes: the edges know its old side only. */
export function aroundSwitches(
  facts: FileFacts,
  changes: readonly PlannedChange[],
  edits: readonly Edit[],
): readonly Edit[] {
  const gone = changes.flatMap(({ form, sensors }) =>
    form === 'final'
      ? sensors.flatMap(({ sensor, removal }) => (removal === null ? [] : (switchOf(facts, sensor) ?? [])))
      : [],
  );
  return edits.map((edit) => {
    const touched = gone.filter(({ span }) => edit.span.start < span.end && span.start < edit.span.end);
    const start = Math.min(edit.span.start, ...touched.map(({ span }) => span.start));
    const end = Math.max(edit.span.end, ...touched.map(({ span }) => span.end));
    return { ...edit, span: { start, end } };
  });
}
