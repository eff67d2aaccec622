/** Documents that are Python data: dict displays in the call or in a constant, as such or dumped to YAML or JSON. */
import type { Argument, Json, PythonData, Span, TextHole } from '../model.ts';
import { constantBinding, follow, MAX_DEPTH, type Module, textOf } from './constants.ts';
import { bindArguments, calledFunction, returnedValue } from './environments.ts';
import { qualifiedName, usesOf } from './imports.ts';
import type { Binding } from './names.ts';
import { ancestor, childOf, descend, type Node, namedChildren, unwrap } from './syntax.ts';
import { entryAt, evaluate, readDictionary } from './values.ts';

const DUMPERS: Readonly<Record<string, PythonData['form']>> = {
  'yaml.dump': 'yaml',
  'yaml.safe_dump': 'yaml',
  'json.dumps': 'json',
  'airflow.utils.yaml.dump': 'yaml',
  'airflow.utils.yaml.safe_dump': 'yaml',
};

/** The data of an argument; null where it is none, or where a key of it is not known. */
export function readData(module: Module, argument: Argument, node: Node): PythonData | null {
  const outer = unwrap(node);
  const callee = outer.type === 'call' ? childOf(outer, 'function') : null;
  const form = callee === null ? undefined : DUMPERS[qualifiedName(module, callee)?.name ?? ''];
  const given = form === undefined ? outer : namedChildren(childOf(outer, 'arguments') ?? outer)[0];
  if (given === undefined || given.type === 'keyword_argument') return null;
  const slot = unwrap(given);
  if (slot.type === 'call') {
    const built = readBuilt(module, argument, slot);
    if (built !== null) return { ...built, form: form ?? 'dict' };
  }
  const constant = slot.type === 'identifier' ? constantBinding(module, slot) : null;
  const value = unwrap(constant?.value ?? slot);
  if (!isDisplay(module, value) || (constant !== null && isHandedOn(module, constant))) return null;
  const writer = new JsonWriter(module);
  if (!writer.write(value, 0)) return null;
  const named = constant === null ? null : constantOf(module, constant, slot);
  if (constant !== null && named === null) return null;
  return {
    form: form ?? 'dict',
    text: writer.text,
    holes: writer.holes,
    display: spanOf(value),
    slot: spanOf(slot),
    constant: named,
    hasComments: [...descend(value)].some(({ type }) => type === 'comment'),
    hasConstants: writer.expanded,
    argumentSpan: argument.valueSpan,
  };
}

/** What a function of this file returns for known arguments: written out, for its names mean nothing at the call. */
function readBuilt(module: Module, argument: Argument, call: Node): Omit<PythonData, 'form'> | null {
  const definition = calledFunction(module, call);
  const value = definition === null ? null : returnedValue(definition);
  const given = definition === null ? null : bindArguments(module, definition, call);
  if (value === null || given === null) return null;
  const within: Module = { ...module, environment: new Map([...(module.environment ?? []), ...given]) };
  const display = follow(within, value);
  const writer = new JsonWriter(within);
  if (!isDisplay(within, display) || !writer.write(display, 0)) return null;
  if (writer.holes.some((hole) => hole.value === null)) return null;
  let text = '';
  let at = 0;
  for (const { span, value: known } of writer.holes) {
    text += writer.text.slice(at, span.start) + (known ?? '');
    at = span.end;
  }
  const whole = { display: spanOf(call), slot: spanOf(call), argumentSpan: argument.valueSpan };
  const told = { hasComments: [...descend(display)].some(({ type }) => type === 'comment'), hasConstants: true };
  return { text: text + writer.text.slice(at), holes: [], constant: null, ...whole, ...told };
}

const spanOf = ({ start, end }: Node): Span => ({ start, end });

function isDisplay(module: Module, node: Node): boolean {
  if (node.type === 'dictionary') return true;
  return (node.type === 'call' || node.type === 'binary_operator') && readDictionary(module, node).entries.size > 0;
}

function constantOf(module: Module, binding: Binding, slot: Node): PythonData['constant'] {
  const statement = ancestor(binding.node, ['expression_statement']);
  if (statement === null || binding.kind !== 'assign' || binding.node.parent?.type !== 'assignment') return null;
  return { name: textOf(module, slot), statement: spanOf(statement), uses: usesOf(module, binding).map(spanOf) };
}

/** True when a function of this file is given the object: it may change it. */
function isHandedOn(module: Module, binding: Binding): boolean {
  return usesOf(module, binding).some((use) => {
    const holder = use.parent?.type === 'keyword_argument' ? use.parent.parent : use.parent;
    const call = holder?.type === 'argument_list' ? holder.parent : null;
    return call?.type === 'call' && calledFunction(module, call) !== null;
  });
}

/** Longer than any document; keeps constants that double each other from filling the memory. */
const MOST = 1_000_000;

/** Writes displays as JSON; what is no literal becomes a hole `⟦expression⟧`. */
class JsonWriter {
  text = '';
  expanded = false;
  readonly holes: TextHole[] = [];
  readonly #module: Module;

  constructor(module: Module) {
    this.#module = module;
  }

  /** False where a key or a part of a container is not known. */
  write(node: Node, depth: number): boolean {
    if (depth > MAX_DEPTH || this.text.length > MOST) return false;
    const written = unwrap(node);
    const value = this.#followed(written);
    if (isDisplay(this.#module, value)) {
      if (value !== written) this.expanded = true;
      return this.#mapping(value, depth);
    }
    if (value.type === 'list' || value.type === 'tuple') {
      if (value !== written) this.expanded = true;
      return this.#sequence(value, depth);
    }
    return this.#scalar(written);
  }

  #followed(node: Node): Node {
    const entry = node.type === 'subscript' ? entryAt(this.#module, node) : null;
    return follow(this.#module, entry ?? node);
  }

  #mapping(node: Node, depth: number): boolean {
    const { entries, complete } = readDictionary(this.#module, node);
    if (!complete) return false;
    if (node.type !== 'dictionary' || namedChildren(node).some(({ type }) => type === 'dictionary_splat'))
      this.expanded = true;
    this.text += '{';
    let first = true;
    for (const [key, { value }] of entries) {
      this.text += `${first ? '' : ', '}${JSON.stringify(key)}: `;
      first = false;
      if (!this.write(value, depth + 1)) return false;
    }
    this.text += '}';
    return true;
  }

  #sequence(node: Node, depth: number): boolean {
    this.text += '[';
    for (const [index, item] of namedChildren(node).entries()) {
      if (item.type.endsWith('splat')) return false;
      if (index > 0) this.text += ', ';
      if (!this.write(item, depth + 1)) return false;
    }
    this.text += ']';
    return true;
  }

  #scalar(node: Node): boolean {
    const fact = evaluate(this.#module, node);
    const json = fact.kind === 'known' ? quoted(fact.value) : null;
    const isFilled = /^[rR]?[fF]['"]/.test(textOf(this.#module, node));
    if (LITERALS.includes(node.type) && fact.kind === 'known' && !isFilled) {
      this.text += json ?? '';
      return json !== null;
    }
    const start = this.text.length;
    const text = `⟦${textOf(this.#module, node)}⟧`;
    this.text += text;
    this.holes.push({ span: { start, end: this.text.length }, text, value: json });
    return true;
  }
}

/**
 * A value as JSON. Jinja must stand in it as it is, so a text with both is single-quoted, as YAML has it; null where that
 * can't hold it either.
 */
function quoted(value: Json): string | null {
  const json = JSON.stringify(value);
  if (typeof value !== 'string' || !/\{[{%]/.test(value) || !json.includes('\\')) return json;
  return /['\\\n]/.test(value) ? null : `'${value}'`;
}

const LITERALS = ['string', 'concatenated_string', 'integer', 'float', 'true', 'false', 'none', 'unary_operator'];
