/** Every reason why a sensor stays is raised by a form of Python, as the table says. */
import { describe, expect, it } from 'vitest';
import { type ObstacleName, obstacles } from '../../src/rewriter/obstacles.ts';
import { planFolder, withProject } from '../migration/project.ts';

const document = `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: job}
spec: {type: Python, image: "r/j:1", sparkVersion: "3.5", mainApplicationFile: "local:///j.py", driver: {cores: 1, coreLimit: "1", memory: 1g}, executor: {instances: 1, cores: 1, coreLimit: "1", memory: 1g}}
`;
const configuration =
  'version: 1\nsource: {provider: "7.6.0"}\ntarget: {profile: standalone}\nrouting: [{connection: "*", queue: poc}]\nqueues: {poc: {provides: all}}\n';
const imports = `from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.utils.edgemodifier import Label
from airflow.utils.task_group import TaskGroup
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
from airflow.providers.cncf.kubernetes.sensors.spark_kubernetes import SparkKubernetesSensor

`;
const t = 't = SparkKubernetesOperator(task_id="t", application_file="job.yaml")\n';
const call = (more = '', id = '"s"', watched = 't'): string =>
  `SparkKubernetesSensor(task_id=${id}, application_name="{{ ti.xcom_pull(task_ids='${watched}')['metadata']['name'] }}"${more})`;
const s = `s = ${call()}\n`;
const x = 'x = EmptyOperator(task_id="x")\n';
const y = 'y = EmptyOperator(task_id="y")\n';

/** A body of a DAG for each. */
const forms: Readonly<Record<ObstacleName, string>> = {
  'own-rule': `${t}s = ${call(', trigger_rule="all_done"')}\nt >> s\n`,
  'id-unknown': `${t}s = ${call('', 'name()')}\nt >> s\n`,
  referenced: `${t}${s}t >> s\nEmptyOperator(task_id="r", doc="s")\n`,
  imported: `${t}${s}t >> s\n`,
  'one-done': `${t}${s}z = EmptyOperator(task_id="z", trigger_rule="one_done")\nt >> s >> z\n`,
  'other-region': `${t}if wait:\n    ${s}    t >> s\n`,
  label: `${t}${s}${x}t >> Label("a") >> s >> Label("b") >> x\n`,
  inexact: `${t}u = SparkKubernetesOperator(task_id="u", application_file="job.yaml")\n${s}${x}${y}[t, u] >> s >> [x, y]\n`,
  'other-meaning': `${t}${s}${x}t >> s\nt = EmptyOperator(task_id="w")\ns >> x\n`,
  'larger-statement': `${t}s = [${call()}]\n`,
  'shared-line': `${t}s = ${call()}; t >> s\n`,
  'kept-elsewhere': `${t}waits = {}\nwaits["s"] = ${call()}\nt >> waits["s"]\n`,
  deleted: `${t}${s}t >> s\ndel s\n`,
  'bound-again': `${t}${s}if again:\n    s = EmptyOperator(task_id="w")\n${x}s >> x\n`,
  'used-otherwise': `${t}${s}t >> s\nregister(s)\n`,
  'task-not-before': `${t}${s}${x}s >> x\n`,
  'used-early': `for n in ["a", "b"]:\n    t = SparkKubernetesOperator(task_id="t" + n, application_file="job.yaml")\n    if n == "b":\n        s >> t\n    s = ${call('', '"s" + n', 't" + n + "')}\n    t >> s\n`,
  counted: `${t}${s}${x}z = EmptyOperator(task_id="z", trigger_rule="all_done")\n[t, x] >> s >> z\n`,
  'loop-edges': `${t}${s}t >> s\nfor n in ["a"]:\n    EmptyOperator(task_id=n) >> s\n${x}s >> x\n`,
  'uncertain-before': `${t}${s}${x}if again:\n    x = EmptyOperator(task_id="w")\nt >> s\nx >> s\n${y}s >> y\n`,
  'group-ends': `with TaskGroup("g") as g:\n    ${t}    s = ${call('', '"s"', 'g.t')}\n    ${x}    t >> x >> s\n${y}g >> y\n`,
  'other-group': `${t}with TaskGroup("g"):\n    ${s}t >> s\n`,
  ignored: `${t}s = ${call()}  # bpg-migrate: ignore[later]\nt >> s\n`,
  'output-edge': `${t}${x}s = ${call(', namespace=x.output')}\nt >> s\n`,
  mapped: `${t}SparkKubernetesSensor.partial(task_id="s", application_name="{{ ti.xcom_pull(task_ids='t')['metadata']['name'] }}").expand(namespace=["a"])\n`,
  'unseen-arguments': `${t}s = ${call(', **settings')}\nt >> s\n`,
  'also-watches': `${t}s = SparkKubernetesSensor(task_id="s", application_name="{{ ti.xcom_pull(task_ids=['t', 'elsewhere'])['metadata']['name'] }}")\n`,
};

const indented = (text: string): string => text.replace(/^(?=.)/gm, '    ');

/** The reasons of a file's sensors, each with what becomes of it. */
async function reasonsIn(name: ObstacleName): Promise<readonly (readonly [string, string])[]> {
  const module = name === 'imported';
  const text = module
    ? `${imports}dag = DAG("d")\nwith dag:\n    pass\n${forms[name].replace(/\)\n/g, ', dag=dag)\n').replace('t >> s', 't >> s')}`
    : `${imports}with DAG("d"):\n${indented(forms[name])}`;
  const files = {
    'dags/a.py': text,
    'dags/job.yaml': document,
    'bpg-migrate.yaml': configuration,
    ...(module ? { 'dags/b.py': 'from dags.a import s\nfrom airflow.models import xcom_pull, get_task\n' } : {}),
  };
  return withProject(files, async (folder) => {
    const { report } = await planFolder(folder);
    return report.sensors.flatMap(({ outcome, findings }) =>
      findings.map(({ message }) => [outcome, message] as const),
    );
  });
}

describe('the table of obstacles', () => {
  it.each(Object.keys(obstacles) as ObstacleName[])('has a form that raises %s', async (name) => {
    const { because, outcome } = obstacles[name];
    const [longest = ''] = because.split(/\{\w+\}/).sort((a, b) => b.length - a.length);
    const reasons = await reasonsIn(name);
    expect(reasons.filter(([, message]) => message.includes(longest.trim())).map(([made]) => made)).toContain(outcome);
  });
});
