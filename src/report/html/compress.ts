/**
 * What repeats in a text is said once: runs of literals, each followed by «copy so many from so far back» (LZ77). Unlike
 * zlib, whose output differs between its versions and processors, the result is equal on every machine.
 */
import { numbering, numberText } from './pieces.ts';

const shortest = 6;
/** How many earlier places with the same beginning are tried; a dozen would take twice the time and save 8 %. */
const tries = 2;
const bits = 17;

/** `text` is ASCII. The result begins with its length; numbers are in the signs of `numbering`, literals stand as they are. */
export function compress(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  const latest = new Int32Array(1 << bits).fill(-1);
  const before = new Int32Array(bytes.length).fill(-1);
  const parts: string[] = [numberText(bytes.length)];
  let literal = 0;
  let at = 0;
  const enter = (position: number): void => {
    if (position + shortest > bytes.length) return;
    const slot = hashAt(bytes, position);
    before[position] = latest[slot] ?? -1;
    latest[slot] = position;
  };
  while (at < bytes.length) {
    const { length, from } = longestAt(bytes, at, latest, before);
    if (length < shortest) {
      enter(at);
      at += 1;
      continue;
    }
    parts.push(numberText(at - literal), text.slice(literal, at), numberText(length), numberText(at - from));
    for (const end = at + length; at < end; at += 1) enter(at);
    literal = at;
  }
  if (literal < bytes.length) parts.push(numberText(bytes.length - literal), text.slice(literal));
  return parts.join('');
}

function hashAt(bytes: Buffer, at: number): number {
  const low = bytes.readUInt32LE(at);
  const high = bytes.readUInt16LE(at + 4);
  return (Math.imul(low, 2_654_435_761) ^ Math.imul(high, 40_503)) >>> (32 - bits);
}

function longestAt(
  bytes: Buffer,
  at: number,
  latest: Int32Array,
  before: Int32Array,
): { readonly length: number; readonly from: number } {
  let best = 0;
  let from = 0;
  if (at + shortest > bytes.length) return { length: best, from };
  let candidate = latest[hashAt(bytes, at)] ?? -1;
  for (let left = tries; candidate >= 0 && left > 0; left -= 1) {
    let length = 0;
    if (bytes[candidate + best] === bytes[at + best])
      while (at + length < bytes.length && bytes[candidate + length] === bytes[at + length]) length += 1;
    if (length > best) {
      best = length;
      from = candidate;
    }
    candidate = before[candidate] ?? -1;
  }
  return { length: best, from };
}

/** JSON in ASCII without `<`, a tab in its place: as literals it can end or open no element. */
export function inert(json: string): string {
  return json
    .replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('<', '\t');
}

/** How the page's script reads it; `numbering` is its only knowledge. */
export const expander: string = `
  const signs = ${JSON.stringify(numbering.signs)};
  const half = ${numbering.half};
  const digits = new Int16Array(128).fill(-1);
  for (let index = 0; index < signs.length; index++) digits[signs.charCodeAt(index)] = index;
  const expand = (text) => {
    let at = 0;
    const next = () => {
      let number = 0;
      for (;;) {
        const digit = digits[text.charCodeAt(at++)];
        if (digit >= half) return number * half + digit - half;
        number = number * half + digit + 1;
      }
    };
    const bytes = new Uint8Array(next());
    let end = 0;
    while (end < bytes.length) {
      for (let left = next(); left > 0; left--) { const code = text.charCodeAt(at++); bytes[end++] = code === 9 ? 60 : code; }
      if (end >= bytes.length) break;
      const length = next();
      const from = end - next();
      for (let index = 0; index < length; index++) bytes[end++] = bytes[from + index];
    }
    return new TextDecoder('latin1').decode(bytes);
  };
  const numbersIn = (text) => {
    const numbers = [];
    let number = 0;
    for (let at = 0; at < text.length; at++) {
      const digit = digits[text.charCodeAt(at)];
      if (digit < half) number = number * half + digit + 1;
      else { numbers.push(number * half + digit - half); number = 0; }
    }
    return numbers;
  };
`;
