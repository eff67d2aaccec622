/** The arguments of a call, in source order, each with the node of its value. */
import type { Argument, Fact, Span } from '../model.ts';
import { follow, type Module, textOf } from './constants.ts';
import { readSeconds } from './durations.ts';
import { environmentsAt } from './environments.ts';
import { childOf, type Node, namedChildren } from './syntax.ts';
import { BOUND_KEYWORDS, evaluate, readDictionary } from './values.ts';

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

export interface Followed {
  readonly given: CallArguments;
  readonly ids: readonly string[];
  readonly callers: readonly string[];
  /** Of arguments that callers pass on: what each way gives. */
  readonly passed: ReadonlyMap<Argument, readonly Fact[]>;
}

/**
 * Arguments that loops and callers give: one that is the same in all ways is known. Also the ids of all tasks, where one
 * call makes several known ones, and the functions whose callers were asked.
 */
export function followArguments(module: Module, call: Node, given: CallArguments): Followed {
  const open = given.list.filter(({ name, kind, value }) =>
    name === null ? kind === 'double-splat' : value.kind !== 'known',
  );
  const nothing = { given, ids: [], callers: [], passed: new Map() };
  if (open.length === 0) return nothing;
  const { list: ways, callers } = environmentsAt(module, call);
  if (ways.length === 1 && ways[0]?.size === 0) return nothing;
  const modules = ways.map((environment): Module => ({ ...module, environment }));
  const passed = passedOn(modules, given);
  const values = new Map<Argument, Node>();
  let ids: readonly string[] = [];
  let isFollowed = false;
  for (const [argument, node] of given.values) {
    const facts = open.includes(argument) ? modules.map((way) => evaluate(way, node)) : [];
    const through = passed.get(argument);
    if (through !== undefined) {
      for (const [one, value] of through.arguments) values.set(one, value);
      if (through.ids.length > 0) ids = through.ids;
      isFollowed = true;
      continue;
    }
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
    passed: new Map([...passed.values()].flatMap(({ facts }) => [...facts])),
  };
}

interface PassedOn {
  readonly arguments: readonly (readonly [Argument, Node])[];
  /** Of a `task_id` that differs: all of them. */
  readonly ids: readonly string[];
  /** What each of the ways gives, where it gives anything. */
  readonly facts: ReadonlyMap<Argument, readonly Fact[]>;
}

/** What `**kwargs` holds where all callers are known: their keywords, each known where they give the same. */
function passedOn(ways: readonly Module[], { values }: CallArguments): ReadonlyMap<Argument, PassedOn> {
  const result = new Map<Argument, PassedOn>();
  for (const [argument, node] of values) {
    if (argument.kind !== 'double-splat') continue;
    const dictionaries = ways.map((way) =>
      follow(way, node).type === BOUND_KEYWORDS ? readDictionary(way, node) : null,
    );
    if (dictionaries.some((one) => one?.complete !== true)) continue;
    const names = new Set(dictionaries.flatMap((one) => [...(one?.entries.keys() ?? [])]));
    let ids: readonly string[] = [];
    const byArgument = new Map<Argument, readonly Fact[]>();
    const list = [...names].map((name): readonly [Argument, Node] => {
      const nodes = dictionaries.map((one) => one?.entries.get(name)?.value ?? null);
      const facts = nodes.map((value, index) => factOf(ways[index], value));
      const texts = new Set(facts.map((fact) => (fact?.kind === 'known' ? JSON.stringify(fact.value) : null)));
      const [first] = facts;
      const isSame = texts.size === 1 && !texts.has(null) && first !== undefined && first !== null;
      if (name === 'task_id' && texts.size > 1 && !texts.has(null))
        ids = facts.flatMap((fact) => (fact?.kind === 'known' && typeof fact.value === 'string' ? [fact.value] : []));
      const text = `${argument.text}["${name}"]`;
      const value: Fact = isSame ? first : { kind: 'unknown', because: text };
      const inner = nodes.find((one) => one !== null) ?? node;
      const [way] = ways;
      const seconds = nodes.length === 1 && way !== undefined ? readSeconds(way, inner) : null;
      const { span } = argument;
      const unpacked = { constant: false, passed: true };
      const one: Argument = { kind: 'keyword', name, span, valueSpan: span, text, value, seconds, unpacked };
      byArgument.set(
        one,
        facts.flatMap((fact) => fact ?? []),
      );
      return [one, inner];
    });
    result.set(argument, { arguments: list, ids, facts: byArgument });
  }
  return result;
}

const factOf = (way: Module | undefined, value: Node | null): Fact | null =>
  way === undefined || value === null ? null : evaluate(way, value);

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

/** The task id among the arguments, with the prefix of the groups around (null: not known). */
export function taskIdIn({ list }: CallArguments, prefix: string | null): Fact {
  const id = list.find(({ name }) => name === 'task_id')?.value ?? { kind: 'unknown', because: 'no task_id' };
  if (id.kind !== 'known' || typeof id.value !== 'string') return id;
  return prefix === null ? { kind: 'symbolic', text: id.value } : { kind: 'known', value: prefix + id.value };
}
