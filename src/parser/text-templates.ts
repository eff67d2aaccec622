/** Texts that Python fills in before they are used: f-strings, `.format`, `%`, `.replace`, and what may stand around. */

import type { Span, StringLiteral, TextHole } from '../model.ts';
import { MAX_DEPTH, type Module, textOf } from './constants.ts';
import { escaped } from './escaped.ts';
import { qualifiedName } from './imports.ts';
import { decodeEscapes, readStringLiteral } from './literals.ts';
import { childOf, type Node, namedChildren, unwrap } from './syntax.ts';
import { evaluate } from './values.ts';

/** What a text expression is at heart: a literal, or the name of a constant, and how it is filled in around it. */
export interface TextCore {
  readonly node: Node;
  readonly filledBy: NonNullable<StringLiteral['filledBy']> | null;
  /** Of `.replace`: the texts that are replaced. */
  readonly replaced: readonly string[];
  /** Of `.format` and `%`: what is given, by name or position. */
  readonly given: ReadonlyMap<string, Node>;
}

const TRIMMERS = ['strip', 'lstrip', 'rstrip'];
const UNINDENT = ['textwrap.dedent', 'inspect.cleandoc'];

/** Takes off `dedent(…)`, `.strip()`, `.format(…)`, `% …` and `.replace(…)`; null where two ways of filling in meet. */
export function coreOf(module: Module, node: Node): TextCore | null {
  let core: TextCore = { node: unwrap(node), filledBy: null, replaced: [], given: new Map() };
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const next = peel(module, core);
    if (next === null) return core;
    if (next === 'unknown') return null;
    core = { ...next, node: unwrap(next.node) };
  }
  return null;
}

function peel(module: Module, core: TextCore): TextCore | 'unknown' | null {
  const { node, filledBy } = core;
  if (node.type === 'binary_operator' && childOf(node, 'operator')?.type === '%') {
    const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
    if (left === null || right === null || filledBy !== null) return 'unknown';
    const values = right.type === 'tuple' ? namedChildren(right) : [right];
    return { ...core, node: left, filledBy: 'percent', given: byPosition(values) };
  }
  const callee = node.type === 'call' ? childOf(node, 'function') : null;
  if (callee === null) return null;
  const list = namedChildren(childOf(node, 'arguments') ?? node);
  const [first] = list;
  if (UNINDENT.includes(qualifiedName(module, callee)?.name ?? ''))
    return first === undefined ? 'unknown' : { ...core, node: first };
  const method = childOf(callee, 'attribute');
  return method === null ? null : peelMethod(module, core, callee, textOf(module, method), list);
}

function peelMethod(
  module: Module,
  core: TextCore,
  callee: Node,
  verb: string,
  list: readonly Node[],
): TextCore | 'unknown' | null {
  const { filledBy } = core;
  const [first, second] = list;
  const object = childOf(callee, 'object');
  if (object === null) return null;
  if (TRIMMERS.includes(verb) && first === undefined) return { ...core, node: object };
  if (verb === 'format' && filledBy === null && !list.some(({ type }) => type.endsWith('splat')))
    return { ...core, node: object, filledBy: 'format', given: byName(module, list) };
  const searched = verb === 'replace' && first !== undefined && second !== undefined ? evaluate(module, first) : null;
  if (searched?.kind !== 'known' || typeof searched.value !== 'string' || searched.value.length < 2) return null;
  return filledBy === null || filledBy === 'replace'
    ? { ...core, node: object, filledBy: 'replace', replaced: [...core.replaced, searched.value] }
    : 'unknown';
}

const byPosition = (values: readonly Node[]): ReadonlyMap<string, Node> =>
  new Map(values.map((value, index) => [String(index), value]));

function byName(module: Module, list: readonly Node[]): ReadonlyMap<string, Node> {
  const given = new Map<string, Node>();
  for (const [index, part] of list.entries()) {
    const [key, value] = [childOf(part, 'name'), childOf(part, 'value')];
    if (part.type === 'keyword_argument' && key !== null && value !== null) given.set(textOf(module, key), value);
    else given.set(String(index), part);
  }
  return given;
}

/** The literal of a core with its holes; null for what is no text, or one that can't be told apart from its holes. */
export function readTextLiteral(module: Module, core: TextCore, holder: Module = module): StringLiteral | null {
  const plain = plainLiteral(holder, core.node);
  const literal = plain ?? filledLiteral(holder, core.node);
  if (literal === null || core.filledBy === null) return literal;
  if (literal.filledBy !== undefined) return null;
  const valueNamed = (name: string): string | null => {
    const node = core.given.get(name);
    return node === undefined ? null : textValue(module, node);
  };
  return fitted({ ...literal, ...holesIn(literal.value, core, valueNamed), filledBy: core.filledBy, verbatim: false });
}

/** A plain literal; implicit concatenation of several counts as one, to be written as one. */
function plainLiteral(module: Module, node: Node): StringLiteral | null {
  if (node.type !== 'concatenated_string') return readStringLiteral(node, module.text);
  const parts = namedChildren(node).map((part) => readStringLiteral(part, module.text));
  const read = parts.filter((part) => part !== null);
  const [first] = read;
  if (first === undefined || read.length < parts.length) return null;
  const value = read.map((part) => part.value).join('');
  return { ...first, span: spanOf(node), prefix: '', quote: tripled(first.quote), value, verbatim: false };
}

const spanOf = (node: Node): Span => ({ start: node.start, end: node.end });
const tripled = (quote: string): string => (quote.length === 3 ? quote : quote.repeat(3));

/** An f-string, or a concatenation with one in it. */
function filledLiteral(module: Module, node: Node): StringLiteral | null {
  const parts = node.type === 'concatenated_string' ? namedChildren(node) : [node];
  const pieces: Piece[] = [];
  for (const part of parts) {
    const plain = readStringLiteral(part, module.text);
    const own = plain === null ? piecesOf(module, part) : [plain.value];
    if (own === null) return null;
    pieces.push(...own);
  }
  const opening = parts[0]?.children[0];
  const written = opening === undefined ? '' : textOf(module, opening);
  const quote = written.replace(/^[a-zA-Z]*/, '');
  const single = parts.length === 1;
  const prefix = single ? written.slice(0, written.length - quote.length) : 'f';
  const { value, holes } = joined(pieces);
  if (holes.length === 0 && single) return null;
  const base = { span: spanOf(node), prefix, quote: single ? quote : tripled(quote), contentStart: node.start };
  return fitted({ ...base, value, verbatim: false, holes, filledBy: 'f-string' });
}

type Piece = string | { readonly text: string; readonly value: string | null };

function piecesOf(module: Module, node: Node): readonly Piece[] | null {
  const opening = node.children[0];
  const closing = node.children.at(-1);
  if (node.type !== 'string' || opening === undefined || closing === undefined) return null;
  const start = textOf(module, opening);
  if (!/^(?:[rR]?[fF]|[fF][rR])["']/.test(start)) return null;
  const pieces: Piece[] = [];
  let at = opening.end;
  const literal = (upTo: number): string | null => {
    const raw = module.text.slice(at, upTo).replace(/\r\n?/g, '\n').replaceAll('{{', '{').replaceAll('}}', '}');
    return /r/i.test(start) ? raw : decodeEscapes(raw);
  };
  for (const part of node.children.filter(({ type }) => type === 'interpolation')) {
    const before = literal(part.start);
    if (before === null) return null;
    const expression = childOf(part, 'expression');
    const isPlain = expression !== null && namedChildren(part).length === 1;
    pieces.push(before, { text: textOf(module, part), value: isPlain ? textValue(module, expression) : null });
    at = part.end;
  }
  const last = literal(closing.start);
  return last === null ? null : [...pieces, last];
}

function joined(pieces: readonly Piece[]): { readonly value: string; readonly holes: readonly TextHole[] } {
  let value = '';
  const holes: TextHole[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'string') value += piece;
    else {
      holes.push({ ...piece, span: { start: value.length, end: value.length + piece.text.length } });
      value += piece.text;
    }
  }
  return { value, holes };
}

const HOLES: Readonly<Record<'format' | 'percent', RegExp>> = {
  format: /\{\{|\}\}|\{([\w.[\]]*)[^{}]*\}/g,
  percent: /%%|%(?:\((\w+)\))?[sdif]/g,
};

function holesIn(
  template: string,
  { filledBy, replaced }: TextCore,
  valueNamed: (name: string) => string | null,
): { readonly value: string; readonly holes: readonly TextHole[] } {
  const pieces: Piece[] = [];
  let at = 0;
  const isReplace = filledBy !== 'format' && filledBy !== 'percent';
  const pattern = isReplace ? new RegExp(replaced.map(escaped).join('|'), 'g') : HOLES[filledBy];
  let next = 0;
  for (const match of template.matchAll(pattern)) {
    const [text, name = ''] = match;
    const doubled = !isReplace && (text === '{{' || text === '}}' || text === '%%');
    pieces.push(template.slice(at, match.index));
    if (doubled) pieces.push(text.charAt(0));
    else pieces.push({ text, value: isReplace ? null : valueNamed(name === '' ? String(next++) : name) });
    at = match.index + text.length;
  }
  return joined([...pieces, template.slice(at)]);
}

/** A literal whose texts hold nothing that looks like one of its holes, so that these are found again. */
function fitted(literal: StringLiteral): StringLiteral | null {
  const { holes = [], value } = literal;
  let rest = '';
  let at = 0;
  for (const { span } of holes) {
    rest += `${value.slice(at, span.start)}\0`;
    at = span.end;
  }
  rest += value.slice(at);
  return holes.some(({ text }) => rest.includes(text)) ? null : literal;
}

/** As Python writes it into a text; null for what is not known or may look otherwise there. */
function textValue(module: Module, node: Node): string | null {
  const fact = evaluate(module, node);
  if (fact.kind !== 'known') return null;
  if (typeof fact.value === 'string') return fact.value;
  return Number.isSafeInteger(fact.value) ? String(fact.value) : null;
}
