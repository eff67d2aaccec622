/** Functions at module level that hold calls, and who calls them in the same file. */
import type { DefinitionParameter, ImportedName, PassedKeyword, ReachingCall, Span, WrittenLiteral } from '../model.ts';
import { type Module, textOf } from './constants.ts';
import { bindParameters, passedKeywords } from './environments.ts';
import { importedName, qualifiedName } from './imports.ts';
import { readStringLiteral } from './literals.ts';
import type { Binding } from './names.ts';
import { ancestor, childOf, descend, type Node, namedChildren } from './syntax.ts';

export interface Definition {
  readonly name: string;
  /** The function, the `__init__` of a class. */
  readonly node: Node;
  /** The function or the class, and with its decorators. */
  readonly holder: Node;
  readonly whole: Node;
}

/** The function at module level that a node stands in; null for none, and for one that is a DAG or a group itself. */
export function definitionAround(module: Module, node: Node): Definition | null {
  let top = node;
  while (top.parent !== null && top.parent.type !== 'module') top = top.parent;
  return top === node || top.parent === null ? null : asDefinition(module, top);
}

function asDefinition(module: Module, statement: Node): Definition | null {
  const decorators = statement.children.filter(({ type }) => type === 'decorator');
  const holder = statement.type === 'decorated_definition' ? childOf(statement, 'definition') : statement;
  const node = holder?.type === 'class_definition' ? initOf(module, holder) : holder;
  const name = holder === null || node?.type !== 'function_definition' ? null : childOf(holder, 'name');
  if (holder === null || node == null || name === null || decorators.some((one) => isAirflows(module, one)))
    return null;
  return { name: textOf(module, name), node, holder, whole: statement };
}

/** The `__init__` of a class. */
function initOf(module: Module, definition: Node): Node | null {
  return (
    (childOf(definition, 'body')?.children ?? []).find((one) => {
      const name = one.type === 'function_definition' ? childOf(one, 'name') : null;
      return name !== null && textOf(module, name) === '__init__';
    }) ?? null
  );
}

/** `@dag`, `@task_group`, `@task`: what stands below is no function that people call. */
function isAirflows(module: Module, decorator: Node): boolean {
  const [expression] = namedChildren(decorator);
  const callee = expression?.type === 'call' ? childOf(expression, 'function') : expression;
  return callee != null && qualifiedName(module, callee)?.name.startsWith('airflow.') === true;
}

/** The definition of that name, where it is the only thing in the file that the name can stand for. */
export function definitionNamed(module: Module, name: string): Definition | null {
  const [only, ...others] = module.names.module.bindings.get(name) ?? [];
  const definition = only?.kind === 'definition' && others.length === 0 ? only.node.parent : null;
  if (definition === null) return null;
  const whole = definition.parent?.type === 'decorated_definition' ? definition.parent : definition;
  return whole.parent?.type === 'module' ? asDefinition(module, whole) : null;
}

/** The places of the file that call it, null where one of its uses is no plain call. */
export function callsIn(module: Module, { name, holder }: Definition): readonly Node[] | null {
  const calls: Node[] = [];
  for (const use of module.names.readersOf(name)) {
    const [supplier] = module.names.resolve(name, use);
    if (supplier?.node.parent !== holder) continue;
    if (use.parent?.type !== 'call' || use.field !== 'function') return null;
    calls.push(use.parent);
  }
  return calls;
}

const spanOf = ({ start, end }: Node): Span => ({ start, end });

/** The parameters of a function, with every place that reads them. */
export function parametersOf(module: Module, { node }: Definition): readonly DefinitionParameter[] {
  const parameters = childOf(node, 'parameters');
  const isMethod = node.parent?.parent?.type === 'class_definition';
  const own = module.names.bindings
    .filter((binding) => binding.kind === 'parameter' && ancestor(binding.node, ['parameters']) === parameters)
    .slice(isMethod ? 1 : 0);
  return own.map((binding) => {
    const uses = module.names.readersOf(binding.name).filter((use) => isOf(module, binding, use));
    const holder = binding.node.parent;
    const value = holder === null || holder === parameters ? null : childOf(holder, 'value');
    return {
      name: binding.name,
      uses: uses.map(spanOf),
      default: value === null ? null : writtenLiteral(module, value),
    };
  });
}

const isOf = (module: Module, binding: Binding, use: Node): boolean =>
  module.names.resolve(binding.name, use).includes(binding);

/** A value as it is written. */
function writtenLiteral(module: Module, node: Node): WrittenLiteral {
  const literal = node.type === 'string' ? readStringLiteral(node, module.text) : null;
  return { span: spanOf(node), text: textOf(module, node), value: literal?.value ?? null };
}

/** A call as it stands in its file; `definition` is what it calls, in its own module. */
export function reachingCall(
  module: Module,
  call: Node,
  within: Module,
  definition: Definition,
  from: string | null,
): ReachingCall {
  const callee = childOf(call, 'function') ?? call;
  const named = callee.type === 'attribute' ? (childOf(callee, 'attribute') ?? callee) : callee;
  const bound = bindParameters(within, definition.node, module, call);
  const given =
    bound === null ? null : new Map([...bound].map(([name, value]) => [name, writtenLiteral(module, value)]));
  return {
    file: module.path ?? '',
    span: spanOf(call),
    nameSpan: spanOf(named),
    import: callee === named ? importOf(module, named) : null,
    from: from !== null && callee !== named ? 'unknown' : from,
    given,
    passed: new Map(
      passedKeywords(within, definition.node, module, call).flatMap((part) => passedKeyword(module, call, part)),
    ),
  };
}

function passedKeyword(module: Module, call: Node, part: Node): [string, PassedKeyword][] {
  const [name, value] = [childOf(part, 'name'), childOf(part, 'value')];
  if (name === null || value === null) return [];
  const list = childOf(call, 'arguments');
  const all = list === null ? [] : namedChildren(list);
  const index = all.indexOf(part);
  const [before, after] = [all[index - 1], all[index + 1]];
  const hasComments = list?.children.some(({ type }) => type === 'comment') === true;
  const span =
    before === undefined ? { start: part.start, end: after?.start ?? part.end } : { start: before.end, end: part.end };
  const removal = hasComments ? null : span;
  return [[textOf(module, name), { name: spanOf(name), value: writtenLiteral(module, value), removal }]];
}

function importOf(module: Module, name: Node): ImportedName | null {
  for (const binding of module.names.resolve(textOf(module, name), name)) {
    const imported = importedName(module, binding);
    if (imported !== null) return imported;
  }
  return null;
}

/** The call of a tree with this span. */
export function callAt(root: Node, span: Span): Node | null {
  for (const node of descend(root))
    if (node.type === 'call' && node.start === span.start && node.end === span.end) return node;
  return null;
}

/** Definitions beside it that are named after it (`job_bpg` beside `job`), with their texts. */
export function twinsOf(module: Module, { name }: Definition): ReadonlyMap<string, string> {
  const twins = new Map<string, string>();
  for (const other of module.names.module.bindings.keys()) {
    const twin = other.startsWith(`${name}_bpg`) ? definitionNamed(module, other) : null;
    if (twin !== null) twins.set(other, textOf(module, twin.whole));
  }
  return twins;
}
