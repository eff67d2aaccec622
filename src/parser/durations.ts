/** How long something is: numbers of seconds and `timedelta(…)`. */

import { follow, type Module, textOf } from './constants.ts';
import { importedPath } from './imports.ts';
import { childOf, type Node, namedChildren } from './syntax.ts';
import { evaluate } from './values.ts';

const TIMEDELTA_SECONDS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    weeks: 604_800,
    days: 86_400,
    hours: 3_600,
    minutes: 60,
    seconds: 1,
    milliseconds: 0.001,
  }),
);

/** Seconds of a number, of `timedelta(…)` or of a constant that holds one; null where they can't be known. */
export function readSeconds(module: Module, node: Node): number | null {
  const expression = follow(module, node);
  const value = numberIn(module, expression);
  if (value !== null) return value;
  const callee = expression.type === 'call' ? childOf(expression, 'function') : null;
  if (callee === null || !isTimedelta(module, callee)) return null;
  let total = 0;
  for (const [index, argument] of namedChildren(childOf(expression, 'arguments') ?? expression).entries()) {
    const name = childOf(argument, 'name');
    const unit =
      argument.type === 'keyword_argument' && name !== null ? textOf(module, name) : ['days', 'seconds'][index];
    const factor = TIMEDELTA_SECONDS.get(unit ?? '');
    const amount = numberIn(module, childOf(argument, 'value') ?? argument);
    if (factor === undefined || amount === null) return null;
    total += amount * factor;
  }
  return total;
}

function numberIn(module: Module, node: Node): number | null {
  const fact = evaluate(module, node);
  return fact.kind === 'known' && typeof fact.value === 'number' ? fact.value : null;
}

/** `timedelta` from the standard library: imported by name or as an attribute of `datetime`. */
function isTimedelta(module: Module, callee: Node): boolean {
  const root = callee.type === 'attribute' ? childOf(callee, 'object') : callee;
  if (root?.type !== 'identifier') return false;
  const [binding, ...others] = module.names.resolve(textOf(module, root), root);
  if (binding === undefined || others.length > 0) return false;
  const behind = textOf(module, callee).slice(textOf(module, root).length);
  return `${importedPath(module, binding)}${behind}` === 'datetime.timedelta';
}
