import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { revertEdits } from '../../src/rollout/revert.ts';

const lines = (...all: string[]): string => all.map((line) => `${line}\n`).join('');
const before = lines('import old', '', 'a = 1', 'submit = Old(', '  file="x"', ')', 'monitor = Sensor()', 'b = 2');
const after = lines('import new', '', 'a = 1', 'submit = New(', '  content="x"', '  time=1', ')', 'b = 2');
const revert = (current: string) => revertEdits({ before, after, current });

describe('edits taken back', () => {
  test('exactly, where nothing else changed', () => {
    expect(revert(after)).toEqual({ ok: true, text: before });
  });

  test('with what was changed elsewhere kept, also right beside them', () => {
    const current = after.replace('a = 1', 'a = 7\nc = 3').replace('\nb = 2\n', '\nb = 2\nd = 4');
    expect(revert(current)).toEqual({
      ok: true,
      text: before.replace('a = 1', 'a = 7\nc = 3').replace('\nb = 2\n', '\nb = 2\nd = 4'),
    });
    expect(revert(`# top\n${after}`)).toEqual({ ok: true, text: `# top\n${before}` });
  });

  test.each([
    ['a line that they wrote was changed', after.replace('time=1', 'time=2'), 4],
    ['a line that they wrote was removed', after.replace('  time=1\n', ''), 4],
    ['a line was added inside of what they wrote', after.replace('  time=1', '  pool="p"\n  time=1'), 4],
    ['lines were added where they had removed some', after.replace(')\nb', ')\nx = 1\nb'), 8],
    ['all of it is gone', 'x\n', 1],
  ])('not where %s', (_, current, line) => {
    expect(revert(current)).toEqual({ ok: false, line });
  });

  test('with the line ends as they are', () => {
    const crlf = { before: 'a\r\nb\r\nc', after: 'a\r\nB\r\nc', current: 'a\r\nB\r\nc\r\nd\rE' };
    expect(revertEdits(crlf)).toEqual({ ok: true, text: 'a\r\nb\r\nc\r\nd\rE' });
  });

  test('is the edit elsewhere applied to the text before, whatever the texts', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'd');
    const text = fc.array(word, { maxLength: 6 });
    fc.assert(
      fc.property(text, text, text, text, (top, oldMiddle, newMiddle, otherTop) => {
        // Lines that occur once part what they edited from what others did.
        const whole = (first: readonly string[], second: readonly string[]) =>
          lines(...first, '--1--', '--2--', ...second, '--3--');
        const result = revertEdits({
          before: whole(top, oldMiddle),
          after: whole(top, newMiddle),
          current: whole(otherTop, newMiddle),
        });
        expect(result).toEqual({ ok: true, text: whole(otherTop, oldMiddle) });
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
