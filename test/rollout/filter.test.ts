import { describe, expect, it } from 'vitest';
import type { Decisions } from '../../src/rollout/decisions.ts';
import { matchesFilter, parseFilter } from '../../src/rollout/filter.ts';
import { candidate } from './candidates.ts';

const finding = {
  code: 'retry-resubmits',
  severity: 'warning' as const,
  message: 'retries is 2',
  file: 'dags/sales/daily.py',
  line: 1,
  column: 1,
};
const candidates = [
  candidate('load', { owner: 'sales', file: 'dags/sales/daily.py', dagId: 'daily', findings: [finding] }),
  candidate('score', { owner: 'data science', verdict: 'review', connection: 'emr_phi', queue: null }),
  candidate('clean', { owner: null, verdict: 'manual', change: null, connection: null }),
];
const decisions: Decisions = new Map([
  [candidates[0]?.entry.id ?? '', { change: 'change-of-load', verdict: 'safe', decision: 'accepted' }],
  [candidates[1]?.entry.id ?? '', { change: 'an earlier one', verdict: 'review', decision: 'rejected' }],
]);

function matched(text: string): string[] {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return candidates
    .filter((one) => matchesFilter(parsed.filter, one, decisions))
    .map(({ entry }) => entry.taskId ?? '');
}

describe('a filter', () => {
  it.each([
    ['', ['load', 'score', 'clean']],
    ['verdict:safe', ['load']],
    ['verdict:safe verdict:manual', ['load', 'clean']],
    ['verdict:safe connection:emr_phi', []],
    ['-verdict:manual', ['load', 'score']],
    ['owner:sales', ['load']],
    ['owner:"data science"', ['score']],
    ['owner:?', ['clean']],
    ['connection:emr_*', ['score']],
    ['code:retry-*', ['load']],
    ['path:dags/sales', ['load']],
    ['path:dags/sales/', ['load']],
    ['path:dags/*', ['load', 'score', 'clean']],
    ['path:sales', []],
    ['dag:daily', ['load']],
    ['task:s?ore', ['score']],
    ['decision:accepted', ['load']],
    ['decision:undecided', ['score', 'clean']],
    ['decision:changed', ['score']],
    ['RETRIES', ['load']],
    ['retries -score', ['load']],
    ['"retries is"', ['load']],
    ['dags/dag.py#', ['score', 'clean']],
  ])('%j takes %j', (text, names) => {
    expect(matched(text)).toEqual(names);
  });

  it.each([
    ['verdict:save', 'takes safe, review, manual'],
    ['verdcit:safe', 'there is no `verdcit:`'],
    ['owner:', 'needs a value'],
  ])('%j is refused with what there is', (text, reason) => {
    expect(parseFilter(text)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });
});
