/** What one class definition says of an operator: its constructor, its class attributes, its on_kill. */
import { childOf, type Node, namedChildren } from '../parser/syntax.ts';
import { evaluate, type Module } from '../parser/values.ts';

export interface ClassTraits {
  /** Names and defaults as written (null for a required one), in order; null where the class has no constructor of its own. */
  readonly parameters: ReadonlyMap<string, string | null> | null;
  /** True where the constructor hands on what it does not name. */
  readonly handsOn: boolean;
  readonly templateFields: readonly string[] | null;
  readonly templateExtensions: readonly string[] | null;
  readonly cancels: boolean;
  readonly acceptsDict: boolean;
  /** Offsets that show it, by property of `TargetOperator`. */
  readonly places: ReadonlyMap<string, number>;
}

export function readTraits(module: Module, definition: Node): ClassTraits {
  const body = childOf(definition, 'body');
  const statements = body === null ? [] : namedChildren(body);
  const functions = statements.map((node) =>
    node.type === 'decorated_definition' ? (childOf(node, 'definition') ?? node) : node,
  );
  const named = (name: string): Node | undefined => functions.find((node) => nameOf(module, node) === name);
  const [init, onKill] = [named('__init__'), named('on_kill')];
  const list = init === undefined ? null : childOf(init, 'parameters');
  const parameters = list === null ? [] : namedChildren(list);
  const [fields, extensions] = ['template_fields', 'template_ext'].map((name) => attribute(module, statements, name));
  const shown: readonly (readonly [string, Node | undefined])[] = [
    ['parameters', init],
    ['templateFields', fields?.statement],
    ['templateExtensions', extensions?.statement],
    ['cancels', onKill],
  ];
  return {
    parameters: init === undefined ? null : new Map(parameters.flatMap((node) => parameterOf(module, node))),
    handsOn: parameters.some(
      ({ type, children }) => isDoubleSplat(type) || children.some((one) => isDoubleSplat(one.type)),
    ),
    templateFields: fields?.strings ?? null,
    templateExtensions: extensions?.strings ?? null,
    cancels: onKill !== undefined,
    acceptsDict: parameters.some((node) =>
      /^application_content\s*:[^=]*\b(?:dict|Dict|Mapping|MutableMapping)\b/.test(textOf(module, node)),
    ),
    places: new Map(shown.flatMap(([name, node]) => (node === undefined ? [] : [[name, node.start] as const]))),
  };
}

/** The name that a class or function definition has, null for another statement. */
export function nameOf(module: Module, node: Node): string | null {
  if (node.type !== 'function_definition' && node.type !== 'class_definition') return null;
  const name = childOf(node, 'name');
  return name === null ? null : textOf(module, name);
}

const textOf = (module: Module, node: Node): string => module.text.slice(node.start, node.end);
const isDoubleSplat = (type: string): boolean => type === 'dictionary_splat_pattern';

function parameterOf(module: Module, parameter: Node): readonly (readonly [string, string | null])[] {
  if (parameter.type.endsWith('splat_pattern') || parameter.type.endsWith('separator')) return [];
  const name =
    parameter.type === 'identifier' ? parameter : (childOf(parameter, 'name') ?? namedChildren(parameter)[0]);
  const text = name === undefined || name.type.endsWith('splat_pattern') ? '' : textOf(module, name);
  const value = childOf(parameter, 'value');
  return text === '' || text === 'self' ? [] : [[text, value === null ? null : textOf(module, value)]];
}

/** The strings of a class attribute, undefined where the class does not set it; what is not known of it is left out. */
function attribute(
  module: Module,
  statements: readonly Node[],
  name: string,
): { readonly statement: Node; readonly strings: readonly string[] } | undefined {
  for (const statement of statements) {
    const assignment = namedChildren(statement).find(({ type }) => type === 'assignment');
    const left = assignment === undefined ? null : childOf(assignment, 'left');
    const right = assignment === undefined ? null : childOf(assignment, 'right');
    if (left === null || right === null || textOf(module, left) !== name) continue;
    return { statement, strings: stringsIn(module, right) };
  }
  return undefined;
}

/** Also of `(*Base.template_fields, "more")`: the base's own are added by whoever knows the base. */
function stringsIn(module: Module, value: Node): readonly string[] {
  const known = evaluate(module, value);
  if (known.kind === 'known') {
    const items = Array.isArray(known.value) ? known.value : [];
    return items.filter((item) => typeof item === 'string');
  }
  return namedChildren(value).flatMap((item) => {
    const fact = evaluate(module, item);
    if (fact.kind === 'known' && typeof fact.value === 'string') return [fact.value];
    return /template_(?:fields|ext)$/.test(textOf(module, item)) ? [BASE_FIELDS] : stringsIn(module, item);
  });
}

/** Stands for what the base class has. */
export const BASE_FIELDS = '*';
