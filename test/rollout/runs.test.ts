import { describe, expect, test } from 'vitest';
import { readRuns } from '../../src/rollout/run-files.ts';
import { runsByTask, runsEntry } from '../../src/rollout/runs.ts';
import { task } from '../report/sample.ts';

const moved = task({ status: 'migrated', verdict: null });
const json = JSON.stringify({
  task_instances: [
    {
      dag_id: 'spark_pi',
      task_id: 'submit',
      state: 'success',
      end_date: '2026-11-01T02:00:00+00:00',
      operator: 'SparkKubernetesOperator',
    },
    {
      dag_id: 'spark_pi',
      task_id: 'submit',
      state: 'success',
      end_date: '2026-11-02T02:00:00+00:00',
      operator: 'BPGOperator',
    },
    {
      dag_id: 'spark_pi',
      task_id: 'submit',
      state: 'success',
      end_date: '2026-11-03T02:00:00Z',
      operator: 'BPGOperator',
    },
    {
      dag_id: 'spark_pi',
      task_id: 'submit',
      state: 'failed',
      end_date: '2026-11-04T02:00:00Z',
      operator: 'BPGOperator',
    },
    { dag_id: 'spark_pi', task_id: 'submit', state: 'running', end_date: null, operator: 'BPGOperator' },
    { dag_id: 'spark_pi', task_id: 'submit', state: 'success', end_date: '2026-11-05T02:00:00Z' },
    { dag_id: 'other', task_id: 'submit', state: 'success', end_date: '2026-11-06T02:00:00Z', operator: 'BPGOperator' },
  ],
});
const csv =
  'dag_id,task_id,state,end_date,operator\r\n' +
  'spark_pi,submit,success,2026-11-01 02:00:00+00:00,SparkKubernetesOperator\r\n' +
  'spark_pi,submit,success,2026-11-02T02:00:00Z,BPGOperator\r\n' +
  '"spark_pi","submit",success,2026-11-03T02:00:00Z,BPGOperator\r\n' +
  'spark_pi,submit,failed,2026-11-04T02:00:00Z,BPGOperator\r\n' +
  'spark_pi,submit,running,None,BPGOperator\r\n' +
  'spark_pi,submit,success,2026-11-05T02:00:00Z,\r\n' +
  '"oth""er, one",submit,success,2026-11-06T02:00:00Z,BPGOperator\r\n';

test.each([
  ['JSON of the REST API', json],
  ['a list alone', JSON.stringify(JSON.parse(json).task_instances)],
  ['CSV with quotes', csv],
])('%s: what ran on the gateway counts, what named no operator is unclear', (_, text) => {
  const read = readRuns(text);
  const runs = read.ok ? read.runs : [];
  expect(runs).toHaveLength(7);
  const byTask = runsByTask([moved, task()], runs, 'BPGOperator');
  expect([...byTask]).toEqual([
    [
      moved.id,
      {
        proven: 2,
        failed: 1,
        lastFailed: '2026-11-04T02:00:00.000Z',
        lastProven: '2026-11-03T02:00:00.000Z',
        lastOld: '2026-11-01T02:00:00.000Z',
        unclear: 1,
      },
    ],
  ]);
  expect(runsEntry(byTask, runs.length)).toEqual({ runs: 7, proven: 1, unproven: 0, failing: 1 });
});

describe('what is no export', () => {
  test.each([
    ['', 'it is empty'],
    ['{"x": 1}', 'it has no list `task_instances`'],
    ['{nothing', 'it is no JSON'],
    ['[{"dag_id": "a"}]', 'entry 1 has no dag_id or no task_id'],
    ['dag_id,state\na,success', 'its first line names no column task_id'],
    ['dag_id,task_id,state,end_date\na,b,success,yesterday', 'row 2 has an end_date that is no time: yesterday'],
  ])('%j: %s', (text, reason) => {
    expect(readRuns(text)).toEqual({ ok: false, reason });
  });
});
