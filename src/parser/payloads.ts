/** Where the SparkApplication of a call comes from: a file, text in a constant, text in the call, or something else. */
import type { Argument, PayloadSource, TextConstant } from '../model.ts';
import { constantBinding, type Module, textOf } from './constants.ts';
import { usesOf } from './imports.ts';
import { readStringLiteral } from './literals.ts';
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
  if (argument.name === 'template_spec') return { kind: 'dict', argument };
  if (value.kind === 'known' && typeof value.value === 'string' && TEMPLATE_SUFFIX.test(value.value)) {
    return { kind: 'file', argument, path: value.value };
  }
  const expression = unwrap(node);
  if (expression.type === 'dictionary') return { kind: 'dict', argument };
  const literal = readStringLiteral(expression, module.text);
  if (literal !== null) {
    const lone = /^\s*\{\{[^{}]*\}\}\s*$/.test(literal.value);
    return lone ? { kind: 'runtime', argument, because: argument.text } : { kind: 'inline', argument, literal };
  }
  const constant = expression.type === 'identifier' ? readConstant(module, expression) : null;
  return constant === null
    ? { kind: 'runtime', argument, because: argument.text }
    : { kind: 'constant', argument, constant };
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
