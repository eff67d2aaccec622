/** Paths as Python writes them: joined, formatted, from `__file__`, from the environment, opened and read. */
import { posix } from 'node:path';
import type { WrittenPath } from '../model.ts';
import { calledPath } from './called-paths.ts';
import { classAttribute, constantBinding, MAX_DEPTH, type Module, textOf } from './constants.ts';
import { bindArguments, calledFunction, returnedValue } from './environments.ts';
import { qualifiedName } from './imports.ts';
import { readStringLiteral } from './literals.ts';
import { type Again, HOLE, join, known, parentOf } from './path-pieces.ts';
import { childOf, type Node, namedChildren, unwrap } from './syntax.ts';
import { entryAt, evaluate } from './values.ts';

export { HOLE } from './path-pieces.ts';

/** Stands for the folder that holds the project; no path of a person begins with it. */
const ROOT = '/\uFDD0';

export interface ReadPath {
  readonly form: 'path' | 'text' | 'data';
  readonly path: WrittenPath;
}

/** What an expression comes to as a path, or as what is read from one; null where it is neither. */
export function readPath(module: Module, node: Node, depth = 0): ReadPath | null {
  const read = readingOf(module, node, depth);
  if (read !== null) return read;
  const text = pathText(module, node, depth);
  return text === null || text === HOLE ? null : { form: 'path', path: written(text) };
}

function written(text: string): WrittenPath {
  const whole = posix.isAbsolute(text) ? posix.normalize(text) : text;
  if (!whole.startsWith(`${ROOT}/`)) return { from: 'written', text: whole };
  return { from: 'project', text: whole.slice(ROOT.length + 1) };
}

/** The folders that an expression lists, those that can't be told left out. */
export function readFolders(module: Module, node: Node): readonly WrittenPath[] {
  const binding = node.type === 'identifier' ? constantBinding(module, node) : null;
  const value = unwrap(binding?.value ?? node);
  const items = value.type === 'list' || value.type === 'tuple' ? namedChildren(value) : [value];
  return items.flatMap((item) => {
    const text = pathText(module, item, 0);
    return text === null || text === HOLE ? [] : [written(text)];
  });
}

/** Airflow has PyYAML under a name of its own too. */
const LOADERS = /^(?:(?:airflow\.utils\.)?yaml\.(?:safe_load|load|full_load)|json\.loads?)$/;
const DUMPERS = /^(?:(?:airflow\.utils\.)?yaml\.(?:safe_)?dump|json\.dumps)$/;

/** `open(p).read()`, `Path(p).read_text()`, `yaml.safe_load(open(p))`, a file of a `with`, a function that does it. */
function readingOf(module: Module, node: Node, depth: number): ReadPath | null {
  if (depth > MAX_DEPTH) return null;
  const inner = unwrap(node);
  if (inner.type === 'identifier') {
    const value = constantBinding(module, inner)?.value;
    return value == null ? null : readingOf(module, value, depth + 1);
  }
  const callee = inner.type === 'call' ? childOf(inner, 'function') : null;
  if (callee === null) return null;
  const [first] = namedChildren(childOf(inner, 'arguments') ?? inner);
  const name = qualifiedName(module, callee)?.name ?? '';
  if (DUMPERS.test(name) && first !== undefined) {
    const data = readingOf(module, first, depth + 1);
    return data?.form === 'data' ? { ...data, form: 'text' } : null;
  }
  if (LOADERS.test(name) && first !== undefined) {
    const opened = openedFile(module, first, depth + 1);
    const path = opened ?? readingOf(module, first, depth + 1)?.path ?? null;
    return path === null ? null : { form: 'data', path };
  }
  const method = childOf(callee, 'attribute');
  if (method !== null) return readBy(module, callee, textOf(module, method), depth + 1);
  return inFunction(module, inner, (within, value) => readingOf(within, value, depth + 1));
}

/** `….read_text()` and `….read()`. */
function readBy(module: Module, callee: Node, verb: string, depth: number): ReadPath | null {
  const object = childOf(callee, 'object');
  if (object === null) return null;
  if (verb === 'read_text') return asText(pathText(module, object, depth));
  const path = verb === 'read' ? openedFile(module, object, depth) : null;
  return path === null ? null : { form: 'text', path };
}

const asText = (text: string | null): ReadPath | null =>
  text === null || text === HOLE ? null : { form: 'text', path: written(text) };

/** The path of `open(p)`, `Path(p).open()` or of the name that a `with` gives to it. */
function openedFile(module: Module, node: Node, depth: number): WrittenPath | null {
  const inner = unwrap(node);
  if (inner.type === 'identifier') {
    const value = constantBinding(module, inner)?.value;
    return value == null || depth > MAX_DEPTH ? null : openedFile(module, value, depth + 1);
  }
  const callee = inner.type === 'call' ? childOf(inner, 'function') : null;
  if (callee === null) return null;
  const object = childOf(callee, 'object');
  const method = childOf(callee, 'attribute');
  const [first] = namedChildren(childOf(inner, 'arguments') ?? inner);
  const name = textOf(module, callee);
  const plain = (name === 'open' && module.names.resolve('open', callee).length === 0) || name === 'io.open';
  const target = plain
    ? first
    : method !== null && textOf(module, method) === 'open'
      ? (object ?? undefined)
      : undefined;
  const text = target === undefined ? null : pathText(module, target, depth + 1);
  return text === null || text === HOLE ? null : written(text);
}

/** Looks into a function of this file that returns one value, with its parameters bound to what the call gives. */
function inFunction<T>(module: Module, call: Node, look: (within: Module, value: Node) => T | null): T | null {
  const definition = calledFunction(module, call);
  const value = definition === null ? null : returnedValue(definition);
  const given = definition === null ? null : bindArguments(module, definition, call);
  if (value === null || given === null) return null;
  return look({ ...module, environment: new Map([...(module.environment ?? []), ...given]) }, value);
}

/** The text of a path with holes; null for what is no path at all. */
function pathText(module: Module, node: Node, depth: number): string | null {
  if (depth > MAX_DEPTH) return null;
  const again = (inner: Node): string => pathText(module, inner, depth + 1) ?? HOLE;
  const inner = unwrap(node);
  switch (inner.type) {
    case 'string':
      return readStringLiteral(inner, module.text)?.value ?? pieces(module, inner, again);
    case 'concatenated_string':
      return namedChildren(inner).map(again).join('');
    case 'identifier': {
      const name = textOf(module, inner);
      if (name === '__file__' && module.path !== undefined) return `${ROOT}/${module.path}`;
      const value = constantBinding(module, inner)?.value;
      return value == null ? HOLE : pathText(module, value, depth + 1);
    }
    case 'attribute':
      return attributeText(module, inner, again);
    case 'subscript':
      return subscriptText(module, inner, again);
    case 'binary_operator':
      return combined(module, inner, again);
    case 'boolean_operator': {
      // `os.getenv("X") or "/opt/airflow"`: a folder only.
      const last = again(childOf(inner, 'right') ?? inner);
      return posix.isAbsolute(last) ? last : HOLE;
    }
    case 'call':
      return (
        calledPath(module, inner, again) ??
        inFunction(module, inner, (within, value) => pathText(within, value, depth + 1)) ??
        HOLE
      );
    default:
      return null;
  }
}

/** An f-string: its texts, and its expressions as far as they are known. */
function pieces(module: Module, node: Node, again: Again): string | null {
  const opening = node.children[0];
  const closing = node.children.at(-1);
  if (opening === undefined || closing === undefined || !/^[rR]?[fF]/.test(textOf(module, opening))) return null;
  let result = '';
  let at = opening.end;
  const literal = (upTo: number): string => module.text.slice(at, upTo).replaceAll('{{', '{').replaceAll('}}', '}');
  for (const part of node.children.filter(({ type }) => type === 'interpolation')) {
    const expression = childOf(part, 'expression');
    result += literal(part.start) + (expression === null ? HOLE : known(module, expression, again));
    at = part.end;
  }
  return result + literal(closing.start);
}

function attributeText(module: Module, node: Node, again: Again): string {
  const [object, attribute] = [childOf(node, 'object'), childOf(node, 'attribute')];
  if (object === null || attribute === null) return HOLE;
  const held = classAttribute(module, object, attribute);
  if (held !== null) return again(held);
  switch (textOf(module, attribute)) {
    case 'parent':
      return parentOf(again(object));
    case 'sep':
      return '/';
    case 'name':
      return posix.basename(again(object));
    default:
      return HOLE;
  }
}

/** `Path(__file__).parents[1]`, `paths["a"]`, `os.environ["AIRFLOW_HOME"]`. */
function subscriptText(module: Module, node: Node, again: Again): string {
  const [value, index] = [childOf(node, 'value'), childOf(node, 'subscript')];
  if (value === null || index === null) return HOLE;
  const attribute = value.type === 'attribute' ? childOf(value, 'attribute') : null;
  const object = value.type === 'attribute' ? childOf(value, 'object') : null;
  if (attribute !== null && object !== null && textOf(module, attribute) === 'parents') {
    const level = evaluate(module, index);
    let path = again(object);
    if (level.kind !== 'known' || typeof level.value !== 'number') return HOLE;
    for (let up = 0; up <= level.value && up < MAX_DEPTH; up += 1) path = parentOf(path);
    return path;
  }
  const entry = entryAt(module, node);
  return entry === null ? HOLE : again(entry);
}

function combined(module: Module, node: Node, again: Again): string | null {
  const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
  if (left === null || right === null) return null;
  switch (childOf(node, 'operator')?.type) {
    case '/':
      return join([again(left), again(right)]);
    case '+':
      return again(left) + again(right);
    case '%': {
      const values = right.type === 'tuple' ? namedChildren(right) : [right];
      let used = 0;
      return again(left).replace(/%(?:\(\w+\))?[sd]/g, () => {
        const value = values[used];
        used += 1;
        return value === undefined || value.type === 'dictionary' ? HOLE : known(module, value, again);
      });
    }
    default:
      return null;
  }
}
