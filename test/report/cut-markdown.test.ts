import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutMarkdown } from '../../src/index.ts';

it('leaves alone what fits, and cuts the rest between lines, saying how much', () => {
  const text = `${Array.from({ length: 1000 }, (_, index) => `| ${index} | ü |`).join('\n')}\n`;
  expect(cutMarkdown(text, Buffer.byteLength(text))).toBe(text);
  const cut = cutMarkdown(text, 2000);
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(2000);
  const kept = cut.split('\n').filter((line) => line.startsWith('| '));
  expect(text.startsWith(`${kept.join('\n')}\n`)).toBe(true);
  expect(cut).toContain(`${1001 - kept.length} more lines would not fit`);
  expect(kept.length).toBeGreaterThan(100);
});

it('never is longer than its place', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.nat(400), (lines, most) => {
      expect(Buffer.byteLength(cutMarkdown(lines.join('\n'), most))).toBeLessThanOrEqual(most);
    }),
    { seed: 8, numRuns: 200 },
  );
});
