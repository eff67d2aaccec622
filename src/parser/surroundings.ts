/** What stands around a node: the branch or loop, the block, and the TaskGroups. */
import type { Span, Surroundings } from '../model.ts';
import { follow, type Module, textOf } from './constants.ts';
import { qualifiedNames } from './imports.ts';
import { childOf, type Node, namedChildren } from './syntax.ts';

/** What does not run exactly once, or not at the same time as what stands around it. */
const REGIONS = new Set([
  'if_statement',
  'elif_clause',
  'else_clause',
  'for_statement',
  'while_statement',
  'try_statement',
  'except_clause',
  'except_group_clause',
  'finally_clause',
  'case_clause',
  'function_definition',
  'class_definition',
  'lambda',
  'conditional_expression',
  'boolean_operator',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);

/** What stands around a call or an expression. */
export function surroundings(module: Module, node: Node): Surroundings {
  let region = -1;
  let siblings: readonly Span[] | null = null;
  const groups: { at: number; held: boolean }[] = [];
  for (let current = node; current.parent !== null; current = current.parent) {
    const { parent } = current;
    if (region === -1 && REGIONS.has(parent.type)) region = parent.start;
    if (siblings === null && parent.type === 'block') siblings = statementsOf(parent);
    if (parent.type === 'with_statement' && current.field === 'body') groups.push(...managers(module, parent));
    if (parent.type === 'decorated_definition' && isGroupFunction(module, parent))
      groups.push({ at: parent.start, held: true });
  }
  return { region, siblings, groups };
}

const blocks = new WeakMap<Node, readonly Span[]>();

function statementsOf(block: Node): readonly Span[] {
  const known = blocks.get(block) ?? namedChildren(block).map(({ start, end }) => ({ start, end }));
  blocks.set(block, known);
  return known;
}

interface Manager {
  /** As it is written, without `as name`. */
  readonly value: Node;
  readonly item: Node;
  readonly named: boolean;
}

/** What stands in a `with`, in source order. */
function withItems(statement: Node): readonly Manager[] {
  const clause = statement.children.find((child) => child.type === 'with_clause');
  const items = clause?.children.filter((child) => child.type === 'with_item') ?? [];
  return items.flatMap((item) => {
    const value = childOf(item, 'value');
    if (value === null) return [];
    const named = value.type === 'as_pattern';
    return [{ value: named ? (namedChildren(value)[0] ?? value) : value, item, named }];
  });
}

/** The managers of a `with`, innermost first, DAGs left out: what is not known to be one may be a group. */
function managers(module: Module, statement: Node): { at: number; held: boolean }[] {
  return [...withItems(statement)].reverse().flatMap(({ value, item, named }) => {
    if (lastName(module, follow(module, value)) === 'DAG') return [];
    return [{ at: item.start, held: named || value.type !== 'call' }];
  });
}

function isGroupFunction(module: Module, definition: Node): boolean {
  return definition.children.some((child) => {
    const expression = child.type === 'decorator' ? namedChildren(child)[0] : undefined;
    return expression !== undefined && lastName(module, expression) === 'task_group';
  });
}

/** The last word of an Airflow name that is called, or stands there; null for anything else. */
export function lastName(module: Module, node: Node): string | null {
  const callee = node.type === 'call' ? childOf(node, 'function') : node;
  const names = callee === null ? [] : [...qualifiedNames(module, callee).keys()];
  const last = new Set(names.map((name) => (name.startsWith('airflow.') ? name.split('.').at(-1) : null)));
  const [only] = last;
  return last.size === 1 ? (only ?? null) : null;
}

/** What a `with` is given, outermost first, followed to where it is made. */
export function managersOf(module: Module, statement: Node): readonly Node[] {
  return withItems(statement).map(({ value }) => follow(module, value));
}

/** Modules whose managers are neither DAG nor group. */
const PLAIN =
  /^(?:builtins|contextlib|warnings|tempfile|pathlib|io|os|unittest|zipfile|tarfile|threading|concurrent|decimal|logging)\./;

/** True for a manager that may be a TaskGroup though nothing says so: a function or class of the project, an ExitStack. */
export function mayBeGroup(module: Module, manager: Node): boolean {
  if (lastName(module, manager) !== null) return false;
  const callee = manager.type === 'call' ? (childOf(manager, 'function') ?? manager) : manager;
  if (callee.type === 'identifier' && textOf(module, callee) === 'open') return false;
  const names = [...qualifiedNames(module, callee).keys()];
  return names.length === 0 || names.some((name) => !PLAIN.test(name) || name.endsWith('.ExitStack'));
}
