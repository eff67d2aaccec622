/** Where the SparkApplication of a call comes from: a file, text in a constant, text in the call, or something else. */
import type { Argument, Expansion, Json, PayloadSource, Span, StringLiteral, TextConstant } from '../model.ts';
import { alternativesOf } from './alternatives.ts';
import { constantBinding, type Module, textOf } from './constants.ts';
import { environmentsAt } from './environments.ts';
import { usesOf } from './imports.ts';
import { lateness } from './late-payloads.ts';
import { type ReadPath, readPath } from './paths.ts';
import { readData } from './python-data.ts';
import { ancestor, type Node, unwrap } from './syntax.ts';
import { coreOf, readTextLiteral, type TextCore } from './text-templates.ts';

/** The suffixes that Airflow takes for a template path; a provider ≥ 7.14 asks for no dot. */
const TEMPLATE_SUFFIX = /\.(ya?ml|json)$/;

/** The argument that holds the payload, and what stands behind it. */
export function readPayload(
  module: Module,
  list: readonly Argument[],
  values: ReadonlyMap<Argument, Node>,
  extensions: readonly string[] = [],
): PayloadSource {
  const argument =
    list.find(({ name }) => name === 'application_file') ?? list.find(({ name }) => name === 'template_spec') ?? null;
  const node = argument === null ? undefined : values.get(argument);
  if (argument === null || node === undefined) return { kind: 'none' };
  const { value } = argument;
  if (argument.name === 'application_file' && value.kind === 'known' && typeof value.value === 'string') {
    // Airflow does not open what ends in a blank; the provider takes the blank off, and opens it.
    const path = value.value.includes('\n') ? value.value : value.value.trimEnd();
    if (TEMPLATE_SUFFIX.test(path) || extensions.some((extension) => path.endsWith(extension)))
      return { kind: 'file', argument, path, paths: [{ from: 'written', text: path }], form: 'path', callers: [] };
  }
  return readText(module, argument, node) ?? readFiles(module, argument, node) ?? readDict(module, argument, node);
}

function readDict(module: Module, argument: Argument, node: Node): PayloadSource {
  const data = readData(module, argument, node);
  const isDict = data !== null || argument.name === 'template_spec' || unwrap(node).type === 'dictionary';
  const late = lateness(module, node);
  // A task's output may be a dict too: there is none to look at.
  if (isDict && late !== 'surely') return { kind: 'dict', argument, data };
  return { kind: 'runtime', argument, because: argument.text, ...(late === null ? {} : { late }) };
}

/** A list of paths that the task is expanded over; anything else is there when the tasks run. */
export function readMappedPayload(module: Module, expansion: Expansion, call: Node): PayloadSource {
  const argument = expansion.arguments.find(({ name }) => name === 'application_file' || name === 'template_spec');
  if (argument === undefined) return { kind: 'none' };
  if (argument.name === 'template_spec') return { kind: 'runtime', argument, because: argument.text, late: 'surely' };
  const { value } = argument;
  const items = value.kind === 'known' && Array.isArray(value.value) ? (value.value as readonly Json[]) : [];
  const paths = items.filter((item) => typeof item === 'string' && TEMPLATE_SUFFIX.test(item));
  const literal = module.text.slice(argument.valueSpan.start, argument.valueSpan.end).startsWith('[');
  if (paths.length === 0 || paths.length < items.length || !literal || call.parent === null)
    return { kind: 'runtime', argument, because: argument.text, late: 'surely' };
  const written = paths.map((path) => ({ from: 'written', text: String(path) }) as const);
  return { kind: 'file', argument, path: argument.text, paths: written, form: 'path', callers: [] };
}

/** Text in the call or in a constant, with the holes that Python fills in. */
function readText(module: Module, argument: Argument, node: Node): PayloadSource | null {
  const core = argument.name === 'template_spec' ? null : coreOf(module, node);
  if (core === null) return null;
  if (core.node.type === 'identifier') {
    const constant = readConstant(module, core);
    return constant === null ? null : { kind: 'constant', argument, constant, slot: spanOf(core.node) };
  }
  const literal = readTextLiteral(module, core);
  if (literal === null) return null;
  const lone = /^\s*\{\{[^{}]*\}\}\s*$/.test(literal.value) || isPath(literal);
  return lone ? null : { kind: 'inline', argument, literal };
}

/** One line that ends like a file: a path that is not known as a whole. */
const isPath = ({ value, holes = [] }: StringLiteral): boolean =>
  holes.length > 0 && !value.includes('\n') && !/[:{]\s/.test(value);

const spanOf = ({ start, end }: Node): Span => ({ start, end });

/** Files in every way in which the call is reached; null where one of them is no file. */
function readFiles(module: Module, argument: Argument, node: Node): PayloadSource | null {
  const { list, callers } = environmentsAt(module, node);
  const read = list.flatMap((environment) => {
    const within = { ...module, environment };
    return alternativesOf(within, node).map((one) => readPath(within, one));
  });
  const [first] = read;
  const files = read.filter((one): one is ReadPath => one !== null);
  if (first == null || files.length < read.length) return null;
  const { form } = first;
  const fits = (one: ReadPath): boolean =>
    one.form === form &&
    (form !== 'path' || (TEMPLATE_SUFFIX.test(one.path.text.trimEnd()) && argument.name !== 'template_spec'));
  if (!files.every(fits)) return null;
  const paths = new Map(
    files.map(({ path: { from, text } }) => [
      `${from}:${text}`,
      { from, text: form === 'path' ? text.trimEnd() : text },
    ]),
  );
  const choices = literalChoices(module, argument, node);
  const file = { kind: 'file', argument, path: argument.text, paths: [...paths.values()], form, callers } as const;
  return choices === null ? file : { ...file, choices };
}

/** `"a.yaml" if prod else "b.yaml"`: its literals, where it consists of nothing else. */
function literalChoices(module: Module, { valueSpan }: Argument, node: Node): readonly Span[] | null {
  const nodes = alternativesOf(module, node);
  const isOwn = ({ type, start, end }: Node): boolean =>
    type === 'string' && valueSpan.start <= start && end <= valueSpan.end;
  return nodes.length > 1 && nodes.every(isOwn) ? nodes.map(spanOf) : null;
}

function readConstant(module: Module, outer: TextCore): TextConstant | null {
  const binding = constantBinding(module, outer.node);
  if (binding?.value == null || binding.kind !== 'assign') return null;
  if (binding.scope.kind !== 'module' && binding.scope.kind !== 'function') return null;
  const inner = coreOf(module, binding.value);
  if (inner === null || (inner.filledBy !== null && outer.filledBy !== null)) return null;
  const filling = inner.filledBy === null ? outer : inner;
  const literal = readTextLiteral(module, { ...filling, node: inner.node });
  const statement = ancestor(binding.node, ['expression_statement']);
  if (literal === null || isPath(literal) || statement === null) return null;
  return {
    name: textOf(module, outer.node),
    literal,
    valueSpan: spanOf(binding.value),
    statement: spanOf(statement),
    uses: usesOf(module, binding).map(spanOf),
  };
}
