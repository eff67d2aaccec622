/** How many items a loop goes over. */
import { follow, type Module } from './constants.ts';
import { type Node, namedChildren } from './syntax.ts';

/** How many items a display has; `dynamic` where they can't be counted. */
export function lengthOf(module: Module, iterable: Node | null): number | 'dynamic' {
  if (iterable === null) return 'dynamic';
  const value = follow(module, iterable);
  const countable = ['list', 'tuple', 'set', 'dictionary', 'expression_list'].includes(value.type);
  const parts = namedChildren(value);
  return countable && !parts.some((part) => part.type.endsWith('splat')) ? parts.length : 'dynamic';
}

/** What runs the code in it more than once, or at another time. */
export const REPEATED: readonly string[] =
  'for_statement while_statement list_comprehension dictionary_comprehension set_comprehension generator_expression lambda'.split(
    ' ',
  );
