/** What a mapped task is expanded over. */
import type { Argument, Expansion } from '../model.ts';
import { readArguments } from './call-arguments.ts';
import { follow, type Module, textOf } from './constants.ts';
import { childOf, type Node, namedChildren } from './syntax.ts';
import { evaluate, readDictionary } from './values.ts';

/** The `.expand(…)` or `.expand_kwargs(…)` right behind a `.partial(…)`; null where there is none. */
export function readExpansion(module: Module, partial: Node): Expansion | null {
  const attribute = partial.parent?.type === 'attribute' && partial.field === 'object' ? partial.parent : null;
  const call = attribute?.parent?.type === 'call' && attribute.field === 'function' ? attribute.parent : null;
  const name = attribute === null ? null : childOf(attribute, 'attribute');
  if (call === null || name === null) return null;
  const method = textOf(module, name);
  const { list } = readArguments(module, call);
  if (method === 'expand') return { method, arguments: list, complete: list.every(({ kind }) => kind === 'keyword') };
  const [only] = namedChildren(childOf(call, 'arguments') ?? call);
  const dicts = only === undefined ? null : dictsIn(module, only);
  return { method, arguments: dicts ?? [], complete: dicts !== null };
}

/** The entries of a list of dict displays, as arguments. */
function dictsIn(module: Module, node: Node): readonly Argument[] | null {
  const list = follow(module, node);
  if (list.type !== 'list' && list.type !== 'tuple') return null;
  const found: Argument[] = [];
  for (const item of namedChildren(list)) {
    const { entries, complete } = readDictionary(module, item);
    if (!complete || item.type.endsWith('splat')) return null;
    for (const [name, { key, value }] of entries)
      found.push({
        kind: 'keyword',
        name,
        span: { start: key.start, end: value.end },
        valueSpan: { start: value.start, end: value.end },
        text: textOf(module, value),
        value: evaluate(module, value),
        seconds: null,
      });
  }
  return found;
}
