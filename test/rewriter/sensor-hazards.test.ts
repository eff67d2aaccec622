/** What waiting changes at run time, sensors of other DAGs, and ids of sensors that the repository names. */
import { describe, expect, it } from 'vitest';
import type { TaskEntry } from '../../src/index.ts';
import { findMentions } from '../../src/rewriter/mentions.ts';
import { planFolder, withProject } from '../migration/project.ts';

const document = `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: score-job}
spec: {type: Python, image: "r/j:1", sparkVersion: "3.5", mainApplicationFile: "local:///j.py", driver: {cores: 1, coreLimit: "1", memory: 1g}, executor: {instances: 1, cores: 1, coreLimit: "1", memory: 1g}}
`;
const configuration =
  'version: 1\nsource: {provider: "7.6.0"}\ntarget: {profile: standalone}\nrouting: [{connection: "*", queue: poc}]\nqueues: {poc: {provides: all}}\n';
const imports = `from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
from airflow.providers.cncf.kubernetes.sensors.spark_kubernetes import SparkKubernetesSensor
`;
const operator = (more = ''): string =>
  `    t = SparkKubernetesOperator(task_id="t", application_file="job.yaml"${more})\n`;
const sensor = (more = ''): string =>
  `    s = SparkKubernetesSensor(task_id="s", application_name="{{ ti.xcom_pull(task_ids='t')['metadata']['name'] }}", timeout=3600${more})\n    t >> s\n`;

async function taskOf(body: string, files: Readonly<Record<string, string>> = {}): Promise<TaskEntry> {
  const all = {
    'dags/a.py': `${imports}\nwith DAG("d"):\n${body}`,
    'dags/job.yaml': document,
    'bpg-migrate.yaml': configuration,
    ...files,
  };
  return withProject(all, async (folder) => {
    const { report } = await planFolder(folder);
    const task = report.tasks.find(({ taskId }) => taskId === 't');
    if (task === undefined) throw new Error('no task');
    return task;
  });
}
const codes = ({ findings }: TaskEntry): string[] => findings.map(({ code }) => code);

describe('limits that hold longer', () => {
  it.each<[string, string, string | null]>([
    [', max_active_tis_per_dag=1', sensor(), 'limit-holds-longer'],
    [', task_concurrency=2', sensor(), 'limit-holds-longer'],
    [', max_active_tis_per_dag=None', sensor(), null],
    [', pool="spark"', sensor(), 'pool-holds-longer'],
    [', pool="default_pool"', sensor(), null],
    [', max_active_tis_per_dag=1, watch=True', '', null],
  ])('%s', async (call, after, code) => {
    const found = codes(await taskOf(operator(call) + after)).filter((one) => one.endsWith('holds-longer'));
    expect(found).toEqual(code === null ? [] : [code]);
  });
});

describe('a sensor of another DAG', () => {
  const other = (name: string): string =>
    `${imports}\nwith DAG("e"):\n    w = SparkKubernetesSensor(task_id="w", application_name="${name}")\n`;

  it('that waits for the job by its name is told with its place', async () => {
    const task = await taskOf(operator() + sensor(), { 'dags/b.py': other('score-job') });
    const told = task.findings.find(({ code }) => code === 'watched-elsewhere');
    expect(told?.message).toContain('dags/b.py:6');
    expect(task.verdict).toBe('review');
  });
  it('that waits for another job is not', async () => {
    expect(codes(await taskOf(operator() + sensor(), { 'dags/b.py': other('other-job') }))).not.toContain(
      'watched-elsewhere',
    );
  });
});

it('says what a trigger rule means on an empty task', async () => {
  const task = await taskOf(operator() + sensor(', trigger_rule="all_done"'));
  expect(codes(task)).toContain('sensor-rule');
  expect(codes(await taskOf(operator() + sensor(', trigger_rule="all_success"')))).not.toContain('sensor-rule');
});

describe('mentions in the repository', () => {
  const mentions = (path: string, text: string) =>
    findMentions(
      () => ({ dags: new Set(['d']), tasks: new Set(['g.s']) }),
      () => [{ path, text }],
    ).of('d', 'g.s', 'dags/a.py');

  it.each([
    ['tests/test_dag.py', 'dag = bag.get_dag("d")\nassert dag.get_task(task_id="g.s")\n', 2],
    ['dags/b.py', 'ExternalTaskMarker(task_id="m", external_dag_id="d", external_task_id="g.s")\n', 1],
    ['dags/b.py', 'TriggerDagRunOperator(task_id="r", trigger_dag_id="d", conf={"clear": ["g.s"]})\n', 1],
    ['alerts.yaml', 'dag: d\ntasks:\n  - g.s\n', 3],
    ['alerts.yaml', '- "d/g.s"\n', 1],
    ['alerts.json', '{"d": {"watch": "g.s"}}', 1],
  ])('%s: %#', (path, text, line) => {
    expect(mentions(path, text)).toEqual([{ file: path, line }]);
  });
  it.each([
    ['the same id of another DAG', 'alerts.yaml', 'dag: e\ntasks: [g.s]\n'],
    ['a longer id', 'alerts.yaml', 'dag: d\ntasks: [g.second]\n'],
    ['a task that has the id itself', 'dags/b.py', 'DAG("d")\nBashOperator(task_id="g.s")\n'],
    ['what this program writes', 'report.json', '{"tool": "bpg-migrate", "dag": "d", "task": "g.s"}'],
    ['the file itself', 'dags/a.py', 'x = "d", "g.s"'],
  ])('not %s', (_, path, text) => {
    expect(mentions(path, text)).toEqual([]);
  });
});
