/** The arguments of a call, in source order, each with the node of its value. */
import type { Argument, Span } from '../model.ts';
import { type Module, textOf } from './constants.ts';
import { readSeconds } from './durations.ts';
import { environmentsAt } from './environments.ts';
import { childOf, type Node, namedChildren } from './syntax.ts';
import { evaluate, readDictionary } from './values.ts';

export interface CallArguments {
  readonly list: readonly Argument[];
  readonly values: ReadonlyMap<Argument, Node>;
  readonly comments: readonly Span[];
}

/** `unpacks`: dicts behind `**` whose keys are all known count as the keywords that they give. */
export function readArguments(module: Module, call: Node, unpacks = false): CallArguments {
  const values = new Map<Argument, Node>();
  const comments: Span[] = [];
  for (const child of (childOf(call, 'arguments') ?? call).children) {
    if (child.type === 'comment') comments.push({ start: child.start, end: child.end });
    else if (child.named && child.type !== 'line_continuation') {
      const unpacked = unpacks && child.type === 'dictionary_splat' ? unpack(module, child) : null;
      for (const [argument, value] of unpacked ?? [readArgument(module, child)]) values.set(argument, value);
    }
  }
  return { list: [...values.keys()], values, comments };
}

/**
 * Arguments that loops and callers give: one that is the same in all ways is known. Also the ids of all tasks, where one
 * call makes several known ones, and the functions whose callers were asked.
 */
export function followArguments(
  module: Module,
  call: Node,
  given: CallArguments,
): { readonly given: CallArguments; readonly ids: readonly string[]; readonly callers: readonly string[] } {
  const open = given.list.filter(({ name, value }) => name !== null && value.kind !== 'known');
  const nothing = { given, ids: [], callers: [] };
  if (open.length === 0) return nothing;
  const { list: ways, callers } = environmentsAt(module, call);
  if (ways.length === 1 && ways[0]?.size === 0) return nothing;
  const modules = ways.map((environment): Module => ({ ...module, environment }));
  const values = new Map<Argument, Node>();
  let ids: readonly string[] = [];
  let isFollowed = false;
  for (const [argument, node] of given.values) {
    const facts = open.includes(argument) ? modules.map((way) => evaluate(way, node)) : [];
    const found = new Set(facts.map((fact) => (fact.kind === 'known' ? JSON.stringify(fact.value) : null)));
    const [only] = facts;
    const isSame = found.size === 1 && !found.has(null) && only !== undefined;
    if (argument.name === 'task_id' && found.size > 1 && !found.has(null))
      ids = facts.flatMap((fact) => (fact.kind === 'known' && typeof fact.value === 'string' ? [fact.value] : []));
    isFollowed ||= isSame;
    values.set(isSame ? { ...argument, value: only } : argument, node);
  }
  const list = [...values.keys()];
  return {
    given: { ...given, list, values },
    ids: [...new Set(ids)],
    callers: isFollowed || ids.length > 0 ? callers : [],
  };
}

/** The node behind a keyword, null where it is not given. */
export function valueOfKeyword({ values }: CallArguments, name: string): Node | null {
  for (const [argument, value] of values) if (argument.name === name) return value;
  return null;
}

/** The entries of `**CONSTANT` and `**{…}` as keywords; null where a key is not known. */
function unpack(module: Module, splat: Node): readonly [Argument, Node][] | null {
  const inner = namedChildren(splat)[0];
  const dictionary = inner === undefined ? null : readDictionary(module, inner);
  if (inner === undefined || dictionary?.complete !== true) return null;
  const constant = inner.type === 'identifier';
  if (!constant && inner.type !== 'dictionary') return null;
  return [...dictionary.entries].map(([name, { value }]): [Argument, Node] => [
    {
      kind: 'keyword',
      name,
      span: { start: splat.start, end: splat.end },
      valueSpan: { start: value.start, end: value.end },
      text: constant ? `${textOf(module, inner)}["${name}"]` : textOf(module, value),
      value: evaluate(module, value),
      seconds: readSeconds(module, value),
      unpacked: { constant },
    },
    value,
  ]);
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
