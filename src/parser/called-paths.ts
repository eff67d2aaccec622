/** Calls that make a path: `os.path.join`, `Path(…)`, `os.getenv`, `….format(…)` and their kin. */
import { posix } from 'node:path';
import { type Module, textOf } from './constants.ts';
import { qualifiedName } from './imports.ts';
import { type Again, HOLE, join, known, parentOf } from './path-pieces.ts';
import { childOf, type Node, namedChildren } from './syntax.ts';

const SAME = ['abspath', 'realpath', 'normpath', 'expanduser', 'expandvars'].map((name) => `os.path.${name}`);
const KEEPERS = ['resolve', 'absolute', 'as_posix', 'expanduser', 'strip', '__str__'];
const ENVIRONMENT = ['os.getenv', 'os.environ.get', 'airflow.models.Variable.get', 'airflow.sdk.Variable.get'];
const PATHS = ['pathlib.Path', 'pathlib.PurePath', 'pathlib.PosixPath', 'pathlib.PurePosixPath'];

/** Keeps Airflow from taking a path for a template, so that the provider opens the file itself. */
const LITERAL = 'airflow.template.templater.LiteralValue';

/** The path that a call gives, with holes; null for a call that makes none. */
export function calledPath(module: Module, call: Node, again: Again): string | null {
  const callee = childOf(call, 'function');
  const list = namedChildren(childOf(call, 'arguments') ?? call);
  const [first] = list;
  if (callee === null) return null;
  const name = qualifiedName(module, callee)?.name ?? textOf(module, callee);
  if (ENVIRONMENT.includes(name)) return defaultOf(module, list, again);
  if (first !== undefined) {
    if (name === 'os.path.join' || PATHS.includes(name)) return join(list.map(again));
    if (name === 'os.path.dirname') return parentOf(again(first));
    if (name === 'os.path.basename') return posix.basename(again(first));
    if (SAME.includes(name) || name === LITERAL || name === 'str' || name === 'os.fspath') return again(first);
  }
  const [object, method] = [childOf(callee, 'object'), childOf(callee, 'attribute')];
  if (object === null || method === null) return null;
  const verb = textOf(module, method);
  if (KEEPERS.includes(verb)) return again(object);
  if (verb === 'joinpath') return join([again(object), ...list.map(again)]);
  if (first === undefined) return null;
  if (verb === 'with_name') return join([parentOf(again(object)), again(first)]);
  if (verb === 'with_suffix') return again(object).replace(/\.[^./]*$/, '') + again(first);
  return verb === 'format' ? formatted(module, again(object), list, again) : null;
}

/** The default of `os.getenv("AIRFLOW_HOME", "/opt/airflow")`: what holds unless somebody says otherwise. */
function defaultOf(module: Module, list: readonly Node[], again: Again): string {
  const named = list.find((part) => {
    const key = part.type === 'keyword_argument' ? childOf(part, 'name') : null;
    return key !== null && textOf(module, key).startsWith('default');
  });
  const value = named === undefined ? list[1] : childOf(named, 'value');
  const text = value == null ? HOLE : again(value);
  // A folder only says where the workers keep the project; anything else may choose the document.
  return posix.isAbsolute(text) ? text : HOLE;
}

function formatted(module: Module, template: string, list: readonly Node[], again: Again): string {
  const given = new Map<string, Node>();
  for (const [index, part] of list.entries()) {
    const [key, value] = [childOf(part, 'name'), childOf(part, 'value')];
    if (part.type === 'keyword_argument' && key !== null && value !== null) given.set(textOf(module, key), value);
    else given.set(String(index), part);
  }
  let next = 0;
  return template.replace(/\{(\w*)\}/g, (_, name: string) => {
    const value = given.get(name === '' ? String(next) : name);
    if (name === '') next += 1;
    return value === undefined ? HOLE : known(module, value, again);
  });
}
