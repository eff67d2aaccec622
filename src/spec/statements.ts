/**
 * `{% %}` tags. A `set` may stand anywhere before its uses; `if` and `for` may hold whole entries of one collection whose
 * translation does not depend on what else there is. Everything else changes the structure, and the document is refused.
 */
import type { DocumentFinding } from '../model.ts';
import type { Hole, Masked } from './mask.ts';
import { type Entry, isMapping, isText, type Mapping, type Text, type Value } from './tree.ts';

export interface Statement {
  readonly hole: Hole;
  readonly keyword: string;
}

/** A stretch between two tags of an `if` or `for`, in offsets of the source. */
export interface Block {
  readonly start: number;
  readonly end: number;
  readonly statement: Statement;
}

export type Statements =
  | { readonly ok: true; readonly outer: readonly Statement[]; readonly blocks: readonly Block[] }
  | { readonly ok: false; readonly finding: DocumentFinding };

const openers = ['if', 'for'];
const allowed = new Set(['set', ...openers, 'elif', 'else', 'endif', 'endfor']);

/** Reads the tags of a document that is not translated yet. */
export function readStatements(masked: Masked, root: Mapping): Statements {
  const statements = masked.holes.flatMap((hole): Statement[] => {
    if (hole.kind !== 'statement') return [];
    return [{ hole, keyword: /^\{%[-+]?\s*(\w*)/.exec(hole.text)?.[1] ?? '' }];
  });
  if (statements.length === 0) return { ok: true, outer: [], blocks: [] };
  const inside = new Map<Statement, Value>();
  forEachScalar(root, (scalar) => {
    const [from, to] = scalar.range ?? [0, 0];
    for (const statement of statements) {
      const { start } = statement.hole.span;
      if (start >= from && start < to) inside.set(statement, scalar);
    }
  });
  const outer = statements.filter((statement) => !inside.has(statement));
  const bad = outer.find((statement) => !canStandAlone(masked, statement)) ?? unbalanced(inside);
  if (bad !== undefined) return refusal(bad);
  const blocks = blocksOf(outer);
  if ('hole' in blocks) return refusal(blocks);
  const torn = blocks.find((block) => !holdsWholeEntries(root, block));
  return torn === undefined ? { ok: true, outer, blocks } : refusal(torn.statement);
}

export function refusal({ hole }: Statement): { readonly ok: false; readonly finding: DocumentFinding } {
  return { ok: false, finding: { code: 'jinja-structure', args: { text: hole.text }, offset: hole.span.start } };
}

/** Known, alone on its line, and not eating the indentation of the next one. */
function canStandAlone(masked: Masked, { hole, keyword }: Statement): boolean {
  const lineStart = masked.text.lastIndexOf('\n', hole.span.start - 1) + 1;
  const isAlone =
    masked.text.slice(lineStart, hole.span.start).trim() === '' && masked.text.charAt(hole.span.start) === '#';
  const isKnown = allowed.has(keyword) && (keyword !== 'set' || hole.text.includes('='));
  const after = masked.text.slice(hole.span.end);
  const eats = hole.text.endsWith('-%}') && !(keyword === 'set' && /^\s*(?:^\S|$)/m.test(after));
  return isAlone && isKnown && !eats;
}

/** A tag inside a scalar must be closed in it. */
function unbalanced(inside: ReadonlyMap<Statement, Value>): Statement | undefined {
  const depths = new Map<Value, number>();
  for (const [{ keyword }, scalar] of inside) {
    const step = openers.includes(keyword) ? 1 : keyword.startsWith('end') ? -1 : 0;
    depths.set(scalar, (depths.get(scalar) ?? 0) + step);
  }
  return [...inside].find(([{ keyword }, scalar]) => !allowed.has(keyword) || depths.get(scalar) !== 0)?.[0];
}

/** The stretches of all blocks, or the tag that does not fit. */
function blocksOf(outer: readonly Statement[]): readonly Block[] | Statement {
  const blocks: Block[] = [];
  const open: Statement[] = [];
  for (const statement of outer) {
    const { keyword, hole } = statement;
    if (keyword === 'set') continue;
    if (!openers.includes(keyword)) {
      const before = open.pop();
      if (before === undefined) return statement;
      blocks.push({ start: before.hole.span.end, end: hole.span.start, statement: before });
    }
    if (!keyword.startsWith('end')) open.push(statement);
  }
  return open[0] ?? blocks;
}

/** True when every entry and item lies inside the block, outside of it or around it, and those inside share a parent. */
function holdsWholeEntries(root: Mapping, { start, end }: Block): boolean {
  const parents = new Set<Value>();
  const isWhole = (node: Value): boolean => {
    if (isText(node)) return true;
    return node.items.every((item) => {
      const [from, to] = spanOf(item as Entry | Value);
      if (to <= start || from >= end) return true;
      if (from >= start && to <= end) {
        parents.add(node);
        return true;
      }
      const value = ('key' in item ? item.value : item) as Value;
      return from < start && !isText(value) && isWhole(value);
    });
  };
  return isWhole(root) && parents.size <= 1;
}

function spanOf(item: Entry | Value): readonly [number, number] {
  if (!('key' in item))
    return item.range === null || item.range === undefined ? [0, 0] : [item.range[0], item.range[1]];
  const start = item.key.range?.[0] ?? 0;
  return [start, item.value.range?.[1] ?? item.key.range?.[1] ?? start];
}

/** Every key and every scalar value. */
export function forEachScalar(node: Value, visit: (scalar: Text) => void): void {
  if (isText(node)) visit(node);
  else if (isMapping(node)) {
    for (const { key, value } of node.items) {
      visit(key);
      forEachScalar(value, visit);
    }
  } else for (const item of node.items) forEachScalar(item, visit);
}
