import { describe, expect, it } from 'vitest';
import { decodePython, decodeUtf8, encodeText } from '../../src/parser/decode.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : Buffer.from(part))));

describe('bytes of a Python file', () => {
  it.each<[string, Uint8Array, string, 'utf-8' | 'latin-1']>([
    ['UTF-8 by default', bytes('x = "é"'), 'x = "é"', 'utf-8'],
    ['a byte order mark stays', bytes([0xef, 0xbb, 0xbf], 'x'), '\uFEFFx', 'utf-8'],
    ['line endings stay', bytes('a\r\nb\rc\n'), 'a\r\nb\rc\n', 'utf-8'],
    [
      'a latin-1 cookie',
      bytes('# -*- coding: latin-1 -*-\n', [0xe9, 0x85]),
      '# -*- coding: latin-1 -*-\né\x85',
      'latin-1',
    ],
    [
      'a cookie in the second line',
      bytes('#!/usr/bin/python\n# vim: set fileencoding=iso-8859-1 :\n', [0xe9]),
      '#!/usr/bin/python\n# vim: set fileencoding=iso-8859-1 :\né',
      'latin-1',
    ],
    ['underscores and case', bytes('# coding: Latin_1\n', [0xe9]), '# coding: Latin_1\né', 'latin-1'],
    ['cp1252 where it is the same', bytes('# coding: cp1252\n', [0xe9]), '# coding: cp1252\né', 'latin-1'],
    ['ASCII', bytes('# coding: ascii\nx'), '# coding: ascii\nx', 'utf-8'],
    ['a cookie in the third line is none', bytes('\n\n# coding: latin-1\né'), '\n\n# coding: latin-1\né', 'utf-8'],
    ['a cookie below code is none', bytes('x = 1\n# coding: latin-1\né'), 'x = 1\n# coding: latin-1\né', 'utf-8'],
    ['a mark with a UTF-8 cookie', bytes([0xef, 0xbb, 0xbf], '# coding: utf-8\n'), '\uFEFF# coding: utf-8\n', 'utf-8'],
    ['an empty file', bytes(), '', 'utf-8'],
  ])('%s', (_, input, text, encoding) => {
    expect(decodePython(input)).toEqual({ ok: true, text, encoding });
    expect(Buffer.from(encodeText(text, encoding) ?? []).equals(Buffer.from(input))).toBe(true);
  });

  it.each<[string, Uint8Array, string]>([
    ['broken UTF-8', bytes('x', [0xe9]), 'not valid UTF-8'],
    ['a null byte', bytes('x', [0]), 'a null byte, which Python does not read'],
    [
      'an encoding that we do not write',
      bytes('# coding: koi8-r\n'),
      "the encoding 'koi8-r' can not be written back with certainty",
    ],
    [
      'an encoding named like a property of objects',
      bytes('# coding: constructor\n'),
      "the encoding 'constructor' can not be written back with certainty",
    ],
    [
      'cp1252 where it differs',
      bytes('# coding: cp1252\n', [0x80]),
      "the encoding 'cp1252' can not be written back with certainty",
    ],
    ['ASCII that is none', bytes('# coding: ascii\né'), "not valid in the encoding 'ascii'"],
    [
      'a mark that contradicts the cookie',
      bytes([0xef, 0xbb, 0xbf], '# coding: latin-1\n'),
      "a UTF-8 byte order mark contradicts the encoding 'latin-1'",
    ],
  ])('are refused: %s', (_, input, reason) => {
    expect(decodePython(input)).toEqual({ ok: false, reason });
  });

  it('keeps a mark in other files too', () => {
    expect(decodeUtf8(bytes([0xef, 0xbb, 0xbf], 'a'))).toMatchObject({ ok: true, text: '\uFEFFa' });
  });

  it('can not write what the encoding lacks', () => {
    expect(encodeText('日', 'latin-1')).toBeNull();
    expect(encodeText('\ud800', 'utf-8')).toBeNull();
  });
});
