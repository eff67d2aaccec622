/**
 * Payloads that only the running task can look at: text that Airflow renders, paths that it opens, outputs of other tasks.
 * A call of an unknown function is none of them: what it returns is there when the DAG is parsed.
 */

import { constantBinding, follow, MAX_DEPTH, type Module, textOf } from './constants.ts';
import { calledFunction } from './environments.ts';
import { qualifiedName } from './imports.ts';
import { childOf, descend, type Node, namedChildren, unwrap } from './syntax.ts';

/** Functions that give a path, or text that may be one. */
const PATHS =
  /^(?:str|os\.fspath|os\.getenv|os\.environ\.get|os\.path\.\w+|pathlib\.\w+|airflow\.(?:models(?:\.variable)?|sdk)\.Variable\.get|airflow\.template\.templater\.LiteralValue)$/;
/** Methods of paths and of texts. */
const METHODS = [
  'format',
  'joinpath',
  'as_posix',
  'resolve',
  'absolute',
  'with_suffix',
  'with_name',
  'replace',
  'strip',
];
const STRINGS = ['string', 'concatenated_string'];

/** Whether the document can be looked at before the task runs; null where it can, because a function returns it. */
export function lateness(module: Module, node: Node): 'surely' | 'perhaps' | null {
  if (isLate(module, node)) return 'surely';
  return isMade(module, node) ? null : 'perhaps';
}

/** What a function returns, or a display, under its own name or that of a constant. */
function isMade(module: Module, node: Node): boolean {
  const { type } = follow(module, node);
  return type === 'call' || type === 'dictionary' || type.endsWith('_comprehension');
}

/** True where nothing of the document can be looked at before the task runs. */
function isLate(module: Module, node: Node, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const again = (inner: Node | null | undefined): boolean => inner != null && isLate(module, inner, depth + 1);
  const inner = unwrap(node);
  switch (inner.type) {
    case 'string':
    case 'concatenated_string':
      return true;
    case 'conditional_expression': {
      const [then, , otherwise] = namedChildren(inner);
      return again(then) || again(otherwise);
    }
    case 'boolean_operator':
      return again(childOf(inner, 'left')) || again(childOf(inner, 'right'));
    case 'binary_operator':
      return childOf(inner, 'operator')?.type === '/' || namedChildren(inner).some(isText);
    case 'identifier':
      return again(constantBinding(module, inner)?.value);
    case 'attribute':
      return textOf(module, childOf(inner, 'attribute') ?? inner) === 'output';
    case 'subscript':
      return again(childOf(inner, 'value')) || isEnvironment(module, inner);
    case 'call':
      return isLateCall(module, inner, again);
    default:
      return false;
  }
}

const isText = (node: Node): boolean => STRINGS.includes(node.type);

function isEnvironment(module: Module, subscript: Node): boolean {
  const value = childOf(subscript, 'value');
  return value !== null && (qualifiedName(module, value)?.name ?? textOf(module, value)) === 'os.environ';
}

function isLateCall(module: Module, call: Node, again: (node: Node | null) => boolean): boolean {
  const callee = childOf(call, 'function');
  if (callee === null) return false;
  // `render.override(task_id="r")(…)`: only tasks have that method.
  if (callee.type === 'call') return /\.override$/.test(textOf(module, childOf(callee, 'function') ?? callee));
  if (PATHS.test(qualifiedName(module, callee)?.name ?? textOf(module, callee))) return true;
  const [object, method] = [childOf(callee, 'object'), childOf(callee, 'attribute')];
  if (object !== null && method !== null) {
    const verb = textOf(module, method);
    // `.output.map(…)`.
    if (verb === 'map' || verb === 'zip') return again(object);
    return METHODS.includes(verb) && (again(object) || isText(unwrap(object)));
  }
  const definition = calledFunction(module, call);
  return definition !== null && isTask(module, definition);
}

/** A function under `@task`, `@task.branch(…)` and their like: its call is not its result. */
function isTask(module: Module, definition: Node): boolean {
  const decorators = definition.parent?.children.filter(({ type }) => type === 'decorator') ?? [];
  return decorators.some((decorator) =>
    [...descend(decorator)].some(
      (node) =>
        node.type === 'identifier' &&
        /^airflow\.(?:decorators|sdk)\.(?:\w+\.)*task$/.test(qualifiedName(module, node)?.name ?? ''),
    ),
  );
}
