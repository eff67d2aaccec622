/** The names of one import statement, for printing it with fewer of them. */
import type { Span } from '../model.ts';

export interface ImportClauses {
  /** What stands behind `import`, inside the parentheses where there are any. */
  readonly region: Span;
  readonly items: readonly Span[];
  readonly comments: readonly Span[];
}

/** Import statements hold names, commas, comments and one pair of parentheses: nothing that could hide a comma. */
export function importClauses(text: string, statement: Span): ImportClauses | null {
  const source = text.slice(statement.start, statement.end);
  const keyword = /(?:^|\s)import\s*\(?/.exec(source);
  if (keyword === null) return null;
  const start = statement.start + keyword.index + keyword[0].length;
  const parenthesised = keyword[0].endsWith('(');
  const end = parenthesised ? statement.start + source.lastIndexOf(')') : statement.end;
  const region = { start: parenthesised ? start : start - trailingBlank(keyword[0]), end };
  const comments = spansOf(text, region, /#[^\r\n]*/g, []);
  return { region, comments, items: spansOf(text, region, /[\w.]+(?:\s+as\s+\w+)?/g, comments) };
}

const trailingBlank = (keyword: string): number => /\s*$/.exec(keyword)?.[0].length ?? 0;

function spansOf(text: string, region: Span, pattern: RegExp, without: readonly Span[]): Span[] {
  return [...text.slice(region.start, region.end).matchAll(pattern)]
    .map((match) => ({ start: region.start + match.index, end: region.start + match.index + match[0].length }))
    .filter(({ start }) => !without.some((span) => span.start <= start && start < span.end));
}
