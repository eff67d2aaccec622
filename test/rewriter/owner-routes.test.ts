import { expect, test } from 'vitest';
import { diagnose, loadOptions, planProject } from '../../src/index.ts';
import { withProject } from '../migration/project.ts';

const dag = `from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator

with DAG("d", default_args={"owner": "argued"}, tags=["owner:tagged"]):
    SparkKubernetesOperator(task_id="submit", application_file="job.yaml")
`;
const routing = `routing:
  - { owner: argued, queue: of-argument }
  - { owner: "@org/*", queue: of-codeowners }
  - { owner: configured, queue: of-configuration }
  - { owner: tagged, queue: of-tag }
`;
const owners = 'owners: {"dags/**": configured}\n';
const codeowners = { text: '/airflow/dags/ @org/sales\n', prefix: 'airflow/' };

test.each([
  ['the argument where nothing else is known', '', undefined, dag, 'of-argument', 'argued'],
  ['CODEOWNERS over the argument', '', codeowners, dag, 'of-codeowners', '@org/sales'],
  ['the configuration over both', owners, codeowners, dag, 'of-configuration', 'configured'],
  [
    'the argument where CODEOWNERS is about other files',
    '',
    { ...codeowners, prefix: '' },
    dag,
    'of-argument',
    'argued',
  ],
  ['no tag', '', undefined, dag.replace('default_args={"owner": "argued"}, ', ''), null, null],
])('a route by owner follows %s, for plans and for doctor', async (_, settings, file, text, queue, owner) => {
  const files = {
    'dags/d.py': text,
    'dags/job.yaml': 'kind: SparkApplication\n',
    'bpg-migrate.yaml': `version: 1\n${settings}${routing}`,
  };
  await withProject(files, async (folder) => {
    const loaded = loadOptions({ cwd: folder });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const options = { ...loaded.options, root: folder };
    const selection = { dags: [], tasks: [], connections: [], verdicts: [] };
    const plan = await planProject(options, {
      paths: [],
      selection,
      ...(file === undefined ? {} : { codeowners: file }),
    });
    expect(plan.report.tasks.map((task) => task.queue)).toEqual([queue]);
    const found = await diagnose(options, [], null, undefined, file);
    expect(found.ok && found.diagnosis.matches.map((match) => [match.queue, match.owner])).toEqual([[queue, owner]]);
  });
});
