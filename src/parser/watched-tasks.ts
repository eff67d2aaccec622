/** Which tasks a sensor watches, where its `application_name` is the XCom idiom. */
import type { Argument } from '../model.ts';
import { nameId } from './binding-ids.ts';
import { type Module, textOf } from './constants.ts';
import { environmentsAt } from './environments.ts';
import { childOf, type Node, namedChildren, unwrap } from './syntax.ts';
import { heldIdKey, textKey } from './text-keys.ts';

const PULL = /^\s*\{\{-?\s*(?:task_instance|ti)\.xcom_pull\(([^()]*)\)([^()]*?)-?\}\}\s*$/;
const NAME =
  /^\s*(?:\[\s*(?:'metadata'|"metadata")\s*\]|\.\s*metadata)\s*(?:\[\s*(?:'name'|"name")\s*\]|\.\s*name)\s*$/;
const ID = `'[^'"\\\\]+'|"[^'"\\\\]+"`;
const IDS = new RegExp(`^(?:${ID}|[[(]\\s*(?:${ID})(?:\\s*,\\s*(?:${ID}))*\\s*,?\\s*[\\])])$`);

/**
 * The ids in `{{ task_instance.xcom_pull(task_ids='X')['metadata']['name'] }}` and its common spellings, or in
 * `X.output['metadata']['name']`; null for any other application name. Ids are keys as of `textKey`.
 */
export function watchedTasks(module: Module, argument: Argument, value: Node): readonly string[] | null {
  const own = watchedIn(module, argument, value);
  if (own !== null) return own;
  // Loops and callers may give what is not known in the place itself.
  const { list } = environmentsAt(module, value);
  const ids = new Set<string>();
  for (const environment of list) {
    const found = environment.size === 0 ? null : watchedIn({ ...module, environment }, argument, value);
    if (found === null) return null;
    for (const id of found) ids.add(id);
  }
  return [...ids];
}

function watchedIn(module: Module, argument: Argument, value: Node): readonly string[] | null {
  const { value: name } = argument;
  const output = name.kind === 'known' ? null : watchedOutput(module, onlyHole(value) ?? value);
  if (output !== null) return output;
  const text = textKey(module, value);
  const [, given, rest] = (text === null ? null : PULL.exec(text)) ?? [];
  if (given === undefined || rest === undefined || !NAME.test(rest)) return null;
  return pulledIds(given);
}

/** The ids among the arguments of `xcom_pull`; null where another key, DAG or map index is asked for. */
function pulledIds(given: string): readonly string[] | null {
  let ids: readonly string[] | null = null;
  // Commas inside brackets belong to a list of ids.
  for (const [index, part] of given.split(/,(?![^[(]*[\])])/).entries()) {
    const [, keyword, value] = /^\s*(?:([a-z_]+)\s*=\s*)?([\s\S]*?)\s*$/.exec(part) ?? [];
    if (value === undefined) return null;
    if (value === '' && index > 0) continue;
    if (keyword === 'key') {
      if (!/^(['"])return_value\1$/.test(value)) return null;
    } else if ((keyword === 'task_ids' || (keyword === undefined && index === 0)) && IDS.test(value)) {
      ids = (value.match(new RegExp(ID, 'g')) ?? []).map((id) => id.slice(1, -1));
    } else return null;
  }
  return ids;
}

/** `X.output['metadata']['name']`, X being a variable that holds a task. */
function watchedOutput(module: Module, value: Node): readonly string[] | null {
  let node = unwrap(value);
  for (const key of ['name', 'metadata']) {
    const [object, subscript] = node.type === 'subscript' ? namedChildren(node) : [];
    if (object === undefined || subscript === undefined) return null;
    if (!new RegExp(`^(['"])${key}\\1$`).test(textOf(module, subscript))) return null;
    node = object;
  }
  const attribute = node.type === 'attribute' ? childOf(node, 'attribute') : null;
  const object = childOf(node, 'object');
  if (attribute === null || object === null || textOf(module, attribute) !== 'output') return null;
  const id = module.taskIdOf?.(object);
  if (id != null) return [id];
  const holder = object.type === 'identifier' ? nameId(module, object) : '|';
  return holder.includes('#') && !holder.includes('|') ? [heldIdKey(holder)] : null;
}

/** The expression of an f-string that holds nothing else. */
function onlyHole(value: Node): Node | null {
  const [, hole, closing, ...more] = value.type === 'string' ? value.children : [];
  if (hole?.type !== 'interpolation' || closing?.type !== 'string_end' || more.length > 0) return null;
  return namedChildren(hole).length === 1 ? childOf(hole, 'expression') : null;
}
