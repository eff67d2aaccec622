import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { initialConfiguration, loadOptions, planProject } from '../../src/index.ts';
import { withProject } from '../migration/project.ts';

const dag = `from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
SparkKubernetesOperator(task_id="a", application_file="a.yaml", kubernetes_conn_id="emr: one")
SparkKubernetesOperator(task_id="b", application_file="a.yaml", kubernetes_conn_id="two")
SparkKubernetesOperator(task_id="c", application_file="a.yaml", kubernetes_conn_id=Variable.get("x"))
`;
const document = `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: a}
spec:
  type: Python
  image: i
  sparkVersion: "3.5"
  mainApplicationFile: local:///a.py
  driver: {cores: 1, memory: 1g, serviceAccount: spark-a}
  executor: {instances: 1, cores: 1, memory: 1g}
`;
const everything = { dags: [], tasks: [], connections: [], verdicts: [] };

async function written(
  files: Readonly<Record<string, string>>,
  edit: (text: string) => string,
): Promise<{ text: string; loaded: ReturnType<typeof loadOptions> }> {
  return withProject(files, async (folder) => {
    const before = loadOptions({ cwd: folder });
    if (!before.ok) throw new Error('the defaults do not load');
    const options = { ...before.options, root: folder };
    const text = initialConfiguration(await planProject(options, { paths: [], selection: everything }), options);
    writeFileSync(join(folder, 'bpg-migrate.yaml'), edit(text));
    return { text, loaded: loadOptions({ cwd: folder }) };
  });
}

describe('initialConfiguration', () => {
  it('names the source of the operator where it was found by its module', async () => {
    const files = { 'dags/a.py': dag, 'dags/a.yaml': document };
    const operator =
      'class BPGOperator(BaseOperator):\n    def __init__(self, application_content=None, **kwargs): ...\n';
    const own = await written({ ...files, 'plugins/bpg_operator.py': operator }, (text) => text);
    expect(own.loaded).toMatchObject({ ok: true, options: { target: { operatorSource: 'plugins/bpg_operator.py' } } });
    const none = await written(files, (text) => text);
    expect(none.loaded).toMatchObject({ ok: true, options: { target: { operatorSource: null } } });
  });

  it('names every connection, and is a configuration that routes nothing yet', async () => {
    const { text, loaded } = await written({ 'dags/a.py': dag, 'dags/a.yaml': document }, (made) => made);
    expect(loaded).toMatchObject({
      ok: true,
      options: {
        paths: ['dags'],
        routing: [
          { connection: 'emr: one', queue: null },
          { connection: 'two', queue: null },
        ],
      },
    });
    expect(text).toContain('spark-a');
    expect(text).toContain('1 task has a connection known at run time only');
  });

  it('leaves out what stands in a file that does not parse', async () => {
    const broken = `${dag.replace('"two"', '"three"').replace('a.yaml', 'b.yaml')}x = = 1\n`;
    const other = document.replace('spark-a', 'spark-b');
    const both = { 'dags/a.py': dag, 'dags/a.yaml': document, 'dags/b.py': broken, 'dags/b.yaml': other };
    const { text } = await written(both, (made) => made);
    const { text: without } = await written({ 'dags/a.py': dag, 'dags/a.yaml': document }, (made) => made);
    expect(text).toBe(without);
  });

  it('stays one when its comments become settings', async () => {
    const { loaded } = await written({ 'dags/a.py': dag, 'dags/a.yaml': document }, (made) =>
      made.replace('  # airflow:', '  airflow:').replace('  # operatorSource:', '  operatorSource:'),
    );
    expect(loaded).toMatchObject({
      ok: true,
      options: { source: { airflow: '2.10.3' }, target: { operatorSource: 'plugins/bpg_operator.py' } },
    });
  });

  it('routes nothing where there is nothing', async () => {
    const { loaded } = await written({ 'dags/a.py': 'print()\n' }, (made) => made);
    expect(loaded).toMatchObject({ ok: true, options: { routing: [] } });
  });
});
