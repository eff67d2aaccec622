/** The order of tasks around a change, as data. */
import { describe, expect, it } from 'vitest';
import type { ChangeGraph, TaskGraph } from '../../src/index.ts';
import { planFolder, withProject } from '../migration/project.ts';

const document = `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: job}
spec: {type: Python, image: "r/j:1", sparkVersion: "3.5", mainApplicationFile: "local:///j.py", driver: {cores: 1, coreLimit: "1", memory: 1g}, executor: {instances: 1, cores: 1, coreLimit: "1", memory: 1g}}
`;
const configuration =
  'version: 1\nsource: {provider: "7.6.0"}\ntarget: {profile: standalone}\nrouting: [{connection: "*", queue: poc}]\nqueues: {poc: {provides: all}}\n';
const head = `from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.utils.task_group import TaskGroup
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
from airflow.providers.cncf.kubernetes.sensors.spark_kubernetes import SparkKubernetesSensor

with DAG("d"):
`;
const submit = '    submit = SparkKubernetesOperator(task_id="submit", application_file="job.yaml")\n';
const monitor =
  "    monitor = SparkKubernetesSensor(task_id=\"monitor\", application_name=\"{{ ti.xcom_pull(task_ids='submit')['metadata']['name'] }}\", timeout=3600)\n";
const others =
  '    prepare = EmptyOperator(task_id="prepare")\n    publish = EmptyOperator(task_id="publish", trigger_rule="all_done")\n';

async function graphIn(body: string, more = ''): Promise<ChangeGraph> {
  const files = { 'dags/a.py': head + body, 'dags/job.yaml': document, 'bpg-migrate.yaml': configuration + more };
  return withProject(files, async (folder) => {
    const plan = await planFolder(folder);
    const [change] = plan.changes;
    const graph = change === undefined ? null : plan.graph(change.id);
    if (graph === null) throw new Error(JSON.stringify(plan.report.tasks));
    expect(plan.report.changes[0]?.graph).toEqual(graph);
    return graph;
  });
}

const shown = ({ nodes, edges }: TaskGraph): string[] => {
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  return edges.map(([from, to]) => `${labels.get(from)} >> ${labels.get(to)}`).sort();
};
const known = (graph: ChangeGraph): Exclude<ChangeGraph, { unknown: string }> => {
  if ('unknown' in graph) throw new Error(graph.unknown);
  return graph;
};

describe('the graph of a change', () => {
  it('shows both sides of a removed sensor', async () => {
    const graph = known(await graphIn(`${submit + monitor + others}    prepare >> submit >> monitor >> publish\n`));
    expect(shown(graph.before)).toEqual(['monitor >> publish', 'prepare >> submit', 'submit >> monitor']);
    expect(shown(graph.after)).toEqual(['prepare >> submit', 'submit >> publish']);
    expect(graph.before.nodes).toEqual([
      { id: 'n1', label: 'submit', kind: 'moved', triggerRule: null, group: null },
      { id: 'n2', label: 'monitor', kind: 'sensor', triggerRule: null, group: null },
      { id: 'n3', label: 'prepare', kind: 'task', triggerRule: null, group: null },
      { id: 'n4', label: 'publish', kind: 'task', triggerRule: 'all_done', group: null },
    ]);
    expect(graph.removed).toEqual(['n2']);
  });

  it('keeps an empty task in its place', async () => {
    const graph = known(await graphIn(`${submit + monitor}    submit >> monitor\n`, 'sensors: placeholder\n'));
    expect(graph.after.nodes.map(({ kind }) => kind)).toEqual(['moved', 'placeholder']);
    expect(shown(graph.after)).toEqual(shown(graph.before));
    expect(graph.removed).toEqual([]);
  });

  it('is the same on both sides of a task without a sensor', async () => {
    const graph = known(await graphIn(`${submit + others}    prepare >> submit\n`));
    expect(graph.after).toEqual(graph.before);
  });

  it('names the group, and the id within it', async () => {
    const body = `    with TaskGroup("g"):\n${submit.replace(/^/, '    ')}    prepare = EmptyOperator(task_id="prepare")\n    prepare >> submit\n`;
    const graph = known(await graphIn(body));
    expect(graph.before.nodes.map(({ label, group }) => [label, group])).toEqual([
      ['g.submit', 'g'],
      ['prepare', null],
    ]);
  });

  it('knows a call without a variable and without edges', async () => {
    const graph = known(await graphIn(submit.replace('submit = ', '')));
    expect(graph.before.nodes.map(({ label }) => label)).toEqual(['submit']);
  });

  it('draws no more neighbours than there is room for', async () => {
    const many = Array.from({ length: 40 }, (_, index) => `    t${index} = EmptyOperator(task_id="t${index}")\n`).join(
      '',
    );
    const list = Array.from({ length: 40 }, (_, index) => `t${index}`).join(', ');
    const graph = known(await graphIn(`${submit + many}    submit >> [${list}]\n`));
    expect(graph.before.nodes).toHaveLength(24);
    expect(graph.hidden).toBe(17);
  });

  it.each([
    [
      'a task that a list holds',
      '    for one in [submit]:\n        one >> EmptyOperator(task_id="x")\n',
      'submit is used at line',
    ],
    ['a task in a dict', '', 'the task is part of tasks["a"] ='],
  ])('does not pretend to know %s', async (_, more, because) => {
    const body = because.includes('tasks') ? submit.replace('submit =', 'tasks = {}\n    tasks["a"] =') : submit;
    const graph = await graphIn(body + more);
    expect('unknown' in graph ? graph.unknown : graph).toContain(because);
  });
});
