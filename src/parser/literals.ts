/** Python string literals: decoded to their value, and encoded again in the form that they had. */
import type { StringLiteral } from '../model.ts';
import type { Node } from './syntax.ts';

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const ESCAPE =
  /\\(?:([\n\\'"abfnrtv])|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(N\{|[\s\S]))/g;

/** The value behind the escapes; null for `\N{…}`, which needs the table of Unicode names. */
export function decodeEscapes(content: string): string | null {
  let named = false;
  const value = content.replace(ESCAPE, (whole, simple, octal, x, u, U, other) => {
    if (simple !== undefined) return SIMPLE_ESCAPES[simple] ?? '';
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
    const hex: string | undefined = x ?? u ?? U;
    if (hex !== undefined) {
      const point = Number.parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    }
    if (other === 'N{') named = true;
    return whole;
  });
  return named ? null : value;
}

/** A `string` node as a literal: null for f-strings, bytes and what can't be decoded. */
export function readStringLiteral(node: Node, text: string): StringLiteral | null {
  if (node.type !== 'string') return null;
  const opening = node.children[0];
  const closing = node.children.at(-1);
  if (opening?.type !== 'string_start' || closing?.type !== 'string_end') return null;
  const start = text.slice(opening.start, opening.end);
  const quote = start.replace(/^[a-zA-Z]*/, '');
  const prefix = start.slice(0, start.length - quote.length);
  if (/[fbt]/i.test(prefix)) return null;
  // Not where the closing node begins: in a raw string it takes a last `\\\\` with it.
  const raw = text.slice(opening.end, closing.end - quote.length);
  const content = raw.replace(/\r\n?/g, '\n');
  const value = /r/i.test(prefix) ? content : decodeEscapes(content);
  if (value === null) return null;
  return {
    span: { start: node.start, end: node.end },
    prefix,
    quote,
    value,
    contentStart: opening.end,
    verbatim: value === content,
  };
}

/**
 * Writes `value` as a literal with the prefix and quotes of `literal`; `lineEnding` is the file's.
 * Null where that form can't hold it (a raw string that would need an escape).
 */
export function writeStringLiteral(
  literal: Pick<StringLiteral, 'prefix' | 'quote'>,
  value: string,
  lineEnding: string,
  encoding: 'utf-8' | 'latin-1' = 'utf-8',
): string | null {
  const { prefix, quote } = literal;
  const triple = quote.length === 3;
  const beyond = encoding === 'latin-1' && /[^\0-\xff]/.test(value);
  if (/r/i.test(prefix)) {
    const breaks =
      value.includes(quote) || /\\$/.test(value) || value.endsWith(quote.charAt(0)) || /[\r\0]/.test(value) || beyond;
    if (breaks || (!triple && value.includes('\n'))) return null;
    return prefix + quote + value.replaceAll('\n', lineEnding) + quote;
  }
  let content = value.replaceAll('\\', '\\\\').replaceAll('\r', '\\r').replaceAll('\0', '\\x00');
  const mark = quote.charAt(0);
  if (triple) {
    // A run of three would close the literal, and so would one at the end that joins the closing quotes.
    content = content.replace(mark === '"' ? /"+/g : /'+/g, (run, offset: number) =>
      run.length >= 3 || offset + run.length === content.length ? run.replaceAll(mark, `\\${mark}`) : run,
    );
    content = content.replaceAll('\n', lineEnding);
  } else {
    content = content.replaceAll(mark, `\\${mark}`).replaceAll('\n', '\\n');
  }
  if (beyond)
    content = content.replace(/[^\0-\xff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return prefix + quote + content + quote;
}
