import type { SourceFile } from '../model.ts';

export type Encoding = SourceFile['encoding'];
export type Decoded =
  | { readonly ok: true; readonly text: string; readonly encoding: Encoding }
  | { readonly ok: false; readonly reason: string };

/**
 * The names under which Python knows the encodings that can be written back byte for byte. cp1252 differs from latin-1
 * in 0x80–0x9F only, so a file without such bytes is the same text in both.
 */
const encodings: ReadonlyMap<string, 'utf-8' | 'ascii' | 'latin-1' | 'cp1252'> = new Map(
  Object.entries({
    'utf-8': 'utf-8',
    utf8: 'utf-8',
    u8: 'utf-8',
    utf: 'utf-8',
    'utf-8-sig': 'utf-8',
    ascii: 'ascii',
    'us-ascii': 'ascii',
    '646': 'ascii',
    'latin-1': 'latin-1',
    latin1: 'latin-1',
    latin: 'latin-1',
    l1: 'latin-1',
    'iso-8859-1': 'latin-1',
    'iso8859-1': 'latin-1',
    'iso-latin-1': 'latin-1',
    '8859': 'latin-1',
    cp819: 'latin-1',
    cp1252: 'cp1252',
    '1252': 'cp1252',
    'windows-1252': 'cp1252',
  } as const),
);

/** Text of a Python file by the rules of PEP 263: a byte order mark, else a cookie in the first two lines, else UTF-8. */
export function decodePython(bytes: Uint8Array): Decoded {
  const cookie = cookieOf(bytes);
  const encoding = encodings.get(cookie ?? 'utf-8');
  if (encoding === undefined)
    return { ok: false, reason: `the encoding '${cookie}' can not be written back with certainty` };
  if (hasMark(bytes) && encoding !== 'utf-8')
    return { ok: false, reason: `a UTF-8 byte order mark contradicts the encoding '${cookie}'` };
  if (bytes.includes(0)) return { ok: false, reason: 'a null byte, which Python does not read' };
  if (encoding === 'utf-8') return decodeUtf8(bytes);
  if (encoding === 'ascii' && bytes.some((byte) => byte > 0x7f))
    return { ok: false, reason: `not valid in the encoding '${cookie}'` };
  if (encoding === 'cp1252' && bytes.some((byte) => byte > 0x7f && byte < 0xa0))
    return { ok: false, reason: `the encoding '${cookie}' can not be written back with certainty` };
  return { ok: true, text: latin1(bytes), encoding: encoding === 'ascii' ? 'utf-8' : 'latin-1' };
}

/** UTF-8 or nothing. A byte order mark stays in the text. */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  try {
    return { ok: true, text: utf8.decode(bytes), encoding: 'utf-8' };
  } catch {
    return { ok: false, reason: 'not valid UTF-8' };
  }
}

/** The bytes of a text, null where the encoding has no way to write a character of it. */
export function encodeText(text: string, encoding: Encoding): Uint8Array | null {
  if (encoding === 'utf-8') return text.isWellFormed() ? Buffer.from(text, 'utf8') : null;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is what latin-1 can hold
  return /^[\x00-\xff]*$/.test(text) ? Buffer.from(text, 'latin1') : null;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Through Buffer: what TextDecoder calls latin-1 is another encoding, and not the same in every version of Node. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

const hasMark = (bytes: Uint8Array): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

/** The encoding that the first or second line declares, in lower case with `-`; the second counts below a comment only. */
function cookieOf(bytes: Uint8Array): string | null {
  const head = latin1(bytes.subarray(hasMark(bytes) ? 3 : 0, 1000));
  for (const line of head.split(/\r\n|\r|\n/, 2)) {
    const cookie = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1];
    if (cookie !== undefined) return cookie.toLowerCase().replaceAll('_', '-');
    if (!/^[ \t\f]*(?:#.*)?$/.test(line)) return null;
  }
  return null;
}
