/** What people choose for single tasks: sensor, queue, timeout; and what the configuration says by DAG. */
import { describe, expect, it } from 'vitest';
import { type Alternatives, loadOptions, type ProjectPlan, planProject, type TaskEntry } from '../../src/index.ts';
import { withProject } from '../migration/project.ts';

const document = `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: job}
spec: {type: Python, image: "r/j:1", sparkVersion: "3.5", mainApplicationFile: "local:///j.py", driver: {cores: 1, coreLimit: "1", memory: 1g}, executor: {instances: 1, cores: 1, coreLimit: "1", memory: 1g}}
`;
const dag = `from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
from airflow.providers.cncf.kubernetes.sensors.spark_kubernetes import SparkKubernetesSensor

with DAG("d"):
    submit = SparkKubernetesOperator(task_id="submit", application_file="job.yaml")
    monitor = SparkKubernetesSensor(task_id="monitor", application_name="{{ ti.xcom_pull(task_ids='submit')['metadata']['name'] }}", timeout=3600)
    submit >> monitor
    other = SparkKubernetesOperator(task_id="other", application_file="job.yaml")
`;
const configuration = `version: 1
source: {provider: "7.6.0"}
target: {profile: standalone}
routing: [{connection: "*", queue: poc, labels: {team: poc}}, {connection: kubernetes_default, queue: night, labels: {team: night}}]
isolation: [{match: {dag: "d"}, queues: [poc, night, day]}]
queues: {poc: {provides: all, maxRunning: 2h}, night: {provides: all}, day: {provides: all}, phi: {provides: all}}
`;

interface Result {
  readonly plan: ProjectPlan;
  readonly task: TaskEntry;
  readonly files: Readonly<Record<string, string>>;
}

async function planned(alternatives: Readonly<Record<string, Alternatives>>, more = '', text = dag): Promise<Result> {
  const files = { 'dags/a.py': text, 'dags/job.yaml': document, 'bpg-migrate.yaml': configuration + more };
  return withProject(files, async (folder) => {
    const loaded = loadOptions({ cwd: folder });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const selection = { dags: [], tasks: [], connections: [], verdicts: [] };
    const plan = await planProject(loaded.options, {
      paths: [],
      selection,
      alternatives: new Map(Object.entries(alternatives)),
    });
    const task = plan.report.tasks.find(({ taskId }) => taskId === 'submit');
    if (task === undefined) throw new Error('no task');
    const made = plan.materialize(new Set(plan.changes.map(({ id }) => id)));
    expect(made.withdrawn).toEqual([]);
    return { plan, task, files: Object.fromEntries(made.files.map(({ path, after }) => [path, after])) };
  });
}
const id = 'dags/a.py#d.submit';
const codes = ({ findings }: TaskEntry): string[] => findings.map(({ code }) => code);

describe('alternatives of a task', () => {
  it('change nothing where there are none, or for a task that is not there', async () => {
    const [none, unknown] = [await planned({}), await planned({ 'dags/a.py#d.gone': { queue: 'night' } })];
    expect(unknown.files).toEqual(none.files);
    expect(unknown.plan.report.tasks).toEqual(none.plan.report.tasks);
  });

  it('keep an empty task where it is asked for', async () => {
    const [usual, made] = [await planned({}), await planned({ [id]: { sensor: 'placeholder' } })];
    expect(made.files['dags/a.py']).toContain('monitor = EmptyOperator(task_id="monitor")');
    expect(codes(made.task)).toContain('sensor-emptied');
    expect(made.task.change).not.toBe(usual.task.change);
    expect(made.plan.report.sensors[0]?.outcome).toBe('placeholder');
  });

  it('remove a sensor that the configuration keeps', async () => {
    const kept = await planned({}, 'sensors: keep\n');
    expect(kept.task.verdict).toBe('manual');
    const made = await planned({ [id]: { sensor: 'remove' } }, 'sensors: keep\n');
    expect(made.plan.report.sensors[0]?.outcome).toBe('removed');
    expect(made.files['dags/a.py']).not.toContain('monitor');
  });

  it('send one task to another queue, with the labels of a route to it', async () => {
    const made = await planned({ [id]: { queue: 'night' } });
    expect(made.task.queue).toBe('night');
    expect(codes(made.task)).toContain('queue-decided');
    const request = Object.values(made.files).find((text) => text.includes('queue: night'));
    expect(request).toContain('team: "night"');
    expect(made.plan.report.tasks.find(({ taskId }) => taskId === 'other')?.queue).toBe('poc');
  });

  it('take no labels of another route along', async () => {
    const made = await planned({ [id]: { queue: 'day' } });
    const request = Object.values(made.files).find((text) => text.includes('queue: day'));
    expect(request).toBeDefined();
    expect(request).not.toContain('team:');
  });

  it('do not break an isolation rule', async () => {
    const made = await planned({ [id]: { queue: 'phi' } });
    expect(made.task.verdict).toBe('manual');
    expect(codes(made.task)).toContain('isolation-broken');
    expect(made.plan.isolationBroken).toBe(true);
    expect(made.task.change).toBeNull();
  });

  it('replace the time limit, within that of the queue', async () => {
    const made = await planned({ [id]: { timeout: 900 } });
    expect(made.files['dags/a.py']).toContain('application_timeout=900');
    expect(codes(made.task)).toContain('timeout-decided');
    const long = await planned({ [id]: { timeout: 9000 } });
    expect(long.files['dags/a.py']).toContain('application_timeout=7200');
    expect(codes(long.task)).toContain('timeout-cut');
  });
});

describe('sensors by DAG', () => {
  it.each([
    ['sensors: {dags: {d: placeholder}}\n', 'placeholder'],
    ['sensors: {default: keep, dags: {"d*": remove}}\n', 'removed'],
    ['sensors: {default: placeholder, dags: {other: remove}}\n', 'placeholder'],
    ['sensors: {default: remove, dags: {d: keep}}\n', 'manual'],
  ])('%s', async (sensors, outcome) => {
    const { plan } = await planned({}, sensors);
    expect(plan.report.sensors[0]?.outcome).toBe(outcome);
  });

  it('is careful where the DAG is not known', async () => {
    const text = dag.replace('DAG("d")', 'DAG(name())');
    const { plan } = await planned({}, 'sensors: {dags: {phi: placeholder}}\n', text);
    expect(plan.report.sensors[0]?.outcome).toBe('placeholder');
  });
});
