/** What a mapped task is expanded over. */
import type { Argument, Expansion } from '../model.ts';
import { readArguments } from './call-arguments.ts';
import { follow, type Module, textOf } from './constants.ts';
import { lengthOf } from './lengths.ts';
import { childOf, type Node, namedChildren } from './syntax.ts';
import { evaluate, readDictionary } from './values.ts';

/** The `.expand(…)` or `.expand_kwargs(…)` right behind a `.partial(…)`; null where there is none. */
export function readExpansion(module: Module, partial: Node): Expansion | null {
  const behind = callBehind(module, partial);
  if (behind === null) return null;
  const { call, method } = behind;
  const { list } = readArguments(module, call);
  if (method === 'expand') return { method, arguments: list, complete: list.every(({ kind }) => kind === 'keyword') };
  const [only] = namedChildren(childOf(call, 'arguments') ?? call);
  const dicts = only === undefined ? null : dictsIn(module, only);
  return { method, arguments: dicts ?? [], complete: dicts !== null };
}

/** How many tasks a `.partial(…)` that is reached `times` times is expanded to; `dynamic` where a length is not known. */
export function instancesOf(module: Module, partial: Node, times: number | 'dynamic'): number | 'dynamic' {
  const behind = callBehind(module, partial);
  const list = behind === null ? null : childOf(behind.call, 'arguments');
  const given = list === null ? [] : namedChildren(list);
  const [first] = given;
  if (behind === null || first === undefined) return 'dynamic';
  if (behind.method === 'expand_kwargs') return product(times, lengthOf(module, first));
  if (behind.method !== 'expand') return 'dynamic';
  // Over several arguments, every combination is a task.
  return given.reduce<number | 'dynamic'>(
    (total, argument) =>
      product(total, argument.type === 'keyword_argument' ? lengthOf(module, childOf(argument, 'value')) : 'dynamic'),
    times,
  );
}

const product = (a: number | 'dynamic', b: number | 'dynamic'): number | 'dynamic' =>
  a === 'dynamic' || b === 'dynamic' ? 'dynamic' : a * b;

function callBehind(module: Module, partial: Node): { readonly call: Node; readonly method: string } | null {
  const attribute = partial.parent?.type === 'attribute' && partial.field === 'object' ? partial.parent : null;
  const call = attribute?.parent?.type === 'call' && attribute.field === 'function' ? attribute.parent : null;
  const name = attribute === null ? null : childOf(attribute, 'attribute');
  return call === null || name === null ? null : { call, method: textOf(module, name) };
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
