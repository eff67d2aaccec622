/**
 * The ways in which a place is reached: what loops over literals and the callers of a function give to the names there.
 * A name that no literal gives stays out, and is unknown.
 */
import { follow, type Module, textOf } from './constants.ts';
import { qualifiedName } from './imports.ts';
import type { Binding } from './names.ts';
import { ancestor, childOf, type Node, namedChildren, unwrap } from './syntax.ts';
import { BOUND_KEYWORDS, readDictionary } from './values.ts';

export type Environment = ReadonlyMap<Binding, Node>;

export interface Environments {
  /** At least one; a single empty one where nothing is bound. */
  readonly list: readonly Environment[];
  /** Functions whose callers were followed: another file may call them too. */
  readonly callers: readonly string[];
}

/** More ways than this are not told apart. */
const MOST = 200;
const DEEPEST = 6;

/** All ways to reach a node. */
export function environmentsAt(module: Module, at: Node, depth = 0): Environments {
  let list: readonly Environment[] = [new Map()];
  const callers = new Set<string>();
  for (let node: Node | null = at; node !== null; node = node.parent) {
    const ways = depth > DEEPEST ? null : waysInto(module, node, at, depth, callers);
    if (ways === null) continue;
    const product = list.flatMap((one) => ways.map((way) => new Map([...way, ...one])));
    if (product.length <= MOST) list = product;
    // The callers of a function were followed to their own surroundings already.
    if (node.type === 'function_definition') break;
  }
  return { list, callers: [...callers] };
}

function waysInto(
  module: Module,
  node: Node,
  at: Node,
  depth: number,
  callers: Set<string>,
): readonly Environment[] | null {
  if (node.type === 'for_statement') {
    const body = childOf(node, 'body');
    return body !== null && holds(body, at) ? rounds(module, node) : null;
  }
  if (node.type.endsWith('_comprehension') || node.type === 'generator_expression') {
    let ways: readonly Environment[] = [new Map()];
    for (const clause of node.children.filter(({ type }) => type === 'for_in_clause')) {
      const own = holds(clause, at) ? null : rounds(module, clause);
      if (own !== null) ways = ways.flatMap((way) => own.map((one) => new Map([...way, ...one])));
    }
    return ways;
  }
  return node.type === 'function_definition' ? callsOf(module, node, depth, callers) : null;
}

const holds = (outer: Node, inner: Node): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** What each round of a loop binds; null where the iterable is no display. */
function rounds(module: Module, loop: Node): readonly Environment[] | null {
  const [target, iterable] = [childOf(loop, 'left'), childOf(loop, 'right')];
  const items = iterable === null ? null : itemsOf(module, iterable);
  if (target === null || items === null || items.length > MOST) return null;
  return items.map((item) => {
    const environment = new Map<Binding, Node>();
    bind(module, target, item, environment);
    return environment;
  });
}

/** One item of an iterable: a node, or several that are unpacked together; null for one that has no node. */
type Item = Node | null | readonly Item[];

function itemsOf(module: Module, iterable: Node): readonly Item[] | null {
  const value = follow(module, iterable);
  if (['list', 'tuple', 'set', 'expression_list'].includes(value.type)) {
    const items = namedChildren(value);
    return items.some(({ type }) => type.endsWith('splat')) ? null : items;
  }
  if (value.type === 'dictionary') return entriesOf(module, value)?.map(([key]) => key) ?? null;
  if (value.type !== 'call') return null;
  const [callee, list] = [childOf(value, 'function'), namedChildren(childOf(value, 'arguments') ?? value)];
  const [first] = list;
  if (callee?.type === 'attribute' && list.length === 0) return viewOf(module, callee);
  const name = callee?.type === 'identifier' ? textOf(module, callee) : '';
  if (first === undefined || !['enumerate', 'sorted', 'list', 'tuple', 'reversed'].includes(name)) return null;
  const inner = itemsOf(module, first);
  return name === 'enumerate' ? (inner?.map((item) => [null, item]) ?? null) : inner;
}

/** `d.items()`, `d.keys()`, `d.values()`. */
function viewOf(module: Module, callee: Node): readonly Item[] | null {
  const [object, method] = [childOf(callee, 'object'), childOf(callee, 'attribute')];
  const entries = object === null ? null : entriesOf(module, object);
  if (entries === null || method === null) return null;
  switch (textOf(module, method)) {
    case 'items':
      return entries;
    case 'keys':
      return entries.map(([key]) => key);
    case 'values':
      return entries.map(([, value]) => value);
    default:
      return null;
  }
}

function entriesOf(module: Module, node: Node): readonly (readonly [Node, Node])[] | null {
  const { entries, complete } = readDictionary(module, node);
  return complete ? [...entries.values()].map(({ key, value }) => [key, value] as const) : null;
}

function bind(module: Module, target: Node, item: Item, environment: Map<Binding, Node>): void {
  if (item === null) return;
  if (target.type === 'identifier') {
    const binding = 'type' in item ? bindingOf(module, target) : null;
    if (binding !== null && 'type' in item) environment.set(binding, item);
    return;
  }
  const parts = namedChildren(target);
  const values = 'type' in item ? partsOf(module, item) : item;
  if (values?.length !== parts.length || parts.some(({ type }) => type.endsWith('splat_pattern'))) return;
  for (const [index, part] of parts.entries()) bind(module, part, values[index] ?? null, environment);
}

function partsOf(module: Module, item: Node): readonly Node[] | null {
  const value = follow(module, item);
  return value.type === 'tuple' || value.type === 'list' ? namedChildren(value) : null;
}

function bindingOf(module: Module, node: Node): Binding | null {
  return module.names.bindings.find((binding) => binding.node === node) ?? null;
}

/** What every caller in this file gives to the parameters; null where a use of the function is no plain call. */
function callsOf(module: Module, definition: Node, depth: number, callers: Set<string>): readonly Environment[] | null {
  const name = calledName(module, definition);
  const parameters = childOf(definition, 'parameters');
  const calls = callersOf(module, definition);
  if (name === null || parameters === null || namedChildren(parameters).length === 0 || calls === null) return null;
  const result: Environment[] = [];
  for (const call of calls) {
    const given = bindArguments(module, definition, call);
    if (given === null) return null;
    const around = environmentsAt(module, call, depth + 1);
    for (const caller of around.callers) callers.add(caller);
    for (const way of around.list) result.push(new Map([...way, ...given]));
    if (result.length > MOST) return null;
  }
  callers.add(textOf(module, name));
  return result;
}

/** The calls of a function in this file, of the class for an `__init__`; null where a use is no plain call or there is none. */
export function callersOf(module: Module, definition: Node): readonly Node[] | null {
  const name = calledName(module, definition);
  if (name === null) return null;
  const holder = name.parent ?? definition;
  const uses = module.names.readersOf(textOf(module, name));
  const calls: Node[] = [];
  for (const use of uses) {
    const call = use.parent;
    if (call?.type !== 'call' || use.field !== 'function' || holds(holder, use)) return null;
    if (module.reaches?.(call) !== false) calls.push(call);
  }
  return calls.length === 0 ? null : calls;
}

/** The name by which a function is called: its own, that of the class for an `__init__`; null for other methods. */
export function calledName(module: Module, definition: Node): Node | null {
  const name = childOf(definition, 'name');
  const scope = ancestor(definition, ['class_definition', 'function_definition']);
  if (scope?.type !== 'class_definition') return name;
  return name !== null && textOf(module, name) === '__init__' ? childOf(scope, 'name') : null;
}

/** Parameters of a function of this file with what one call gives them; null where that can't be told. */
export function bindArguments(module: Module, definition: Node, call: Node): Environment | null {
  const given = bindParameters(module, definition, module, call);
  if (given === null) return null;
  const result = new Map<Binding, Node>();
  for (const parameter of namedParameters(definition)) {
    const value = given.get(textOf(module, parameter.name)) ?? parameter.default;
    const binding = bindingOf(module, parameter.name);
    if (binding !== null && value !== null) result.set(binding, value);
  }
  const rest = restParameter(definition);
  const binding = rest === null ? null : bindingOf(module, rest);
  if (binding !== null) result.set(binding, boundKeywords(call, passedKeywords(module, definition, module, call)));
  return result;
}

/** `kwargs` of `**kwargs`. */
function restParameter(definition: Node): Node | null {
  const rest = namedChildren(childOf(definition, 'parameters') ?? definition).find(
    ({ type }) => type === 'dictionary_splat_pattern',
  );
  return rest === undefined ? null : (namedChildren(rest)[0] ?? null);
}

/** The keywords of a call that no parameter takes. */
export function passedKeywords(within: Module, definition: Node, module: Module, call: Node): readonly Node[] {
  if (restParameter(definition) === null) return [];
  const named = new Set(namedParameters(definition).map(({ name }) => textOf(within, name)));
  return namedChildren(childOf(call, 'arguments') ?? call).filter((part) => {
    const key = part.type === 'keyword_argument' ? childOf(part, 'name') : null;
    return key !== null && !named.has(textOf(module, key));
  });
}

/** What stands for a dict of keywords, which no text of the file spells. */
function boundKeywords({ start, parent }: Node, children: readonly Node[]): Node {
  return { type: BOUND_KEYWORDS, named: true, start, end: start, field: null, parent, children };
}

/** What one call gives to the parameters of a function, by name; `within` is the file of the function, `module` that of the call. */
export function bindParameters(
  within: Module,
  definition: Node,
  module: Module,
  call: Node,
): ReadonlyMap<string, Node> | null {
  const list = namedChildren(childOf(call, 'arguments') ?? call);
  if (list.some(({ type }) => type.endsWith('splat'))) return null;
  const keywords = new Map<string, Node>();
  const positional: Node[] = [];
  for (const argument of list) {
    const [key, value] = [childOf(argument, 'name'), childOf(argument, 'value')];
    if (argument.type === 'keyword_argument' && key !== null && value !== null)
      keywords.set(textOf(module, key), value);
    else positional.push(argument);
  }
  const result = new Map<string, Node>();
  for (const parameter of namedParameters(definition)) {
    const name = textOf(within, parameter.name);
    const value = (parameter.positional ? positional.shift() : undefined) ?? keywords.get(name);
    if (value !== undefined) result.set(name, value);
  }
  return result;
}

/** The parameters that have a name of their own, in order; behind `*` they take no position. */
function namedParameters(
  definition: Node,
): readonly { readonly name: Node; readonly default: Node | null; readonly positional: boolean }[] {
  const result: { name: Node; default: Node | null; positional: boolean }[] = [];
  let positional = true;
  const isMethod = definition.parent?.parent?.type === 'class_definition';
  for (const parameter of namedChildren(childOf(definition, 'parameters') ?? definition).slice(isMethod ? 1 : 0)) {
    if (parameter.type.endsWith('separator') || parameter.type.endsWith('splat_pattern')) {
      if (parameter.type !== 'positional_separator') positional = false;
      continue;
    }
    const name =
      parameter.type === 'identifier' ? parameter : (childOf(parameter, 'name') ?? namedChildren(parameter)[0]);
    if (name?.type === 'identifier') result.push({ name, default: childOf(parameter, 'value'), positional });
  }
  return result;
}

/** The function of this file that a call calls, null for any other. */
export function calledFunction(module: Module, call: Node): Node | null {
  const callee = childOf(call, 'function');
  if (callee?.type !== 'identifier' || qualifiedName(module, callee) !== null) return null;
  const [only, ...others] = module.names.resolve(textOf(module, callee), callee);
  const definition = only?.kind === 'definition' ? only.node.parent : null;
  return others.length === 0 && definition?.type === 'function_definition' ? definition : null;
}

/** The one value that a function returns; null where there are several or none. */
export function returnedValue(definition: Node): Node | null {
  const returns: Node[] = [];
  const stack = [...(childOf(definition, 'body')?.children ?? [])];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'return_statement') returns.push(node);
    else if (node.type !== 'function_definition' && node.type !== 'lambda') stack.push(...node.children);
  }
  const [only] = returns;
  const value = only === undefined || returns.length > 1 ? undefined : namedChildren(only)[0];
  return value === undefined ? null : unwrap(value);
}
