/** Takes tasks out of dependency expressions: `a >> sensor >> b` becomes `a >> b`. */
import type { DependencyStatement, Edit, Operand } from '../model.ts';
import {
  contract,
  type Edges,
  edge,
  edgesOf,
  endsOf,
  type Neighbours,
  neighboursOf,
  sameEdges,
  worthOf,
} from './graph.ts';
import { editOperands } from './operand-edits.ts';
import { afterOf, type Fates, fatesOf, type Stand, type Strategy } from './operand-fates.ts';
import { standsAlone } from './statement-lines.ts';

export interface Rewired {
  /** What the expressions that spoke of the removed tasks say afterwards; their spans are those of the text before. */
  readonly statements: readonly DependencyStatement[];
  readonly edits: readonly Edit[];
  /** Statements that have nothing left to say. */
  readonly gone: readonly DependencyStatement[];
}

/** Tried in this order: the first that keeps the order of tasks is the one that a person would write. */
const strategies: readonly Strategy[] = ['beside', 'drop', 'stand-in'];

/**
 * Takes the tasks with these ids out of all expressions that speak of them, null where the order of the others would not
 * be exactly what it was with them contracted, or the text can't be edited for certain. `implied` are edges that no
 * expression tells (an XComArg among the arguments).
 */
export function rewire(
  statements: readonly DependencyStatement[],
  implied: Edges,
  removed: readonly string[],
  text: string,
): Rewired | null {
  const ids = new Set(removed);
  const touched = statements.filter(({ operands }) => operands.some((operand) => mentions(operand, ids)));
  const edges = new Set([...edgesOf(touched), ...[...implied].filter((key) => endsOf(key).some((id) => ids.has(id)))]);
  const expected = contract(edges, removed);
  const { before } = neighboursOf(edges);
  const names = new Map([...impliedNames(implied), ...touched.flatMap(({ operands }) => operands.flatMap(namesIn))]);
  const standsFor = (id: string): readonly Stand[] | null =>
    ids.has(id) ? heirs(id, before, ids).map((heir) => ({ id: heir, name: names.get(heir) ?? null })) : null;
  const after: DependencyStatement[] = [];
  const edits: Edit[] = [];
  const gone: DependencyStatement[] = [];
  for (const statement of touched) {
    const made = rewireStatement(statement, standsFor, expected, text);
    if (made === null) return null;
    if (made.after === null) gone.push(statement);
    else after.push(made.after);
    edits.push(...made.edits);
  }
  return sameEdges(expected, edgesOf(after)) ? { statements: after, edits, gone } : null;
}

/** True when the operand is one of the tasks, or holds one of them. */
function mentions(operand: Operand, ids: ReadonlySet<string>): boolean {
  if (operand.kind === 'list') return operand.items.some((item) => mentions(item, ids));
  if (operand.kind === 'chain') return operand.operands.some((item) => mentions(item, ids));
  return ids.has(operand.id);
}

/** The variables whose output is an argument. */
function impliedNames(implied: Edges): [id: string, name: string][] {
  return [...implied].map((key) => endsOf(key)[0]).map((id) => [id, id.split('@')[0] ?? id]);
}

function namesIn(operand: Operand): [id: string, name: string][] {
  if (operand.kind === 'list') return operand.items.flatMap(namesIn);
  if (operand.kind === 'chain') return operand.operands.flatMap(namesIn);
  return operand.kind === 'name' ? [[operand.id, operand.name]] : [];
}

/** What stands for a removed task where others run after it: all that ran before it, removed ones resolved likewise. */
function heirs(
  id: string,
  before: Neighbours['before'],
  removed: ReadonlySet<string>,
  seen: Set<string> = new Set(),
): string[] {
  if (seen.has(id)) return [];
  seen.add(id);
  const found = [...(before.get(id) ?? [])].flatMap((one) =>
    removed.has(one) ? heirs(one, before, removed, seen) : [one],
  );
  return [...new Set(found)];
}

interface Made {
  readonly after: DependencyStatement | null;
  readonly edits: readonly Edit[];
}

function rewireStatement(
  statement: DependencyStatement,
  standsFor: (id: string) => readonly Stand[] | null,
  expected: Edges,
  text: string,
): Made | null {
  const ideal = idealEdges(statement, standsFor);
  let fallback: Made | null = null;
  const ids = statement.operands.flatMap((operand) => removedIn(operand, standsFor));
  for (const strategyOf of combinations([...new Set(ids)])) {
    const fates = fatesOf(statement, standsFor, strategyOf);
    const made = fates === null ? null : makeStatement(statement, fates, text);
    if (made === null) continue;
    const edges = made.after === null ? new Set<string>() : edgesOf([made.after]);
    if (sameEdges(edges, ideal)) return made;
    if ([...edges].every((key) => expected.has(key))) fallback ??= made;
  }
  return fallback;
}

function removedIn(operand: Operand, standsFor: (id: string) => readonly Stand[] | null): string[] {
  if (operand.kind === 'list') return operand.items.flatMap((item) => removedIn(item, standsFor));
  if (operand.kind === 'chain') return operand.operands.flatMap((item) => removedIn(item, standsFor));
  return standsFor(operand.id) === null ? [] : [operand.id];
}

/** More removed tasks in one expression are all treated alike. */
const MOST_MIXED = 4;

/** Every way to give each task a strategy, first those that treat all alike. */
function* combinations(ids: readonly string[]): Generator<(id: string) => Strategy> {
  for (const strategy of strategies) yield () => strategy;
  if (ids.length < 2 || ids.length > MOST_MIXED) return;
  const total = strategies.length ** ids.length;
  for (let number = 1; number < total; number += 1)
    yield (id) => strategies[Math.floor(number / strategies.length ** ids.indexOf(id)) % strategies.length] ?? 'drop';
}

/** What the statement should say: heirs in place of the removed where these ran before others, and nothing else of them. */
function idealEdges(statement: DependencyStatement, standsFor: (id: string) => readonly Stand[] | null): Edges {
  const ideal = new Set<string>();
  for (const key of edgesOf([statement])) {
    const [from, to] = endsOf(key);
    if (standsFor(to) !== null) continue;
    const sources = standsFor(from)?.map(({ id }) => id) ?? [from];
    for (const source of sources) if (source !== to) ideal.add(edge(source, to));
  }
  return ideal;
}

function makeStatement(statement: DependencyStatement, fates: Fates, text: string): Made | null {
  const kept = fates.filter(({ fate }) => fate !== 'drop');
  const saysNothing = kept.length < 2 && kept.length < fates.length && kept.every(({ operand }) => isInert(operand));
  if (statement.whole && saysNothing) {
    const commented = text.slice(statement.span.start, statement.span.end).includes('#');
    return commented || !standsAlone(text, statement.span) ? null : { after: null, edits: [] };
  }
  if (statement.form === 'method' && kept.length < 2) return null;
  const after = { ...statement, ...afterOf(fates, statement.operators) };
  if (!statement.whole && !sameWorth(statement.operands.at(-1), after.operands.at(-1))) return null;
  const edits = editOperands(statement, fates, text);
  return edits === null ? null : { after, edits };
}

/** True for variables, members and lists of them: alone they do nothing. */
function isInert(operand: Operand): boolean {
  if (operand.kind === 'list') return operand.items.every(isInert);
  return operand.kind === 'name' || (operand.kind === 'other' && /^\([\w.[\]'"-]+\)$/.test(operand.id));
}

/** Somebody may use the value of a chain that is part of a larger statement. */
function sameWorth(before: Operand | undefined, after: Operand | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  const [a, b] = [worthOf(before), worthOf(after)];
  return a.kind === b.kind && a.ids.join() === b.ids.join();
}
