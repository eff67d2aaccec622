/** Names that hold one value for good, and what they hold. */
import type { DagFacts } from '../model.ts';
import type { CallContext } from './call-context.ts';
import type { Binding, Names } from './names.ts';
import { childOf, type Node, unwrap } from './syntax.ts';

/** The text of a file with its names: what every reader of expressions needs. */
export interface Module {
  readonly text: string;
  readonly names: Names;
  /** The full id of the task that an expression stands for (`submit` in `submit.task_id`), null where it is not known. */
  taskIdOf?: (expression: Node) => string | null;
  /** Path of the file, relative to the root. */
  readonly path?: string;
  /** What loops and callers give to names in one of the ways in which a place is reached. */
  readonly environment?: ReadonlyMap<Binding, Node>;
  /** Of a file that is read for one DAG: false for calls of functions that belong to another. */
  readonly reaches?: (call: Node) => boolean;
  /** What stands around a call that was written below the file, and the DAG that a name there stands for. */
  readonly contextAt?: (call: Node) => CallContext | null;
  readonly dagAt?: (name: Node) => DagFacts | null;
}

const MUTATORS = ['append', 'clear', 'extend', 'insert', 'pop', 'popitem', 'remove', 'setdefault', 'update', 'sort'];
/** Deeper than any constant that a person writes; stops names that refer to each other. */
export const MAX_DEPTH: number = 40;

export function textOf(module: Module, node: Node): string {
  return module.text.slice(node.start, node.end);
}

/** The one assignment behind a name that can't have changed since, null where that is not certain. */
export function constantBinding(module: Module, name: Node): Binding | null {
  const bindings = module.names.resolve(textOf(module, name), name);
  const binding = bindings.length === 1 ? bindings[0] : undefined;
  const bound = binding === undefined ? undefined : module.environment?.get(binding);
  if (binding !== undefined && bound !== undefined)
    return isMutated(module, binding) ? null : { ...binding, kind: 'assign', value: bound };
  if (binding?.value == null) return null;
  if (binding.kind !== 'assign' && binding.kind !== 'target') return null;
  return isMutated(module, binding) ? null : binding;
}

const mutated = new WeakMap<Binding, boolean>();

/** True when something in the file changes the object behind the name in place. */
function isMutated(module: Module, binding: Binding): boolean {
  const known = mutated.get(binding);
  if (known !== undefined) return known;
  const answer = module.names.readersOf(binding.name).some((node) => isMutation(module, node));
  mutated.set(binding, answer);
  return answer;
}

function isMutation(module: Module, node: Node): boolean {
  const parent = node.parent;
  if (parent === null) return false;
  if (parent.type === 'subscript' && node.field === 'value') {
    const holder = parent.parent;
    const assigned = holder?.type.endsWith('assignment') === true && parent.field === 'left';
    return assigned || holder?.type === 'delete_statement' || isMutation(module, parent);
  }
  const method = parent.type === 'attribute' ? childOf(parent, 'attribute') : null;
  return method !== null && parent.parent?.type === 'call' && MUTATORS.includes(textOf(module, method));
}

/** Follows parentheses and constants to the expression that gives the value. */
export function follow(module: Module, node: Node, depth = 0): Node {
  const inner = unwrap(node);
  if (inner.type !== 'identifier' || depth > MAX_DEPTH) return inner;
  const binding = constantBinding(module, inner);
  return binding?.value == null ? inner : follow(module, binding.value, depth + 1);
}

/** The one value that a class of this file gives to an attribute in its body (`Config.PATH`); null for anything else. */
export function classAttribute(module: Module, object: Node, attribute: Node): Node | null {
  if (object.type !== 'identifier') return null;
  const [only, ...others] = module.names.resolve(textOf(module, object), object);
  const definition = only?.kind === 'definition' && others.length === 0 ? only.node.parent : null;
  const body = definition?.type === 'class_definition' ? childOf(definition, 'body') : null;
  if (body === null || isAssignedTo(module, textOf(module, object), textOf(module, attribute))) return null;
  const found = body.children.flatMap((statement) => {
    const assignment = statement.type === 'expression_statement' ? statement.children[0] : undefined;
    const left = assignment?.type === 'assignment' ? childOf(assignment, 'left') : null;
    const isIt = left?.type === 'identifier' && textOf(module, left) === textOf(module, attribute);
    return isIt && assignment !== undefined ? (childOf(assignment, 'right') ?? []) : [];
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** `Config.PATH = …` somewhere in the file. */
function isAssignedTo(module: Module, object: string, attribute: string): boolean {
  return module.names.readersOf(object).some(({ parent }) => {
    const name = parent?.type === 'attribute' && parent.field === 'left' ? childOf(parent, 'attribute') : null;
    return name !== null && textOf(module, name) === attribute;
  });
}
