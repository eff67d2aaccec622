/** What becomes of every operand when tasks are taken out of a dependency expression. */
import type { DependencyStatement, Operand } from '../model.ts';
import { worthOf } from './graph.ts';

/** A task that stands in for a removed one; `name` is null where no variable holds it. */
export interface Stand {
  readonly id: string;
  readonly name: string | null;
}
/** Out where a stand-in is a neighbour already; out; or a stand-in in its place. */
export type Strategy = 'beside' | 'drop' | 'stand-in';
export type StrategyOf = (id: string) => Strategy;

export interface Part {
  readonly operand: Operand;
  /** `keep` leaves it (or what is in it), `drop` takes it out, names take its place. */
  readonly fate: 'keep' | 'drop' | readonly NamedStand[];
  /** The items of a list, the operands of a chain in parentheses. */
  readonly parts: Fates;
}
export type Fates = readonly Part[];
export interface NamedStand extends Stand {
  readonly name: string;
}
type StandsFor = (id: string) => readonly Stand[] | null;

/** Null where a stand-in has no name to be written. */
export function fatesOf(statement: DependencyStatement, standsFor: StandsFor, strategyOf: StrategyOf): Fates | null {
  return chainFates(statement.operands, standsFor, strategyOf);
}

function chainFates(operands: readonly Operand[], standsFor: StandsFor, strategyOf: StrategyOf): Fates | null {
  const parts: Part[] = [];
  for (const [index, operand] of operands.entries()) {
    const before = parts.findLast((part) => part.fate !== 'drop' && part.operand.kind !== 'label');
    const behind = operands.slice(index + 1).find(({ kind }) => kind !== 'label');
    const near = new Set([
      ...(before === undefined ? [] : idsAfter(before)),
      ...(behind === undefined ? [] : idsKept(behind, standsFor)),
    ]);
    const part = partOf(operand, standsFor, strategyOf, near);
    if (part === null) return null;
    parts.push(part);
  }
  return parts;
}

function partOf(
  operand: Operand,
  standsFor: StandsFor,
  strategyOf: StrategyOf,
  near: ReadonlySet<string>,
): Part | null {
  if (operand.kind === 'list') return listPart(operand, standsFor, strategyOf, near);
  if (operand.kind === 'chain') {
    const parts = chainFates(operand.operands, standsFor, strategyOf);
    if (parts === null) return null;
    return { operand, parts, fate: parts.every(({ fate }) => fate === 'drop') ? 'drop' : 'keep' };
  }
  const stands = standsFor(operand.id);
  if (stands === null) return { operand, parts: [], fate: 'keep' };
  const fate = fateOf(stands, strategyOf(operand.id), near);
  return fate === null ? null : { operand, parts: [], fate };
}

function fateOf(stands: readonly Stand[], strategy: Strategy, near: ReadonlySet<string>): Part['fate'] | null {
  const covered = strategy === 'beside' && stands.every(({ id }) => near.has(id));
  if (stands.length === 0 || strategy === 'drop' || covered) return 'drop';
  const named = stands.flatMap(({ id, name }) => (name === null ? [] : [{ id, name }]));
  return named.length === stands.length ? named : null;
}

function listPart(
  operand: Extract<Operand, { kind: 'list' }>,
  standsFor: StandsFor,
  strategyOf: StrategyOf,
  near: ReadonlySet<string>,
): Part | null {
  const there = new Set(operand.items.flatMap((item) => idsKept(item, standsFor)));
  const parts: Part[] = [];
  for (const item of operand.items) {
    const part = partOf(item, standsFor, strategyOf, near);
    if (part === null) return null;
    if (typeof part.fate === 'string') {
      parts.push(part);
      continue;
    }
    const missing = part.fate.filter(({ id }) => !there.has(id));
    for (const { id } of missing) there.add(id);
    parts.push({ ...part, fate: missing.length === 0 ? 'drop' : missing });
  }
  return { operand, parts, fate: parts.length > 0 && parts.every(({ fate }) => fate === 'drop') ? 'drop' : 'keep' };
}

/** The tasks of an operand that stay as they are. */
function idsKept(operand: Operand, standsFor: StandsFor): readonly string[] {
  return worthOf(operand).ids.filter((id) => standsFor(id) === null);
}

function idsAfter(part: Part): readonly string[] {
  const [operand, ...more] = operandsAfter(part);
  return operand === undefined || more.length > 0 ? [] : worthOf(operand).ids;
}

/** The operands and operators as they read afterwards. */
export function afterOf(
  fates: Fates,
  operators: DependencyStatement['operators'],
): Pick<DependencyStatement, 'operands' | 'operators'> {
  const operands: Operand[] = [];
  const left: DependencyStatement['operators'][number][] = [];
  fates.forEach((part, index) => {
    if (part.fate === 'drop') return;
    const operator = operators[index - 1];
    if (operands.length > 0 && operator !== undefined) left.push(operator);
    const [only, ...more] = operandsAfter(part);
    if (only === undefined) return;
    const { span, outer } = part.operand;
    operands.push(more.length === 0 ? only : { kind: 'list', tuple: false, items: [only, ...more], span, outer });
  });
  return { operands, operators: left };
}

function operandsAfter({ operand, fate, parts }: Part): readonly Operand[] {
  const { span, outer } = operand;
  if (fate === 'drop') return [];
  if (fate !== 'keep') return fate.map(({ id, name }) => ({ kind: 'name', id, name, span, outer }));
  if (operand.kind === 'list') return [{ ...operand, items: parts.flatMap(operandsAfter) }];
  if (operand.kind === 'chain') return [{ ...operand, ...afterOf(parts, operand.operators) }];
  return [operand];
}
