import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compress, inert } from '../../src/report/html/compress.ts';
import { pack } from '../../src/report/html/pieces.ts';
import { reader } from './opened.ts';

const unpack = (pieces: readonly string[], text: string): string =>
  reader
    .numbersIn(text)
    .map((number) => pieces[number])
    .join('');

test('what is compressed comes back, and is no markup on its way', () => {
  const text = JSON.stringify({
    a: '</script><!-- '.repeat(500),
    b: 'ünïcode \u{1f600} \t',
    c: Array.from({ length: 999 }, (_, i) => i),
  });
  const small = compress(inert(text));
  expect(reader.expand(small)).toBe(inert(text).replaceAll('\t', '<'));
  expect(JSON.parse(reader.expand(small))).toEqual(JSON.parse(text));
  expect(small).not.toMatch(/<|[^\t -~]/);
  expect(small.length).toBeLessThan(text.length / 2);
  fc.assert(
    fc.property(fc.stringMatching(/^([ab]{0,40}|<abcdefg){0,9}$/), (any) => {
      expect(reader.expand(compress(inert(any)))).toBe(any);
    }),
    { seed: 9, numRuns: 200 },
  );
});

test('every text comes back as it was, however many pieces there are', () => {
  const many = Array.from({ length: 5_000 }, (_, index) => `<tr><td>${index}<td>same`);
  const { pieces, texts } = pack([many.join(''), '', many.slice(0, 9).join('')]);
  expect(texts.map((text) => unpack(pieces, text))).toEqual([many.join(''), '', many.slice(0, 9).join('')]);
  expect(pieces).toHaveLength(5_002);
  expect(texts[0]?.length).toBeLessThan(many.join('').length / 2);
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^(<td>|<li |a|<\/ul>|<){0,9}$/)), (all) => {
      const packed = pack(all);
      expect(packed.texts.map((text) => unpack(packed.pieces, text))).toEqual(all);
    }),
    { seed: 9, numRuns: 200 },
  );
});
