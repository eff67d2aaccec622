/** A report with one of everything that a rollout tells, made by the same functions as a real one. */
import type { Report, TaskEntry } from '../../src/model.ts';
import { groupsOf } from '../../src/rollout/groups.ts';
import { readRecords, recordLine } from '../../src/rollout/records.ts';
import { withRollout } from '../../src/rollout/rollout.ts';
import { planWaves } from '../../src/rollout/waves.ts';
import { fullReport } from './full-report.ts';
import { anyKind, finding, loss, report, task } from './sample.ts';

/** Ids as an attacker would write them: markup, an escape sequence, a mark of direction. */
const evil: readonly TaskEntry[] = [
  task({
    file: 'dags/evil.py',
    dagId: '<img src=x onerror=alert(1)>',
    taskId: 'clear\u001b[2Jscreen',
    connection: 'emr_phi',
    queue: null,
    verdict: 'review',
    findings: [finding({ code: 'no-route', file: 'dags/evil.py' })],
  }),
  task({
    file: 'dags/evil.py',
    line: 30,
    dagId: '=cmd|x',
    taskId: 'right\u202eleft',
    verdict: 'manual',
    findings: [finding({ code: 'splat-arguments', severity: 'error', file: 'dags/evil.py' })],
  }),
  task({
    file: 'dags/more.py',
    dagId: 'more',
    taskId: 'big',
    verdict: 'review',
    losses: [loss({ value: 'x'.repeat(10_000) })],
    findings: [finding({ code: 'field-lost' })],
  }),
];
const tasks = [...fullReport.tasks, ...evil].map(
  (one, index): TaskEntry => ({
    ...one,
    payload: one.payload === null ? null : { ...one.payload, path: `dags/document-${index}.yaml` },
  }),
);
const owners = new Map(
  tasks.map(({ id, dagId }, index) => [id, dagId === 'more' ? '@org/<team>' : `team-${index % 3}`]),
);
const slots = new Map(
  tasks.map(({ id, file, dagId }) => [
    id,
    {
      task: id,
      file,
      dag: dagId,
      pool: 'spark',
      instances: 1,
      before: 1,
      after: 0,
      schedule: '30 2 * * *',
      interval: 86_400,
      longest: 3_600,
      activeRuns: 1,
    },
  ]),
);
const size = { driver: { cores: 1, memory: 2048 }, executor: { cores: 2, memory: 4096 }, executors: 4, dynamic: false };
const user = { file: 'dags/pod.py', line: 7, column: 5, callee: 'KubernetesPodOperator' };
const waves = planWaves({ tasks, mentions: [], owners, intervals: new Map(), pins: {} });

/** Two recorded runs: the second without the tasks of `evil`. */
function history(): string {
  const line = (some: readonly TaskEntry[], time: string, before: string): string =>
    recordLine(
      { tasks: some, groups: groupsOf(some, owners, new Map()), time, commit: 'c0ffee1234567890', paths: ['dags'] },
      readRecords(before, ['dags']).records,
    );
  const legacy = fullReport.tasks.map((one) =>
    one.status === 'migrated' ? { ...one, status: 'legacy' as const } : one,
  );
  const first = line(legacy, '2026-11-04T09:00:00Z', '');
  return first + line(fullReport.tasks, '2026-11-18T09:00:00Z', first);
}

export const rolledOut: Report = withRollout(
  report({ ...fullReport, tasks }),
  {
    tasks,
    owners,
    waves,
    slots,
    sizes: new Map(tasks.slice(1).map(({ id }) => [id, size])),
    users: new Map([['emr_phi', [user]]]),
    operator: 'BPGOperator',
  },
  {
    kinds: anyKind,
    records: readRecords(history(), ['dags']).records,
    now: { time: '2026-11-25T09:00:00Z', commit: 'beef'.repeat(10) },
    runs: [{ dag: 'x', task: 'y', state: 'success', end: '2026-11-20T01:00:00.000Z', operator: 'BPGOperator' }],
  },
  false,
);
