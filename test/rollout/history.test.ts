import { describe, expect, test } from 'vitest';
import type { TaskEntry } from '../../src/model.ts';
import { forecastOf, historyOf } from '../../src/rollout/burndown.ts';
import { countStates, groupsOf } from '../../src/rollout/groups.ts';
import { type HistoryRecord, readRecords, recordLine } from '../../src/rollout/records.ts';
import { task } from '../report/sample.ts';

const of = (taskId: string, part: Partial<TaskEntry> = {}): TaskEntry => task({ taskId, ...part });
const done = { status: 'migrated', verdict: null } as const;

/** The lines of a history: at each time these tasks. */
function recorded(...runs: readonly (readonly [string, readonly TaskEntry[]])[]): string {
  return runs.reduce((text, [time, tasks]) => {
    const groups = groupsOf(tasks, new Map([[of('a').id, 'x']]), new Map());
    const before = readRecords(text, ['dags']).records;
    return text + recordLine({ tasks, groups, time, commit: 'c0ffee', paths: ['dags'] }, before);
  }, '');
}
const recordsOf = (text: string): readonly HistoryRecord[] => readRecords(text, ['dags']).records;
const first = [of('a'), of('b', { verdict: 'review' }), of('c', done), of('e')];

test('a line holds time, commit, counts per group, and only what changed', () => {
  const text = recorded(
    ['2026-11-01T00:00:00Z', first],
    ['2026-11-08T00:00:00Z', [of('a', done), ...first.slice(1, 3)]],
  );
  const [, line = ''] = text.split('\n');
  expect(JSON.parse(line)).toEqual({
    version: 1,
    time: '2026-11-08T00:00:00Z',
    commit: 'c0ffee',
    paths: ['dags'],
    counts: { manual: 0, review: 1, safe: 0, migrated: 2, ignored: 0 },
    groups: {
      owner: { x: [0, 0, 0, 1, 0], '?': [0, 1, 0, 1, 0] },
      connection: { emr_phi: [0, 1, 0, 2, 0] },
      namespace: { default: [0, 1, 0, 2, 0] },
      queue: { poc: [0, 1, 0, 2, 0] },
      wave: { '?': [0, 1, 0, 2, 0] },
    },
    states: { [of('a').id]: 'D' },
    gone: [of('e').id],
  });
  expect(line.length).toBeLessThan((text.split('\n')[0] ?? '').length + 100);
});

test('a damaged line and other paths are no records, and are said', () => {
  const text = `${recorded(['2026-11-01T00:00:00Z', first])}{"version":1,"time":"no"\n{"version":9}\n`;
  expect(readRecords(text, ['dags'])).toMatchObject({ broken: [2, 3], records: [{ time: '2026-11-01T00:00:00Z' }] });
  expect(readRecords(text, ['plugins']).records).toEqual([]);
});

test('what is new, moved back, worse, better, moved and gone since the last run', () => {
  const records = recordsOf(recorded(['2026-11-01T00:00:00Z', first]));
  const now = [of('a', { verdict: 'manual' }), of('b'), of('c'), of('d', { verdict: 'review' }), of('f', done)];
  const { since, points } = historyOf(now, records, { time: '2026-11-02T00:00:00Z', commit: null }) ?? {};
  expect(since).toEqual({
    time: '2026-11-01T00:00:00Z',
    commit: 'c0ffee',
    appeared: [of('d').id],
    relapsed: [of('c').id],
    worse: [of('a').id],
    better: [of('b').id],
    migrated: [of('f').id],
    gone: [of('e').id],
  });
  expect(points).toHaveLength(2);
  expect(historyOf(now, records, null)?.points).toHaveLength(1);
  expect(historyOf(now, [], null)).toBeNull();
});

describe('forecast', () => {
  const point = (time: string, safe: number) => ({ time, commit: null, ...countStates([]), safe });
  test('goes on as it went over at most four weeks', () => {
    const points = [
      point('2026-01-01T00:00:00Z', 500),
      point('2026-11-01T00:00:00Z', 30),
      point('2026-11-15T00:00:00Z', 20),
    ];
    expect(forecastOf(points)).toEqual({
      done: '2026-12-13',
      perWeek: 5,
      days: 14,
      sentence:
        '5 legacy tasks fewer a week over the last 14 days; if it goes on like this, the last of 20 is gone by 2026-12-13.',
    });
  });
  test.each([
    [[], 'Nothing was recorded yet.'],
    [[point('2026-11-01T00:00:00Z', 3)], 'it takes two recorded runs'],
    [[point('2026-11-01T00:00:00Z', 3), point('2026-11-02T00:00:00Z', 0)], 'No legacy task is left.'],
    [[point('2026-11-01T00:00:00Z', 3), point('2026-11-02T00:00:00Z', 3)], 'did not change'],
    [[point('2026-11-01T00:00:00Z', 3), point('2026-11-02T00:00:00Z', 5)], 'grew by 2'],
  ])('%# says what it can', (points, sentence) => {
    expect(forecastOf(points).sentence).toContain(sentence);
  });
});
