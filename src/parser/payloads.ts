/** Where the SparkApplication of a call comes from: a file, text in a constant, text in the call, or something else. */
import type { Argument, PayloadSource, TextConstant } from '../model.ts';
import { constantBinding, type Module, textOf } from './constants.ts';
import { environmentsAt } from './environments.ts';
import { usesOf } from './imports.ts';
import { readStringLiteral } from './literals.ts';
import { type ReadPath, readPath } from './paths.ts';
import { ancestor, type Node, unwrap } from './syntax.ts';

/** The suffixes that Airflow takes for a template path; a provider ≥ 7.14 asks for no dot. */
const TEMPLATE_SUFFIX = /\.(ya?ml|json)$/;

/** The argument that holds the payload, and what stands behind it. */
export function readPayload(
  module: Module,
  list: readonly Argument[],
  values: ReadonlyMap<Argument, Node>,
): PayloadSource {
  const argument =
    list.find(({ name }) => name === 'application_file') ?? list.find(({ name }) => name === 'template_spec') ?? null;
  const node = argument === null ? undefined : values.get(argument);
  if (argument === null || node === undefined) return { kind: 'none' };
  const { value } = argument;
  if (argument.name === 'application_file' && value.kind === 'known' && typeof value.value === 'string') {
    const path = value.value;
    if (TEMPLATE_SUFFIX.test(path))
      return { kind: 'file', argument, path, paths: [{ from: 'written', text: path }], form: 'path', callers: [] };
  }
  return readText(module, argument, node) ?? readFiles(module, argument, node) ?? unknown(argument, node);
}

function unknown(argument: Argument, node: Node): PayloadSource {
  const dict = argument.name === 'template_spec' || unwrap(node).type === 'dictionary';
  return dict ? { kind: 'dict', argument } : { kind: 'runtime', argument, because: argument.text };
}

function readText(module: Module, argument: Argument, node: Node): PayloadSource | null {
  if (argument.name === 'template_spec') return null;
  const expression = unwrap(node);
  const literal = readStringLiteral(expression, module.text);
  if (literal !== null) {
    const lone = /^\s*\{\{[^{}]*\}\}\s*$/.test(literal.value);
    return lone ? { kind: 'runtime', argument, because: argument.text } : { kind: 'inline', argument, literal };
  }
  const constant = expression.type === 'identifier' ? readConstant(module, expression) : null;
  return constant === null ? null : { kind: 'constant', argument, constant };
}

/** Files in every way in which the call is reached; null where one of them is no file. */
function readFiles(module: Module, argument: Argument, node: Node): PayloadSource | null {
  const { list, callers } = environmentsAt(module, node);
  const read = list.map((environment) => readPath({ ...module, environment }, node));
  const [first] = read;
  const files = read.filter((one): one is ReadPath => one !== null);
  if (first == null || files.length < read.length) return null;
  const { form } = first;
  const fits = (one: ReadPath): boolean =>
    one.form === form &&
    (form !== 'path' || (TEMPLATE_SUFFIX.test(one.path.text) && argument.name !== 'template_spec'));
  if (!files.every(fits)) return null;
  const paths = new Map(files.map(({ path }) => [`${path.from}:${path.text}`, path]));
  return { kind: 'file', argument, path: argument.text, paths: [...paths.values()], form, callers };
}

function readConstant(module: Module, name: Node): TextConstant | null {
  const binding = constantBinding(module, name);
  if (binding?.value == null || binding.kind !== 'assign' || binding.scope.kind !== 'module') return null;
  const literal = readStringLiteral(unwrap(binding.value), module.text);
  const statement = ancestor(binding.node, ['expression_statement']);
  if (literal === null || statement === null) return null;
  return {
    name: textOf(module, name),
    literal,
    statement: { start: statement.start, end: statement.end },
    uses: usesOf(module, binding).map(({ start, end }) => ({ start, end })),
  };
}
