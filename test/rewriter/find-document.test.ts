import { describe, expect, it } from 'vitest';
import { planFolder, withProject } from '../migration/project.ts';

const document = `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: job}
spec:
  type: Python
  image: registry.example/job:1
  sparkVersion: "3.5"
  mainApplicationFile: local:///opt/job.py
  driver: {cores: 1, coreLimit: "1", memory: 1g}
  executor: {instances: 1, cores: 1, coreLimit: "1", memory: 1g}
`;

/** The document that is found for an expression, or the code that says why there is none. */
async function found(expression: string, paths: readonly string[], before = '', dag = ''): Promise<string | undefined> {
  const text = `import os
from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
${before}
with DAG("d"${dag}):
    SparkKubernetesOperator(task_id="t", application_file=${expression})
`;
  const files = { 'dags/team/a.py': text, ...Object.fromEntries(paths.map((path) => [path, document])) };
  return withProject(files, async (folder) => {
    const [task] = (await planFolder(folder)).report.tasks;
    const why = task?.findings.find(({ code }) => code.startsWith('document-') && code !== 'document-mapped');
    return task?.payload?.path ?? why?.code;
  });
}

describe('the document that a path means', () => {
  it.each<[string, string, readonly string[], string]>([
    ['beside the DAG before anywhere else', '"t.yaml"', ['dags/team/t.yaml', 't.yaml'], 'dags/team/t.yaml'],
    [
      'by the longest end of an absolute path',
      '"/opt/airflow/dags/x/t.yaml"',
      ['dags/x/t.yaml', 'y/t.yaml'],
      'dags/x/t.yaml',
    ],
    ['none where several end alike', '"/opt/jobs/t.yaml"', ['x/t.yaml', 'y/t.yaml'], 'document-absolute'],
    ['a relative path only as a whole', '"x/t.yaml"', ['y/t.yaml'], 'document-not-found'],
    ['a relative path of another folder', '"x/t.yaml"', ['k8s/x/t.yaml'], 'k8s/x/t.yaml'],
    ['nothing for a URL', '"s3://bucket/t.yaml"', ['t.yaml'], 'document-is-url'],
    ['what this program wrote is no source', '"/x/t.bpg.yaml"', ['dags/t.bpg.yaml'], 'document-absolute'],
  ])('%s', async (_, expression, paths, expected) => {
    expect(await found(expression, paths)).toBe(expected);
  });

  it('takes the end of an unknown folder, and a folder of the search path that the workers know', async () => {
    const home = 'HOME = os.environ["AIRFLOW_HOME"]\n';
    expect(await found('f"{HOME}/x/t.yaml"', ['dags/x/t.yaml', 'y/t.yaml'], home)).toBe('dags/x/t.yaml');
    const dag = ', template_searchpath=[os.path.join(HOME, "apps")]';
    expect(await found('"t.yaml"', ['apps/t.yaml', 'y/t.yaml'], home, dag)).toBe('apps/t.yaml');
  });
});
