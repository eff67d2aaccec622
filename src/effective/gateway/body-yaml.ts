import { Composer, isAlias, isMap, isScalar, isSeq, type ParsedNode, Parser } from 'yaml';
import type { BodyNode, BodyReading } from './body-node.ts';

/**
 * YAML as the gateway reads it: YAML 1.1 scalars that keep their text, only the first document, aliases as the texts
 * of their names, merge keys as plain keys, tags of unknown kinds ignored.
 */

const integer =
  /^(?:[-+]?0b_*[01][01_]*|[-+]?0[0-7_]*|[-+]?[1-9][0-9_]*|[-+]?0x_*[0-9a-fA-F][0-9a-fA-F_]*|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+|\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const nothing = /^(?:~|null|Null|NULL| |)$/;
const yes = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const no = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const core = 'tag:yaml.org,2002:';

/** Characters that YAML allows in a document; the gateway's parser refuses the others before it reads anything. */
const unprintable = /[^\t\n\r -~\u{85}\u{A0}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const deepest = 1000;

class YamlProblem extends Error {}

/** Reads a body as YAML; a byte order mark before it is skipped. */
export function readYamlBody(text: string): BodyReading {
  if (unprintable.test(text)) return { ok: false, problem: 'special characters are not allowed' };
  if (nesting(text) > deepest) return { ok: false, problem: 'Document nesting depth exceeds the maximum allowed' };
  const first = firstDocument(text.replace(/^\uFEFF/, ''));
  if (first === null) return { ok: false, problem: 'No content to map due to end-of-input' };
  const broken = first.errors.find((error) => error.code !== 'DUPLICATE_KEY');
  if (broken !== undefined) return { ok: false, problem: broken.message };
  try {
    return { ok: true, node: first.contents === null ? { kind: 'null' } : nodeOf(first.contents) };
  } catch (problem) {
    if (problem instanceof YamlProblem) return { ok: false, problem: problem.message };
    throw problem;
  }
}

function firstDocument(text: string): ReturnType<Composer['next']> extends Generator<infer D> ? D | null : never {
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false });
  for (const document of composer.compose(new Parser().parse(text))) return document;
  return null;
}

/** Brackets that are open at once, at most; quotes are not looked at, so that it is never less than the depth. */
function nesting(text: string): number {
  let open = 0;
  let most = 0;
  for (const char of text) {
    if (char === '[' || char === '{') most = Math.max(most, ++open);
    else if (char === ']' || char === '}') open--;
  }
  return most;
}

function nodeOf(node: ParsedNode | null): BodyNode {
  if (node === null) return { kind: 'null' };
  if (isAlias(node)) return { kind: 'text', text: node.source };
  if (isSeq<ParsedNode>(node)) return { kind: 'list', items: node.items.map(nodeOf) };
  if (isMap<ParsedNode, ParsedNode | null>(node))
    return { kind: 'map', entries: node.items.map((pair) => [keyOf(pair.key), nodeOf(pair.value)] as const) };
  if (!isScalar(node)) throw new YamlProblem('Unexpected node');
  const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
  const tag = node.tag;
  if (tag !== undefined && tag !== '!' && !(node.type !== 'PLAIN' && tag === `${core}str`)) return tagged(text, tag);
  return node.type === 'PLAIN' || node.type === undefined ? plain(text) : { kind: 'text', text };
}

function keyOf(key: ParsedNode): string {
  if (isAlias(key)) return key.source;
  if (isScalar(key)) return typeof key.value === 'string' ? key.value : (key.source ?? '');
  throw new YamlProblem('Expected a field name (Scalar value in YAML)');
}

function plain(text: string): BodyNode {
  if (nothing.test(text)) return { kind: 'null' };
  if (yes.test(text)) return { kind: 'boolean', text, value: true };
  if (no.test(text)) return { kind: 'boolean', text, value: false };
  if (integer.test(text)) return integerNode(text);
  if (float.test(text)) return floatNode(text);
  return { kind: 'text', text };
}

function tagged(text: string, tag: string): BodyNode {
  if (tag === `${core}null`) return { kind: 'null' };
  if (tag === `${core}int`) return integerNode(text);
  if (tag === `${core}float`) return floatNode(text);
  if (tag === `${core}bool` && (yes.test(text) || no.test(text)))
    return { kind: 'boolean', text, value: yes.test(text) };
  return { kind: 'text', text };
}

function integerNode(text: string): BodyNode {
  const digits = text.replaceAll('_', '').replace(/^\+/, '');
  const negative = digits.startsWith('-');
  const bare = negative ? digits.slice(1) : digits;
  const value = wholeNumber(bare);
  return value === null ? { kind: 'text', text } : { kind: 'integer', text, value: negative ? -value : value };
}

/** Decimal, `0x…`, `0b…`, and octal by a leading zero; sexagesimal ones stay texts. */
function wholeNumber(bare: string): bigint | null {
  if (/^0[bBxX]/.test(bare)) return /^0[bx][0-9a-f]+$/i.test(bare) ? BigInt(bare.toLowerCase()) : null;
  if (/^0[0-7]+$/.test(bare)) return BigInt(`0o${bare.slice(1)}`);
  return /^\d+$/.test(bare) ? BigInt(bare) : null;
}

function floatNode(text: string): BodyNode {
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isFinite(value)) throw new YamlProblem(`Malformed numeric value '${text}'`);
  return { kind: 'float', text, value };
}
