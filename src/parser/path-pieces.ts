/** What readers of paths share: the piece that is not known, and how pieces join. */
import { posix } from 'node:path';
import type { Module } from './constants.ts';
import type { Node } from './syntax.ts';
import { evaluate } from './values.ts';

/** Stands for a piece of a path that is not known. */
export const HOLE: string = '\uFFFC';

/** Reads a part of an expression. */
export type Again = (node: Node) => string;

export function known(module: Module, expression: Node, again: Again): string {
  const fact = evaluate(module, expression);
  if (fact.kind === 'known') return typeof fact.value === 'string' ? fact.value : String(JSON.stringify(fact.value));
  return again(expression);
}

/** Above what is not known nothing is known. */
export const parentOf = (path: string): string => (path.endsWith(HOLE) ? HOLE : posix.dirname(path));

/** As `os.path.join`: an absolute part starts anew. */
export function join(parts: readonly string[]): string {
  let result = '';
  for (const part of parts) {
    if (posix.isAbsolute(part) || result === '') result = part;
    else result += result.endsWith('/') ? part : `/${part}`;
  }
  return result;
}
