import { describe, expect, test } from 'vitest';
import type { ConnectionEntry, RequestSize, SlotUse, TaskEntry } from '../../src/model.ts';
import { blockersIn } from '../../src/rollout/blockers.ts';
import { capacityOf } from '../../src/rollout/capacity.ts';
import { effortOf } from '../../src/rollout/effort.ts';
import { retirementsOf } from '../../src/rollout/retirements.ts';
import { reportOnly, withRollout } from '../../src/rollout/rollout.ts';
import { hoursOf } from '../../src/rollout/schedule-hours.ts';
import { planWaves } from '../../src/rollout/waves.ts';
import { finding, loss, report, task } from '../report/sample.ts';

const of = (taskId: string, part: Partial<TaskEntry> = {}): TaskEntry => task({ taskId, ...part });

test('blockers: what frees most first, each by what it is about', () => {
  const unmapped = {
    connection: 'x',
    queue: null,
    verdict: 'review' as const,
    findings: [finding({ code: 'no-route' })],
  };
  const tasks = [
    of('a', unmapped),
    of('b', { ...unmapped, dagId: 'other' }),
    of('c', { ...unmapped, findings: [finding({ code: 'no-route' }), finding({ code: 'xcom-reader' })] }),
    of('d', {
      verdict: 'review',
      losses: [loss(), loss({ path: 'x', accepted: 'yes' })],
      findings: [finding({ code: 'field-lost' })],
    }),
    of('e', { findings: [finding({ code: 'gateway-decides', severity: 'info' })] }),
    of('f', { status: 'ignored', findings: [finding({ code: 'no-route' })] }),
  ];
  expect(
    blockersIn(tasks).map(({ action, tasks: held, frees, dags }) => [action, held.length, frees.length, dags]),
  ).toEqual([
    ['map connection x to a queue', 3, 2, 2],
    ['supply or accept the loss of driver.tolerations on queue poc', 1, 1, 1],
    [expect.stringContaining('reads what BPGOperator does not push'), 1, 0, 1],
  ]);
});

describe('connections', () => {
  const entry: ConnectionEntry = {
    name: 'emr_phi',
    kind: 'kubernetes_conn_id',
    legacy: 0,
    migrated: 1,
    otherUsers: 0,
    queues: [],
    retirable: true,
  };
  const moved = of('m', { status: 'migrated', verdict: null });
  const asked = { connections: [entry], owners: new Map([[of('a').id, 'team']]), users: new Map(), runs: null };
  const runs = { proven: 1, failed: 0, lastFailed: null, lastProven: '2026-11-02', lastOld: '2026-11-01', unclear: 0 };

  test('nobody uses it: ready; runs have to agree where they are given', () => {
    expect(retirementsOf({ ...asked, tasks: [moved] })).toMatchObject([{ ready: true, migrated: 1 }]);
    const proven = retirementsOf({ ...asked, tasks: [moved], runs: new Map([[moved.id, runs]]) });
    expect(proven).toMatchObject([
      { ready: true, because: [expect.stringContaining('nothing else'), expect.stringContaining('runs prove it')] },
    ]);
    const never = retirementsOf({ ...asked, tasks: [moved], runs: new Map() });
    expect(never).toMatchObject([
      { ready: false, because: [expect.any(String), '1 of 1 migrated task have no successful run on the gateway yet'] },
    ]);
    const old = retirementsOf({
      ...asked,
      tasks: [moved],
      runs: new Map([[moved.id, { ...runs, lastOld: '2026-11-03' }]]),
    });
    expect(old).toMatchObject([{ ready: false }]);
  });

  test('a task with its owner, another operator, an ignored task and one that may use it each keep it', () => {
    const user = { file: 'dags/pod.py', line: 3, column: 1, callee: 'KubernetesPodOperator' };
    const tasks = [of('a'), of('i', { status: 'ignored' }), of('u', { connection: null })];
    const [kept] = retirementsOf({ ...asked, tasks, users: new Map([['emr_phi', [user]]]) });
    expect(kept).toMatchObject({
      ready: false,
      left: [{ task: of('a').id, owner: 'team', place: { line: 12 } }, { owner: null }],
      others: [user],
      because: [
        '2 Spark tasks still use it (1 ignored)',
        "1 other place in the project's Python uses it",
        '1 Spark task may use it: their connection is not known',
      ],
    });
  });
});

test('capacity: driver and executors of a wave and queue, by hour where a schedule tells one', () => {
  const size: RequestSize = {
    driver: { cores: 1, memory: 1024 },
    executor: { cores: 2, memory: 4096 },
    executors: 3,
    dynamic: false,
  };
  const slot: SlotUse = {
    task: 'a',
    file: 'f',
    dag: 'd',
    pool: null,
    instances: 1,
    before: 1,
    after: 1,
    schedule: '30 2,14 * * *',
    interval: 43_200,
    longest: 3_600,
    activeRuns: 1,
  };
  const tasks = [of('a', { id: 'a' }), of('b', { id: 'b', multiplicity: 2 }), of('c', { id: 'c' })];
  const waves = new Map([
    ['a', 1],
    ['b', 1],
    ['c', 1],
  ]);
  const sizes = new Map([
    ['a', size],
    ['b', size],
    ['c', { ...size, executors: null }],
  ]);
  const [sum] = capacityOf({ tasks, waves, sizes, slots: new Map([['a', slot]]) });
  expect(sum).toMatchObject({ wave: 1, queue: 'poc', tasks: 3, unknown: 1, cores: 21, memory: 39_936, executors: 9 });
  expect(sum?.slots).toEqual({ before: 1, after: 1, atMost: 1 });
  expect(sum?.hours?.flatMap((cores, hour) => (cores > 0 ? [[hour, cores]] : []))).toEqual([
    [2, 7],
    [14, 7],
  ]);
});

test.each([
  ['@daily', [0]],
  ['0 */6 * * *', [0, 6, 12, 18]],
  ['15 8-10,20 * * 1-5', [8, 9, 10, 20]],
  ['timedelta(hours=1)', null],
  ['0 L * * *', null],
  [null, null],
])('hours of %s', (schedule, hours) => {
  expect(hoursOf(schedule)).toEqual(hours);
});

test('effort counts by published rules', () => {
  const tasks = [
    of('a'),
    of('b', { verdict: 'review', losses: [loss()] }),
    of('c', { verdict: 'manual' }),
    of('d', { status: 'migrated', verdict: null }),
  ];
  const { minutes, rules } = effortOf(tasks);
  expect(minutes).toBe(5 + 30 + 120);
  expect(rules.map((rule) => rule.minutes)).toEqual([5, 20, 10, 120]);
});

test('the report with its rollout keeps its changes lazy, and one of some tasks counts only these', () => {
  const tasks = [of('a', { change: 'c' }), of('b', { verdict: 'review', connection: 'y' })];
  let asked = 0;
  const lazy = Object.defineProperty({ ...report({ tasks }) }, 'changes', {
    get: () => {
      asked += 1;
      return [];
    },
  });
  const owners = new Map([[of('a').id, 'x']]);
  const waves = planWaves({ tasks, mentions: [], owners, intervals: new Map(), pins: {} });
  const estate = {
    tasks,
    owners,
    waves,
    slots: new Map(),
    sizes: new Map(),
    users: new Map(),
    operator: 'BPGOperator',
  };
  const options = { records: [], now: null, runs: null };
  const whole = withRollout(lazy, estate, options, false);
  expect(asked).toBe(0);
  expect(whole.rollout?.tasks.map(({ owner, wave }) => [owner, wave])).toEqual([
    ['x', 1],
    [null, 1],
  ]);
  const some = withRollout(
    reportOnly(whole, ({ connection }) => connection === 'y'),
    estate,
    options,
    true,
  );
  expect(some.summary).toMatchObject({ tasks: 1, legacy: 1, review: 1, safe: 0 });
  expect(some.rollout?.waves).toMatchObject([{ counts: { review: 1, safe: 0 }, dags: [{ tasks: [of('b').id] }] }]);
  expect(some.rollout).toMatchObject({ history: null, runs: null });
});
