/** The second constant that a switch needed: it takes the place of the first once nothing reads that any more. */
import type { Edit, FileFacts, Span, SparkTask, SwitchFacts } from '../model.ts';
import { childOf, descend, type Node } from '../parser/syntax.ts';
import type { LeftTwin, PlannedChange } from './change.ts';
import { importersNaming } from './other-files.ts';
import type { Project } from './project.ts';

/** The twin that the new side of a task reads, null where there is none or the first constant must stay in any case. */
export function findTwin(
  project: Project,
  facts: FileFacts,
  { payload }: SparkTask,
  { names, fresh }: SwitchFacts,
): LeftTwin | null {
  const first = firstOf(payload);
  if (first === null || names.has(first.name)) return null;
  const { text, path } = facts.source;
  if (importersNaming(project.others, path, first.name).length > 0) return null;
  const nodes = [...descend(project.python.parse(text).root)];
  const assignment = nodes.find((node) => node.type === 'assignment' && isBelow(text, first.statement, node));
  const [left, right] = assignment === undefined ? [] : [childOf(assignment, 'left'), childOf(assignment, 'right')];
  if (assignment === undefined || left?.type !== 'identifier' || right == null) return null;
  const name = text.slice(left.start, left.end);
  if (!name.startsWith(`${first.name}_bpg`) || !names.has(name)) return null;
  const uses = nodes.filter(
    (node) => node.type === 'identifier' && node.start !== left.start && nameOf(text, node) === name,
  );
  if (!uses.some((use) => within(use, fresh))) return null;
  return {
    name,
    statement: { start: first.statement.end, end: assignment.end },
    value: text.slice(right.start, right.end),
    uses,
    first,
  };
}

function firstOf(payload: SparkTask['payload']): (LeftTwin['first'] & { readonly statement: Span }) | null {
  if (payload.kind === 'constant') {
    const { name, valueSpan, statement, uses } = payload.constant;
    return { name, value: valueSpan, statement, uses };
  }
  const data = payload.kind === 'dict' ? payload.data : null;
  return data?.constant == null ? null : { ...data.constant, value: data.display };
}

const nameOf = (text: string, { start, end }: Node): string => text.slice(start, end);
const within = (inner: Span, outer: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** True for a statement on the line behind the first one. */
function isBelow(text: string, first: Span, { start }: Node): boolean {
  return start > first.end && /^\r?\n[ \t]*$/.test(text.slice(first.end, start));
}

interface Merged {
  readonly edits: readonly Edit[];
  /** The name that the call of a change reads from now on, `` for the one that it has. */
  readonly nameFor: (change: PlannedChange) => string;
}

/** Twins of which every reader is part of the set, like the first constant's, take its place and its name. */
export function mergeTwins({ switches }: FileFacts, changes: readonly PlannedChange[]): Merged {
  const final = changes.filter(({ form }) => form === 'final');
  const sides = final.flatMap(({ sparkTask }) => switches.filter(({ old }) => within(sparkTask.span, old)));
  const readBy = (use: Span, side: 'old' | 'fresh'): boolean => sides.some((one) => within(use, one[side]));
  const edits = new Map<number, readonly Edit[]>();
  const names = new Map<PlannedChange, string>();
  for (const change of final) {
    const { leftTwin: twin = null } = change;
    if (twin === null) continue;
    const together = final.flatMap(({ leftTwin }) => (leftTwin?.first.name === twin.first.name ? leftTwin : []));
    const isAlone =
      together.every(({ name }) => name === twin.name) &&
      twin.first.uses.every((use) => readBy(use, 'old')) &&
      twin.uses.every((use) => readBy(use, 'fresh')) &&
      !switches.some((one) => !sides.includes(one) && (one.names.has(twin.name) || one.names.has(twin.first.name)));
    if (!isAlone) continue;
    names.set(change, twin.first.name);
    edits.set(twin.statement.start, [
      { span: twin.first.value, text: twin.value },
      { span: twin.statement, text: '' },
    ]);
  }
  return { edits: [...edits.values()].flat(), nameFor: (change) => names.get(change) ?? '' };
}

/** The text with one name in place of another. */
export function renamed(text: string, from: string, to: string): string {
  return text.replaceAll(new RegExp(`(?<![\\w.])${from}\\b`, 'g'), to);
}
