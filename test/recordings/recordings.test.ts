import { describe, expect, test } from 'vitest';
import { neighbourRecordings, ownRecordings, readLines } from './inputs.ts';
import type { Score } from './score.ts';
import { scoresOf } from './scores.ts';

/** Ids of the cases that differ, for a message that says which. */
function failuresOf(score: Score): readonly string[] {
  return 'skipped' in score ? [] : score.failures.map(({ id }) => id);
}

describe('the recordings of this project', () => {
  const scores = scoresOf(ownRecordings);

  test.each(scores.filter((score) => !('skipped' in score)))('$name', (score) => {
    expect(failuresOf(score)).toEqual([]);
  });

  test('are all there: requests and pairs', () => {
    expect(readLines(ownRecordings, 'gateway-cases')).toHaveLength(316);
    expect(readLines(ownRecordings, 'pairs')).toHaveLength(220);
  });

  test('what is missing is said, not passed over', () => {
    const skipped = scores.flatMap((score) => ('skipped' in score ? [score.skipped] : []));
    expect(skipped).toEqual([
      expect.stringContaining('no manifest-args.jsonl'),
      expect.stringContaining('no manifest-pods.jsonl'),
    ]);
  });
});

const neighbour = neighbourRecordings();
describe.skipIf(neighbour === null)('recordings of public documents beside the checkout (BPG_RECORDINGS)', () => {
  const scores = neighbour === null ? [] : scoresOf(neighbour);

  test.each(scores.filter((score) => 'failures' in score && !score.name.endsWith('pods')))('$name', (score) => {
    expect(failuresOf(score)).toEqual([]);
  });

  // One recorded refusal is that of a package repository, which is not calculated.
  test('their pods', () => {
    const pods = scores.filter((score) => 'failures' in score && score.name === 'recorded manifests: pods');
    expect(pods.flatMap(failuresOf).length).toBeLessThanOrEqual(1);
  });
});
