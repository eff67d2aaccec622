/**
 * The details of a thousand tasks in a file that can be mailed: they are cut where elements begin, each piece is kept
 * once, and a task is the numbers of its pieces. What is used most has the shortest number. Unlike a compressed stream it
 * is equal on every machine, a task can be put together without the others, and a search looks at each piece once.
 */

/** Elements that repeat from task to task, with or without the same neighbours. */
const starts =
  /(?=<(?:tr|td|tbody|table|li|ul|p|dl|dt|dd|div|aside|details|summary|h3|svg|g|rect|path|text|button|small|span|figure)\b|<\/(?:ul|div|details|aside|table|svg|g)>)|(?<= · )|(?=:\d+:\d+<)/;

/** Signs that need no escape in JSON or in a script element: the first half goes on, the second ends a number. */
const signs: string = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))
  .filter((sign) => !'"\\<>'.includes(sign))
  .join('');
const half: number = Math.floor(signs.length / 2);

export interface Packed {
  readonly pieces: readonly string[];
  /** One for each text: its pieces as numbers in signs. */
  readonly texts: readonly string[];
}

/** `signs` and `half` for who reads it. */
export const numbering: { readonly signs: string; readonly half: number } = { signs, half };

/** Cuts `texts` (markup, or with `lines` plain text) into pieces. */
export function pack(texts: readonly string[], at: RegExp = starts): Packed {
  const cut = texts.map((text) => (text === '' ? [] : text.split(at)));
  const uses = new Map<string, number>();
  for (const parts of cut) for (const part of parts) uses.set(part, (uses.get(part) ?? 0) + 1);
  // A sort is stable: pieces that are used as often stay in the order in which they appear.
  const pieces = [...uses].sort(([, a], [, b]) => b - a).map(([piece]) => piece);
  const numbers = new Map(pieces.map((piece, index) => [piece, numberText(index)]));
  return { pieces, texts: cut.map((parts) => parts.map((part) => numbers.get(part) ?? '').join('')) };
}

/** A number from 0 on in signs; what ends it is in its last sign. */
export function numberText(number: number): string {
  let text = signs[half + (number % half)] ?? '';
  for (let rest = Math.floor(number / half); rest > 0; rest = Math.floor((rest - 1) / half))
    text = (signs[(rest - 1) % half] ?? '') + text;
  return text;
}
