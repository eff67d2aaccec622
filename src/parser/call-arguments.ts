/** The arguments of a call, in source order, each with the node of its value. */
import type { Argument, Span } from '../model.ts';
import { type Module, textOf } from './constants.ts';
import { readSeconds } from './durations.ts';
import { childOf, type Node, namedChildren } from './syntax.ts';
import { evaluate } from './values.ts';

export interface CallArguments {
  readonly list: readonly Argument[];
  readonly values: ReadonlyMap<Argument, Node>;
  readonly comments: readonly Span[];
}

export function readArguments(module: Module, call: Node): CallArguments {
  const values = new Map<Argument, Node>();
  const comments: Span[] = [];
  for (const child of (childOf(call, 'arguments') ?? call).children) {
    if (child.type === 'comment') comments.push({ start: child.start, end: child.end });
    else if (child.named && child.type !== 'line_continuation') {
      const [argument, value] = readArgument(module, child);
      values.set(argument, value);
    }
  }
  return { list: [...values.keys()], values, comments };
}

/** The node behind a keyword, null where it is not given. */
export function valueOfKeyword({ values }: CallArguments, name: string): Node | null {
  for (const [argument, value] of values) if (argument.name === name) return value;
  return null;
}

const SPLATS: Readonly<Record<string, Argument['kind']>> = { list_splat: 'splat', dictionary_splat: 'double-splat' };

function readArgument(module: Module, node: Node): [Argument, Node] {
  const name = node.type === 'keyword_argument' ? childOf(node, 'name') : null;
  const splat = SPLATS[node.type];
  const inner = name === null ? (splat === undefined ? node : namedChildren(node)[0]) : childOf(node, 'value');
  const value = inner ?? node;
  const argument: Argument = {
    kind: name !== null ? 'keyword' : (splat ?? 'positional'),
    name: name === null ? null : textOf(module, name),
    span: { start: node.start, end: node.end },
    valueSpan: { start: value.start, end: value.end },
    text: textOf(module, value),
    value: evaluate(module, value),
    seconds: readSeconds(module, value),
  };
  return [argument, value];
}
