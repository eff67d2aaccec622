/** Takes variables out of dependency statements: `a >> sensor >> b` becomes `a >> b`. */
import type { DependencyStatement, Edit, Operand, Span } from '../model.ts';
import { lineSpan } from './statement-lines.ts';

/** A variable that goes, and the one that stands for it from now on (null: it had nothing behind it). */
export interface Replacement {
  readonly name: string;
  readonly by: string | null;
}

export interface Rewired {
  /** What the statements say afterwards; their spans are those of the text before. */
  readonly statements: readonly DependencyStatement[];
  readonly edits: readonly Edit[];
}

/**
 * Takes the replaced names out of all statements, null where one can't be edited for certain: a comment inside the part
 * that goes, a nested list, a statement that shares its line.
 */
export function rewire(
  statements: readonly DependencyStatement[],
  replacements: readonly Replacement[],
  text: string,
): Rewired | null {
  const edits: Edit[] = [];
  const after: DependencyStatement[] = [];
  for (const statement of statements) {
    if (!statement.operands.some((operand) => mentions(operand, replacements))) {
      after.push(statement);
      continue;
    }
    const own = rewireStatement(statement, replacements, text);
    if (own === null) return null;
    edits.push(...own.edits);
    after.push(...own.statements);
  }
  return { statements: after, edits };
}

function mentions(operand: Operand, replacements: readonly Replacement[]): boolean {
  if (operand.kind === 'list') return operand.items.some((item) => mentions(item, replacements));
  return operand.kind === 'name' && replacements.some(({ name }) => name === operand.name);
}

/** An operand, or an item of a list, with what stands there afterwards. */
interface Part {
  readonly operand: Operand;
  /** The variable that stands there afterwards; null for what is no plain variable, or goes. */
  readonly name: string | null;
  readonly replaced: boolean;
  readonly items: readonly Part[];
}

function rewireStatement(
  statement: DependencyStatement,
  replacements: readonly Replacement[],
  text: string,
): Rewired | null {
  const parts = statement.operands.map((operand) => partOf(operand, replacements));
  if (
    parts.some(({ items }) =>
      items.some((item) => item.operand.kind === 'list' && mentions(item.operand, replacements)),
    )
  )
    return null;
  const kept = parts.filter((_, index) => !goes(parts, index));
  if (kept.length <= 1) {
    const lines = lineSpan(text, statement.span);
    const commented = text.slice(statement.span.start, statement.span.end).includes('#');
    return lines === null || commented ? null : { statements: [], edits: [{ span: lines, text: '' }] };
  }
  if (statement.form === 'method' && kept.length < parts.length) return null;
  const edits: Edit[] = [];
  for (const index of parts.keys()) {
    const own = editPart(parts, index, text);
    if (own === null) return null;
    edits.push(...own);
  }
  return { statements: [shapeAfter(statement, parts)], edits };
}

function partOf(operand: Operand, replacements: readonly Replacement[]): Part {
  const items = operand.kind === 'list' ? operand.items.map((item) => partOf(item, replacements)) : [];
  const own = operand.kind === 'name' ? operand.name : null;
  const replacement = replacements.find(({ name }) => name === own);
  return {
    operand,
    items,
    name: replacement === undefined ? own : replacement.by,
    replaced: replacement !== undefined,
  };
}

/** A replaced operand goes where nothing stands for it, or where its replacement already stands beside it. */
function goes(parts: readonly Part[], index: number): boolean {
  const part = parts[index];
  if (part === undefined) return false;
  if (part.items.some(({ replaced }) => replaced)) return part.items.every((_, at) => itemGoes(parts, index, at));
  return part.replaced && (part.name === null || standsBeside(parts, index, part.name));
}

function itemGoes(parts: readonly Part[], index: number, at: number): boolean {
  const items = parts[index]?.items ?? [];
  const item = items[at];
  if (item === undefined || !item.replaced) return false;
  if (item.name === null || standsBeside(parts, index, item.name)) return true;
  return items.some((other, position) => other.name === item.name && (!other.replaced || position < at));
}

/** True when the variable stands in the operand before (of those that stay) or behind. */
function standsBeside(parts: readonly Part[], index: number, name: string): boolean {
  const before = parts.slice(0, index).findLast((_, at) => !goes(parts, at));
  const after = parts[index + 1];
  return holds(before, name, true) || holds(after, name, false);
}

function holds(part: Part | undefined, name: string, withReplaced: boolean): boolean {
  if (part === undefined) return false;
  return [part, ...part.items].some((one) => one.name === name && (withReplaced || !one.replaced));
}

function editPart(parts: readonly Part[], index: number, text: string): readonly Edit[] | null {
  const part = parts[index] as Part;
  if (goes(parts, index)) {
    const span = withOperator(parts, index, text);
    return span === null ? null : [{ span, text: '' }];
  }
  if (part.replaced) return [{ span: part.operand.span, text: part.name ?? '' }];
  const edits: Edit[] = [];
  for (const [at, item] of part.items.entries()) {
    if (!item.replaced) continue;
    const leaves = itemGoes(parts, index, at);
    const span = leaves ? withComma(part.items, at, (other) => itemGoes(parts, index, other), text) : item.operand.span;
    if (span === null) return null;
    edits.push({ span, text: leaves ? '' : (item.name ?? '') });
  }
  return edits;
}

/** The operand with the operator before it, or behind it where nothing before it is kept. Null with a comment inside. */
function withOperator(parts: readonly Part[], index: number, text: string): Span | null {
  const gap = /^\s*\\?\s*(?:>>|<<)\s*\\?\s*$/;
  // Only white space and the operator: a parenthesis there would lose the other one of its pair.
  return withNeighbour(parts, index, (at) => goes(parts, at), gap, text);
}

function withComma(items: readonly Part[], index: number, leaves: (at: number) => boolean, text: string): Span | null {
  return withNeighbour(items, index, leaves, /^\s*,\s*$/, text);
}

function withNeighbour(
  parts: readonly Part[],
  index: number,
  leaves: (at: number) => boolean,
  gap: RegExp,
  text: string,
): Span | null {
  const own = parts[index]?.operand.span;
  const first = parts.slice(0, index).every((_, at) => leaves(at));
  const neighbour = parts[first ? index + 1 : index - 1]?.operand.span;
  if (own === undefined || neighbour === undefined) return null;
  const span = first ? { start: own.start, end: neighbour.start } : { start: neighbour.end, end: own.end };
  const between = first ? text.slice(own.end, neighbour.start) : text.slice(neighbour.end, own.start);
  return gap.test(between) ? span : null;
}

/** The statement as it reads afterwards. */
function shapeAfter(statement: DependencyStatement, parts: readonly Part[]): DependencyStatement {
  const operands: Operand[] = [];
  const operators: DependencyStatement['operators'][number][] = [];
  parts.forEach((part, index) => {
    if (goes(parts, index)) return;
    const operator = statement.operators[index - 1];
    if (operands.length > 0 && operator !== undefined) operators.push(operator);
    operands.push(operandAfter(parts, index, part));
  });
  return { ...statement, operands, operators };
}

function operandAfter(parts: readonly Part[], index: number, part: Part): Operand {
  const { operand } = part;
  if (operand.kind === 'list') {
    const items = part.items.flatMap((item, at) => (itemGoes(parts, index, at) ? [] : [renamed(item)]));
    return { ...operand, items };
  }
  return renamed(part);
}

function renamed({ operand, name, replaced }: Part): Operand {
  return replaced && operand.kind === 'name' && name !== null ? { ...operand, name } : operand;
}
