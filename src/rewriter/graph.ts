/** The order of tasks as far as dependency statements tell it: edges between the variables that hold them. */
import type { DependencyStatement, Operand } from '../model.ts';

/** `before\0after`, by variable name; what is no plain variable counts by its place in the statement. */
export type Edges = ReadonlySet<string>;

const edge = (before: string, after: string): string => `${before}\0${after}`;

/** Names of an operand; `text` gives what is no variable a name that survives edits elsewhere. */
export function namesOf(operand: Operand, text: string): readonly string[] {
  if (operand.kind === 'name') return [operand.name];
  if (operand.kind === 'list') return operand.items.flatMap((item) => namesOf(item, text));
  return [`(${text.slice(operand.span.start, operand.span.end).replace(/\s+/g, ' ')})`];
}

export function edgesOf(statements: readonly DependencyStatement[], text: string): Edges {
  const edges = new Set<string>();
  for (const { operands, operators } of statements) {
    operators.forEach((operator, index) => {
      const [left, right] = [operands[index], operands[index + 1]];
      if (left === undefined || right === undefined) return;
      const [from, to] = operator === '>>' ? [left, right] : [right, left];
      for (const before of namesOf(from, text)) for (const after of namesOf(to, text)) edges.add(edge(before, after));
    });
  }
  return edges;
}

/** The edges without `names`: what ran before one of them now runs before all that ran after it. */
export function contract(edges: Edges, names: readonly string[]): Edges {
  let current = edges;
  for (const name of names) {
    const [before, after] = [predecessors(current, name), successors(current, name)];
    const next = new Set([...current].filter((key) => !key.split('\0').includes(name)));
    for (const one of before) for (const other of after) if (one !== other) next.add(edge(one, other));
    current = next;
  }
  return current;
}

export function predecessors(edges: Edges, name: string): string[] {
  return [...edges].flatMap((key) => (key.endsWith(`\0${name}`) ? [key.slice(0, key.indexOf('\0'))] : []));
}

export function successors(edges: Edges, name: string): string[] {
  return [...edges].flatMap((key) => (key.startsWith(`${name}\0`) ? [key.slice(name.length + 1)] : []));
}

/** True when both say the same order between tasks (edges that others imply do not count). */
export function sameEdges(a: Edges, b: Edges): boolean {
  return a.size === b.size && [...a].every((key) => b.has(key));
}
