/** Takes variables out of dependency statements: `a >> sensor >> b` becomes `a >> b`. */
import type { DependencyStatement, Edit, Operand, Span } from '../model.ts';
import { lineSpan } from './statement-lines.ts';

/** A variable that goes, and the one that stands for it from now on (null: it had nothing behind it). */
export interface Replacement {
  readonly name: string;
  readonly by: string | null;
}

/**
 * The edits that take the replaced names out of all statements, null where one can't be edited for certain (a comment
 * inside the part that goes, a name inside a list, a statement that shares its line).
 */
export function rewire(
  statements: readonly DependencyStatement[],
  replacements: readonly Replacement[],
  text: string,
): readonly Edit[] | null {
  const edits: Edit[] = [];
  for (const statement of statements) {
    if (!mentions(statement.operands, replacements)) continue;
    const own = rewireStatement(statement, replacements, text);
    if (own === null) return null;
    edits.push(...own);
  }
  return edits;
}

function mentions(operands: readonly Operand[], replacements: readonly Replacement[]): boolean {
  return operands.some((operand) =>
    operand.kind === 'name'
      ? replacements.some(({ name }) => name === operand.name)
      : operand.kind === 'list' && mentions(operand.items, replacements),
  );
}

interface Part {
  readonly operand: Operand;
  /** The variable that stands there afterwards; null for what is no plain variable, or goes. */
  readonly name: string | null;
  readonly replaced: boolean;
}

function rewireStatement(
  statement: DependencyStatement,
  replacements: readonly Replacement[],
  text: string,
): readonly Edit[] | null {
  const parts = partsOf(statement, replacements);
  if (parts === null) return null;
  const kept = parts.filter((_, index) => !goes(parts, index));
  if (kept.length <= 1) {
    const lines = lineSpan(text, statement.span);
    const commented = text.slice(statement.span.start, statement.span.end).includes('#');
    return lines === null || commented ? null : [{ span: lines, text: '' }];
  }
  if (statement.form === 'method' && kept.length < parts.length) return null;
  const edits: Edit[] = [];
  for (const [index, part] of parts.entries()) {
    if (!part.replaced) continue;
    const span = goes(parts, index) ? withOperator(parts, index, text) : part.operand.span;
    if (span === null) return null;
    edits.push({ span, text: goes(parts, index) ? '' : (part.name ?? '') });
  }
  return edits;
}

function partsOf(statement: DependencyStatement, replacements: readonly Replacement[]): readonly Part[] | null {
  const parts: Part[] = [];
  for (const operand of statement.operands) {
    if (operand.kind === 'list' && mentions([operand], replacements)) return null;
    const own = operand.kind === 'name' ? operand.name : null;
    const replacement = replacements.find(({ name }) => name === own);
    parts.push({
      operand,
      name: replacement === undefined ? own : replacement.by,
      replaced: replacement !== undefined,
    });
  }
  return parts;
}

/** A replaced operand goes where nothing stands for it, or where its replacement already stands beside it. */
function goes(parts: readonly Part[], index: number): boolean {
  const part = parts[index];
  if (part === undefined || !part.replaced) return false;
  if (part.name === null) return true;
  const before = parts.slice(0, index).findLast((_, at) => !goes(parts, at));
  const after = parts[index + 1];
  return before?.name === part.name || (after !== undefined && !after.replaced && after.name === part.name);
}

/** The operand with the operator before it, or behind it where nothing before it is kept. Null with a comment inside. */
function withOperator(parts: readonly Part[], index: number, text: string): Span | null {
  const own = parts[index]?.operand.span;
  const first = parts.slice(0, index).every((_, at) => goes(parts, at));
  const neighbour = parts[first ? index + 1 : index - 1]?.operand.span;
  if (own === undefined || neighbour === undefined) return null;
  const span = first ? { start: own.start, end: neighbour.start } : { start: neighbour.end, end: own.end };
  const between = first ? text.slice(own.end, neighbour.start) : text.slice(neighbour.end, own.start);
  // Only white space and the operator: a parenthesis there would lose the other one of its pair.
  return /^\s*\\?\s*(?:>>|<<)\s*\\?\s*$/.test(between) ? span : null;
}
