import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editOf, withEdit } from '../../src/rollout/edits.ts';

const lines = fc
  .array(fc.constantFrom('a', 'b', 'c', '', '  d', 'é\r'), { maxLength: 30 })
  .chain((list) => fc.boolean().map((end) => list.join('\n') + (end ? '\n' : '')));
const planned = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n';
const edited = planned.replace('five', 'five and a half');

describe('an edit of a planned file', () => {
  it('gives the edited text back, for any two texts', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const edit = editOf('a.py', before, after);
        if (edit === null) expect(after).toBe(before);
        else expect(withEdit(before, edit)).toEqual({ ok: true, text: after });
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('fits where the file was changed elsewhere', () => {
    const edit = editOf('a.py', planned, edited);
    expect(edit && withEdit(`zero\n${planned}ten\n`, edit)).toEqual({ ok: true, text: `zero\n${edited}ten\n` });
  });

  it('is refused where what it was made in changed, stands twice, or is no patch', () => {
    const edit = editOf('a.py', planned, edited);
    if (edit === null) throw new Error('no edit');
    const refused = { ok: false, reason: expect.stringContaining('no longer fits') };
    expect(withEdit(planned.replace('four', '4'), edit)).toEqual(refused);
    expect(withEdit(planned + planned, edit)).toEqual(refused);
    expect(withEdit(planned, { ...edit, patch: 'nothing' })).toEqual({
      ok: false,
      reason: 'the edit of a.py is no patch',
    });
  });
});
