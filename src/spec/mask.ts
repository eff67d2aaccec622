/**
 * Jinja and Python holes make a document invalid YAML until they are filled. Each is replaced by a token of the same
 * length that no document holds (private-use characters), so that offsets stay true, and is put back after printing.
 */
import type { Span } from '../model.ts';

export interface Hole {
  readonly span: Span;
  /** As it stands in the source, braces included. */
  readonly text: string;
  /** `expression`: `{{ }}`; `statement`: `{% %}`; `comment`: `{# #}`; `opaque`: what Python fills in. */
  readonly kind: 'expression' | 'statement' | 'comment' | 'opaque';
}

export interface Token {
  readonly at: number;
  readonly length: number;
  readonly hole: Hole;
}

export interface Masked {
  readonly text: string;
  readonly holes: readonly Hole[];
  readonly restore: (masked: string) => string;
  /** The holes in a masked text, in order. */
  readonly holesIn: (masked: string) => readonly Hole[];
  /** Every token with its place, for a text that is not restored yet. */
  readonly tokensIn: (masked: string) => readonly Token[];
  /** A tag that is not closed, or text that leaves no room for tokens: where. */
  readonly broken: number | null;
}

const firstToken = 0xe000;
const lastToken = 0xf8ff;

/** Replaces every hole by a token; tags that stand alone on a line become YAML comments. */
export function mask(source: string, opaque: readonly Span[]): Masked {
  const scan = opaque.length > 0 || /\{[{%#]/.test(source) ? findHoles(source, opaque) : { holes: [], broken: null };
  if (scan.holes.length === 0) {
    return nothingMasked(source, scan.broken);
  }
  const taken = new Set(source.match(/[\ue000-\uf8ff]/g) ?? []);
  for (const [, code] of source.matchAll(/\\u([0-9a-fA-F]{4})/g))
    taken.add(String.fromCharCode(parseInt(code ?? '', 16)));
  const free: string[] = [];
  for (let code = firstToken; code <= lastToken && free.length <= scan.holes.length; code += 1) {
    const character = String.fromCharCode(code);
    if (!taken.has(character)) free.push(character);
  }
  const filler = free[0];
  if (filler === undefined || free.length <= scan.holes.length) {
    return nothingMasked(source, scan.holes[0]?.span.start ?? 0);
  }
  const fillerCode = filler.charCodeAt(0);
  const byHead = new Map<number, Hole>();
  let text = '';
  let at = 0;
  scan.holes.forEach((hole, index) => {
    const head = free[index + 1] ?? filler;
    byHead.set(head.charCodeAt(0), hole);
    const length = hole.span.end - hole.span.start;
    const sign = isLikeComment(source, hole) ? '#' : '';
    text += source.slice(at, hole.span.start) + sign + head + filler.repeat(length - 1 - sign.length);
    at = hole.span.end;
  });
  text += source.slice(at);
  const signed = new Set(scan.holes.filter((hole) => isLikeComment(source, hole)));
  const tokensIn = (masked: string): readonly Token[] => {
    const tokens: Token[] = [];
    for (let index = 0; index < masked.length; index += 1) {
      const code = masked.charCodeAt(index);
      if (code < firstToken || code > lastToken) continue;
      const hole = byHead.get(code);
      if (hole === undefined) continue;
      // A `#` before an expression is the document's own.
      const from = signed.has(hole) && masked.charAt(index - 1) === '#' ? index - 1 : index;
      let end = index + 1;
      while (masked.charCodeAt(end) === fillerCode) end += 1;
      tokens.push({ at: from, length: end - from, hole });
      index = end - 1;
    }
    return tokens;
  };
  return {
    text,
    holes: scan.holes,
    broken: scan.broken,
    restore: (masked) => {
      if (!hasToken(masked)) return masked;
      let restored = '';
      let from = 0;
      for (const { at: start, length, hole } of tokensIn(masked)) {
        restored += masked.slice(from, start) + hole.text;
        from = start + length;
      }
      return from === 0 ? masked : restored + masked.slice(from);
    },
    tokensIn,
    holesIn: (masked) => (hasToken(masked) ? tokensIn(masked).map(({ hole }) => hole) : []),
  };
}

/** Most texts hold none, and are asked often. */
function hasToken(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= firstToken && code <= lastToken) return true;
  }
  return false;
}

function nothingMasked(text: string, broken: number | null): Masked {
  return { text, holes: [], restore: (masked) => masked, holesIn: () => [], tokensIn: () => [], broken };
}

/** Statements and comments that end their line behind blanks only: to YAML they are comments. */
function isLikeComment(source: string, hole: Hole): boolean {
  if (hole.kind !== 'statement' && hole.kind !== 'comment') return false;
  const lineEnd = source.indexOf('\n', hole.span.end);
  const after = source.slice(hole.span.end, lineEnd === -1 ? source.length : lineEnd);
  const before = source.charAt(hole.span.start - 1);
  return /^\s*(\{[%#].*)?$/.test(after) && (before === '' || /\s/.test(before) || before === '}');
}

function findHoles(source: string, opaque: readonly Span[]): { holes: readonly Hole[]; broken: number | null } {
  const python = [...opaque].filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  const holes: Hole[] = [];
  const add = (kind: Hole['kind'], start: number, end: number): void => {
    holes.push({ kind, span: { start, end }, text: source.slice(start, end) });
  };
  let next = 0;
  let at = 0;
  while (at < source.length) {
    while (next < python.length && (python[next]?.start ?? 0) < at) next += 1;
    const hole = python[next];
    if (hole?.start === at) {
      add('opaque', at, hole.end);
      at = hole.end;
      continue;
    }
    const kind = source.charAt(at) === '{' ? tagKinds[source.charAt(at + 1)] : undefined;
    if (kind === undefined) {
      at = Math.min(nextBrace(source, at + 1), hole?.start ?? source.length);
      continue;
    }
    const end = kind === 'comment' ? endOf(source, '#}', at + 2) : tagEnd(source, at, python.slice(next));
    if (end === -1) return { holes, broken: at };
    add(kind, at, end);
    at = end;
  }
  return { holes, broken: null };
}

const tagKinds: Readonly<Record<string, Hole['kind']>> = { '{': 'expression', '%': 'statement', '#': 'comment' };

function nextBrace(source: string, from: number): number {
  const found = source.indexOf('{', from);
  return found === -1 ? source.length : found;
}

function endOf(source: string, close: string, from: number): number {
  const found = source.indexOf(close, from);
  return found === -1 ? -1 : found + close.length;
}

/** The end of a `{{ }}` or `{% %}` tag: strings and brackets inside it are stepped over, as Jinja does. */
function tagEnd(source: string, start: number, python: readonly Span[]): number {
  const close = source.charAt(start + 1) === '{' ? '}}' : '%}';
  let depth = 0;
  let at = start + 2;
  while (at < source.length) {
    const inside = python.length === 0 ? undefined : python.find((span) => span.start === at);
    if (inside !== undefined) {
      at = inside.end;
      continue;
    }
    const character = source.charAt(at);
    if (depth === 0 && source.startsWith(close, at)) return at + 2;
    if (character === '"' || character === "'") {
      const end = stringEnd(source, at);
      if (end === -1) return -1;
      at = end;
      continue;
    }
    if ('([{'.includes(character)) depth += 1;
    if (')]}'.includes(character)) depth = Math.max(0, depth - 1);
    at += 1;
  }
  return -1;
}

function stringEnd(source: string, start: number): number {
  const quote = source.charAt(start);
  for (let at = start + 1; at < source.length; at += 1) {
    if (source.charAt(at) === '\\') at += 1;
    else if (source.charAt(at) === quote) return at + 1;
  }
  return -1;
}
