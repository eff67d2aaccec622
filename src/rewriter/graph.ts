/** The order of tasks as far as dependency expressions tell it: edges between the variables (or calls) that hold them. */
import type { DependencyStatement, Operand } from '../model.ts';

/** `before\0after`, by the ids of operands. */
export type Edges = ReadonlySet<string>;

export const edge = (before: string, after: string): string => `${before}\0${after}`;
export const endsOf = (key: string): readonly [string, string] => {
  const at = key.indexOf('\0');
  return [key.slice(0, at), key.slice(at + 1)];
};
/** Python can't relate these: a shift between two lists, a `chain` of lists of different lengths. No task has this id. */
const IMPOSSIBLE = '!';

export function edgesOf(statements: readonly Pick<DependencyStatement, 'form' | 'operands' | 'operators'>[]): Edges {
  const edges = new Set<string>();
  for (const { form, operands, operators } of statements) {
    const values = operands.map((operand) => readValue(operand, edges));
    if (form === 'shift') linkShift(values, operators, edges);
    else if (form === 'method') linkMethod(values, operators, edges);
    else if (form === 'chain') linkPairs(values, linkChained, edges);
    else if (form === 'chain-linear') linkPairs(values, product, edges);
    else if (form === 'cross') linkCross(values, edges);
  }
  return edges;
}

/** What an operand is worth: one task, a list of them, or a label, which stands on an edge. */
interface Value {
  readonly kind: 'one' | 'list' | 'label';
  readonly ids: readonly string[];
}

/** The value of an operand; chains in it make their edges on the way. */
function readValue(operand: Operand, edges: Set<string>): Value {
  if (operand.kind === 'label') return { kind: 'label', ids: [operand.id] };
  if (operand.kind === 'list')
    return { kind: 'list', ids: operand.items.flatMap((item) => readValue(item, edges).ids) };
  if (operand.kind !== 'chain') return { kind: 'one', ids: [operand.id] };
  const values = operand.operands.map((inner) => readValue(inner, edges));
  linkShift(values, operand.operators, edges);
  return values.at(-1) ?? { kind: 'list', ids: [] };
}

/** The tasks that an operand stands for, as another expression that uses its value would see them. */
export function worthOf(operand: Operand): Value {
  return readValue(operand, new Set());
}

function linkShift(values: readonly Value[], operators: DependencyStatement['operators'], edges: Set<string>): void {
  let last: Value | null = null;
  for (const [index, value] of values.entries()) {
    // `a >> Label("x") >> b` is an edge from a to b.
    if (value.kind === 'label') continue;
    if (last !== null) {
      if (last.kind === 'list' && value.kind === 'list') edges.add(edge(IMPOSSIBLE, 'lists'));
      const [from, to] = operators[index - 1] === '<<' ? [value, last] : [last, value];
      product(from, to, edges);
    }
    last = value;
  }
}

function linkMethod(
  [object, argument]: readonly Value[],
  [operator]: DependencyStatement['operators'],
  edges: Set<string>,
): void {
  if (object === undefined || argument === undefined) return;
  if (object.kind === 'list') edges.add(edge(IMPOSSIBLE, 'method'));
  if (operator === '>>') product(object, argument, edges);
  else product(argument, object, edges);
}

type Link = (from: Value, to: Value, edges: Set<string>) => void;

function linkPairs(values: readonly Value[], link: Link, edges: Set<string>): void {
  values.slice(1).forEach((value, index) => {
    link(values[index] as Value, value, edges);
  });
}

/** `chain` relates lists of equal length pair by pair. */
function linkChained(from: Value, to: Value, edges: Set<string>): void {
  if (from.kind !== 'list' || to.kind !== 'list') {
    product(from, to, edges);
    return;
  }
  if (from.ids.length !== to.ids.length) edges.add(edge(IMPOSSIBLE, 'chain'));
  from.ids.forEach((before, index) => {
    edges.add(edge(before, to.ids[index] ?? IMPOSSIBLE));
  });
}

function linkCross([from, to]: readonly Value[], edges: Set<string>): void {
  if (from === undefined || to === undefined) return;
  if (from.kind !== 'list') edges.add(edge(IMPOSSIBLE, 'cross'));
  product(from, to, edges);
}

function product(from: Value, to: Value, edges: Set<string>): void {
  for (const before of from.ids) for (const after of to.ids) edges.add(edge(before, after));
}

/** Who runs right before and right after each task. */
export interface Neighbours {
  readonly before: ReadonlyMap<string, ReadonlySet<string>>;
  readonly after: ReadonlyMap<string, ReadonlySet<string>>;
}

export function neighboursOf(edges: Iterable<string>): {
  readonly before: Map<string, Set<string>>;
  readonly after: Map<string, Set<string>>;
} {
  const [before, after] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
  for (const [from, to] of Array.from(edges, endsOf)) {
    put(before, to, from);
    put(after, from, to);
  }
  return { before, after };
}

function put(map: Map<string, Set<string>>, key: string, id: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([id]));
  else known.add(id);
}

/** The edges without these tasks: what ran before one of them now runs before all that ran after it. */
export function contract(edges: Edges, ids: readonly string[]): Edges {
  const { before, after } = neighboursOf(edges);
  for (const id of ids) {
    const [sources, targets] = [before.get(id) ?? [], after.get(id) ?? []];
    for (const source of sources) {
      after.get(source)?.delete(id);
      for (const target of targets) if (source !== target && source !== id && target !== id) put(after, source, target);
    }
    for (const target of targets) {
      before.get(target)?.delete(id);
      for (const source of sources)
        if (source !== target && source !== id && target !== id) put(before, target, source);
    }
    before.delete(id);
    after.delete(id);
  }
  return new Set([...after].flatMap(([from, targets]) => [...targets].map((to) => edge(from, to))));
}

export function sameEdges(a: Edges, b: Edges): boolean {
  return a.size === b.size && [...a].every((key) => b.has(key));
}

/** The edges as they read once these bindings are gone: later bindings of the same names move up by one. */
export function renumber(edges: Edges, gone: readonly string[]): Edges {
  const numbers = new Map<string, number[]>();
  for (const id of gone) {
    const at = id.lastIndexOf('#') + 1;
    if (at > 0) numbers.set(id.slice(0, at), [...(numbers.get(id.slice(0, at)) ?? []), Number(id.slice(at))]);
  }
  if (numbers.size === 0) return edges;
  const moved = (id: string): string =>
    id
      .split('|')
      .map((part) => renumbered(part, numbers))
      .sort()
      .join('|');
  return new Set([...edges].map((key) => endsOf(key).map(moved)).map(([from, to]) => edge(from ?? '', to ?? '')));
}

function renumbered(id: string, gone: ReadonlyMap<string, readonly number[]>): string {
  const at = id.lastIndexOf('#') + 1;
  const [stem, number] = [id.slice(0, at), Number(id.slice(at))];
  const before = gone.get(stem)?.filter((other) => other < number).length ?? 0;
  return at === 0 || before === 0 ? id : stem + String(number - before);
}
