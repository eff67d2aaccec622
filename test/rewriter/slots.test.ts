import { describe, expect, it } from 'vitest';
import type { SlotUse } from '../../src/model.ts';
import { planFolder, withProject } from '../migration/project.ts';

const document = `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: job}
spec: {type: Python, image: i, sparkVersion: "3.5", mainApplicationFile: local:///a.py, driver: {cores: 1}, executor: {cores: 1}}
`;

/** The slots of the tasks of one DAG file, by task id. */
async function slotsOf(dag: string, body: string, settings: string): Promise<ReadonlyMap<string, SlotUse>> {
  const file = `from datetime import timedelta
from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
from airflow.providers.cncf.kubernetes.sensors.spark_kubernetes import SparkKubernetesSensor

with DAG("d"${dag}):
${body}`;
  const files = { 'dags/d.py': file, 'dags/job.yaml': document, 'bpg-migrate.yaml': `version: 1\n${settings}` };
  return withProject(files, async (folder) => {
    const { slots } = await planFolder(folder);
    return new Map([...slots.values()].map((use) => [use.task.replace('dags/d.py#d.', ''), use]));
  });
}
const operator = (id: string, more = ''): string =>
  `    ${id} = SparkKubernetesOperator(task_id="${id}", application_file="job.yaml"${more})\n`;
const sensor = (of: string, more = ''): string =>
  `    SparkKubernetesSensor(task_id="watch_${of}", application_name="{{ ti.xcom_pull(task_ids='${of}')['metadata']['name'] }}"${more})\n`;
const submits = 'source: {provider: "7.6.0"}\n';
const waits = 'source: {provider: "10.5.0"}\n';
const standalone = 'target: {profile: standalone}\n';

describe('slots today', () => {
  it('are those of the sensors where the operator only submits', async () => {
    const body = [
      operator('alone'),
      operator('poked') + sensor('poked'),
      operator('freed') + sensor('freed', ', mode="reschedule"'),
      operator('either') + sensor('either', ', mode=MODE'),
    ];
    const slots = await slotsOf('', body.join(''), submits);
    const held = Object.fromEntries([...slots].map(([id, { before, after }]) => [id, [before, after]]));
    expect(held).toEqual({ alone: [0, 1], poked: [1, 1], freed: [0, 1], either: [null, 1] });
  });

  it('are its own where it waits, none where it is deferred', async () => {
    const body = operator('held', ', pool_slots=2') + operator('deferred', ', deferrable=True');
    const slots = await slotsOf('', body, waits);
    expect([slots.get('held')?.before, slots.get('held')?.after]).toEqual([2, 2]);
    expect([slots.get('deferred')?.before, slots.get('deferred')?.after]).toEqual([0, 1]);
  });

  it('are not known where the provider is not', async () => {
    expect((await slotsOf('', operator('a'), '')).get('a')?.before).toBeNull();
  });
});

describe('slots once migrated', () => {
  it('are none for what waits in the triggerer', async () => {
    const body = operator('a') + sensor('a', ', mode="reschedule"') + operator('b') + sensor('b');
    const slots = await slotsOf('', body, submits + standalone);
    expect([slots.get('a')?.after, slots.get('b')?.after]).toEqual([0, 1]);
    expect((await slotsOf('', operator('a', ', deferrable=True'), waits + standalone)).get('a')?.after).toBe(0);
  });
});

describe('pool, schedule and time', () => {
  it('are as the DAG and its defaults have them', async () => {
    const dag = ', schedule="*/20 6-8 * * 1-5", max_active_runs=2, default_args={"pool": "spark"}';
    const slots = await slotsOf(dag, operator('a', ', execution_timeout=timedelta(hours=2)'), waits);
    expect(slots.get('a')).toMatchObject({
      dag: 'd',
      file: 'dags/d.py',
      pool: 'spark',
      instances: 1,
      schedule: '*/20 6-8 * * 1-5',
      interval: 1200,
      longest: 7140,
      activeRuns: 2,
    });
  });

  it.each([
    ['schedule="@hourly"', 3600],
    ['schedule_interval=timedelta(minutes=30)', 1800],
    ['schedule="15 3,9 * * *"', 21_600],
    ['schedule="0 0 1 * *"', 86_400],
    ['schedule="0 0 * *"', null],
    ['schedule="0 L * * *"', null],
    ['schedule="@continuous"', null],
    ['schedule=[dataset]', null],
    ['schedule=None', null],
    ['timetable=Own()', null],
  ])('%s', async (schedule, interval) => {
    const slots = await slotsOf(`, ${schedule}`, operator('a'), waits);
    expect(slots.get('a')?.interval).toBe(interval);
  });

  it('leaves out what is ignored', async () => {
    expect((await slotsOf('', operator('a', ') # bpg-migrate: ignore[later]').slice(0, -2), waits)).size).toBe(0);
  });
});
