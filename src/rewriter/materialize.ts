/** What a set of accepted changes makes of one file. What depends on the whole set is derived here, and only here. */
import type { Edit, FileFacts, Span } from '../model.ts';
import type { ConstantRequest, PlannedChange, Twin } from './change.ts';
import { copyBelow, copyOf } from './copy-definition.ts';
import { importEdits } from './imports.ts';
import { type SettledSensors, settleSensors } from './sensor-edits.ts';
import { takeOut } from './statement-lines.ts';
import { aroundSwitches } from './switch-places.ts';
import { mergeTwins } from './switch-twins.ts';

export type FileEdits =
  | { readonly ok: true; readonly edits: readonly Edit[] }
  | { readonly ok: false; readonly reason: string };

/** The edits that the changes make together in one file: those of its own tasks, and of tasks that it leads to. */
export function editsFor(facts: FileFacts, changes: readonly PlannedChange[]): FileEdits {
  const isHere = (other: FileFacts): boolean => other.source.path === facts.source.path;
  const own = changes.filter((change) => isHere(change.facts));
  const parts = changes.flatMap(({ callers }) => callers.filter((part) => isHere(part.facts)));
  const inPlace = own.filter(({ twin }) => twin === null);
  const made = statementEdits(facts, inPlace);
  if (!made.ok) return made;
  const edits = [...made.edits];
  const copies = new Map<string, string>();
  const copy = (twin: Twin, inner: readonly Edit[]): boolean => {
    const { text, outside } = copyOf(facts.source.text, twin, inner);
    const known = copies.get(twin.name);
    copies.set(twin.name, text);
    if (known === undefined) edits.push(...outside, ...(twin.isThere ? [] : [copyBelow(facts, twin, text)]));
    return known === undefined || known === text;
  };
  const placed = new Set<string>();
  for (const { twin, edits: inner } of parts) {
    if (twin === null) edits.push(...inner.filter((edit) => isNew(placed, edit)));
    else if (!copy(twin, inner)) return sameName(twin);
  }
  for (const change of own) {
    if (change.twin === null) continue;
    const copied = statementEdits(facts, [change]);
    if (!copied.ok) return copied;
    if (!copy(change.twin, copied.edits)) return sameName(change.twin);
  }
  const needs = [...own, ...parts].flatMap((part) => part.needs);
  const released = [...inPlace, ...parts].flatMap((part) => part.released);
  for (const { removal, fallback } of settleSensors(facts, inPlace).sensors)
    if (removal === null && fallback !== undefined) needs.push(fallback.need);
  edits.push(...importEdits(facts, needs, released));
  return { ok: true, edits };
}

const sameName = ({ name }: Twin): FileEdits => ({
  ok: false,
  reason: `two different definitions would be named ${name}`,
});

/** Tasks of one function share their callers, and say the same of them. */
function isNew(placed: Set<string>, { span, text }: Edit): boolean {
  const key = `${span.start}:${span.end}:${text}`;
  return !placed.has(key) && placed.add(key) !== undefined;
}

/** The text of the copy that a change makes of its definition, null where its edits do not go together. */
export function copyText(facts: FileFacts, change: PlannedChange, twin: Twin): string | null {
  const made = statementEdits(facts, [change]);
  return made.ok ? copyOf(facts.source.text, twin, made.edits).text : null;
}

/** The edits of calls, constants, sensors and edges, without the imports. */
function statementEdits(facts: FileFacts, changes: readonly PlannedChange[]): FileEdits {
  const constants = placeConstants(changes, facts.lineEnding);
  const merged = mergeTwins(facts, changes);
  const edits = [...constants.edits, ...merged.edits];
  for (const change of changes) {
    edits.push(...change.callEdits(constants.nameFor(change) || merged.nameFor(change)));
  }
  edits.push(...changes.flatMap(({ readers = [] }) => readers));
  const settled = settleSensors(facts, changes);
  edits.push(...settled.sensors.flatMap(({ edits: own }) => own));
  const edges = takeOutSensors(facts, settled);
  if (edges === null) return { ok: false, reason: 'the edges around its sensors can not be rewritten together' };
  return apart([...edits, ...aroundSwitches(facts, changes, edges)]);
}

/** Edits that would touch each other are no way to write the set. */
function apart(edits: readonly Edit[]): FileEdits {
  const inOrder = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const touching = inOrder.some(({ span }, index) => span.start < (inOrder[index - 1]?.span.end ?? 0));
  return touching ? { ok: false, reason: 'two of its edits are about the same text' } : { ok: true, edits };
}

/** Removes the sensors and mends the edges around them, for all of them at once. */
function takeOutSensors(
  { source: { text } }: FileFacts,
  { sensors, rewired: edges }: SettledSensors,
): readonly Edit[] | null {
  if (edges === null) return null;
  const removed = sensors.filter(({ removal }) => removal !== null);
  const statements = removed.flatMap(({ removal }) => removal?.statement ?? []);
  const gone = edges.gone.map(({ span, around }) => ({ span, siblings: around.siblings }));
  const lines = takeOut(text, [...statements, ...gone]);
  return lines === null ? null : [...edges.edits, ...lines];
}

interface ConstantPlaces {
  readonly edits: readonly Edit[];
  readonly nameFor: (change: PlannedChange) => string;
}

/** A constant is translated in place when every reader of it is part of the set and wants the same, else a twin is written. */
function placeConstants(changes: readonly PlannedChange[], lineEnding: string): ConstantPlaces {
  const names = new Map<PlannedChange, string>();
  const edits: Edit[] = [];
  const written = new Set<string>();
  for (const change of changes) {
    const request = change.constant;
    if (request === null) continue;
    const together = changes.filter(
      (other) => other.constant?.constant.literal.span.start === request.constant.literal.span.start,
    );
    const inPlace =
      change.form === undefined &&
      !request.shared &&
      coversAllUses(request, together) &&
      together.every((other) => other.constant?.literal === request.literal);
    names.set(change, inPlace ? request.constant.name : request.twin);
    const key = `${request.constant.literal.span.start}:${inPlace ? '' : request.twin}`;
    if (written.has(key)) continue;
    written.add(key);
    edits.push(
      inPlace ? { span: request.constant.literal.span, text: request.literal } : twinBelow(request, lineEnding),
    );
  }
  return { edits, nameFor: (change) => names.get(change) ?? '' };
}

function coversAllUses({ constant }: ConstantRequest, changes: readonly PlannedChange[]): boolean {
  const read = new Set(
    changes.flatMap(({ sparkTask: { payload } }) => ('argument' in payload ? [payload.argument.valueSpan] : [])),
  );
  const holds = (use: Span): boolean => [...read].some((span) => span.start <= use.start && use.end <= span.end);
  return constant.uses.every(holds);
}

function twinBelow(request: ConstantRequest, lineEnding: string): Edit {
  const { end } = request.constant.statement;
  return { span: { start: end, end }, text: `${lineEnding}${request.indent}${request.twin} = ${request.literal}` };
}
