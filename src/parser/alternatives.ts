/** Expressions that are a choice: of two by a condition, of those that a name got in branches, of the values of a dict. */
import { constantBinding, type Module, textOf } from './constants.ts';
import { childOf, type Node, namedChildren, unwrap } from './syntax.ts';
import { evaluate, readDictionary } from './values.ts';

/** Choices in choices, deeper than a person writes them. */
const DEEPEST = 6;

/** Everything that the expression may come to; the expression alone where nothing is chosen. */
export function alternativesOf(module: Module, node: Node, depth = 0): readonly Node[] {
  const inner = unwrap(node);
  if (depth > DEEPEST) return [inner];
  const chosen = choicesOf(module, inner);
  return chosen === null ? [inner] : chosen.flatMap((one) => alternativesOf(module, one, depth + 1));
}

function choicesOf(module: Module, node: Node): readonly Node[] | null {
  switch (node.type) {
    case 'conditional_expression': {
      const [then, , otherwise] = namedChildren(node);
      return then === undefined || otherwise === undefined ? null : [then, otherwise];
    }
    case 'identifier':
      return valuesOf(module, node);
    case 'subscript': {
      const [container, key] = [childOf(node, 'value'), childOf(node, 'subscript')];
      return container === null || key === null ? null : entriesOf(module, container, key);
    }
    case 'call':
      return gotten(module, node);
    default:
      return null;
  }
}

/** What a name got in each branch, or the choice behind a name that got only one value. */
function valuesOf(module: Module, name: Node): readonly Node[] | null {
  const bindings = module.names.resolve(textOf(module, name), name);
  if (bindings.length === 1) {
    const value = constantBinding(module, name)?.value;
    const inner = value == null ? null : unwrap(value);
    return inner === null || choicesOf(module, inner) === null ? null : [inner];
  }
  const values = bindings.flatMap(({ kind, value }) => (kind === 'assign' && value !== null ? [value] : []));
  return values.length === 0 || values.length < bindings.length ? null : values;
}

/** The values of a dict display by a key that is not known. */
function entriesOf(module: Module, container: Node, key: Node): readonly Node[] | null {
  if (evaluate(module, key).kind === 'known') return null;
  const { entries, complete } = readDictionary(module, container);
  return complete && entries.size > 0 ? [...entries.values()].map(({ value }) => value) : null;
}

/** `paths.get(environment, "dev.yaml")`. */
function gotten(module: Module, call: Node): readonly Node[] | null {
  const callee = childOf(call, 'function');
  const [object, method] = callee === null ? [null, null] : [childOf(callee, 'object'), childOf(callee, 'attribute')];
  const [key, fallback] = namedChildren(childOf(call, 'arguments') ?? call);
  if (object === null || method === null || key === undefined || textOf(module, method) !== 'get') return null;
  const values = entriesOf(module, object, key);
  return values === null || fallback === undefined ? values : [...values, fallback];
}
