import { describe, expect, it, test } from 'vitest';
import { ownerOfTags } from '../../src/rewriter/owner-tags.ts';
import { planFolder, withProject } from '../migration/project.ts';

test.each([
  ['the word owner', ['spark', 'owner:sales'], 'sales'],
  ['the word team', ['daily', 'Team: data platform', 'tier:1'], 'data platform'],
  ['owner before team', ['team:platform', 'owner=sales'], 'sales'],
  ['the same twice', ['owner:sales', 'owner: sales'], 'sales'],
  ['the only tag', ['sales'], 'sales'],
])('%s names an owner', (_, tags, owner) => {
  expect(ownerOfTags(tags)).toBe(owner);
});

test.each([
  ['there are none', []],
  ['several could be it', ['sales', 'spark']],
  ['two owners are named', ['owner:sales', 'owner:platform', 'team:data']],
  ['the only tag is about something else', ['tier:1']],
  ['no name follows', ['owner:', ' ']],
])('no owner where %s', (_, tags) => {
  expect(ownerOfTags(tags)).toBeNull();
});

const dag = (id: string, more: string): string => `
with DAG(${id}${more}):
    SparkKubernetesOperator(task_id="submit", application_file="job.yaml")
`;

/** Owners by DAG; `settings` stand in the configuration. */
async function ownersIn(dags: string, settings: string): Promise<Readonly<Record<string, string>>> {
  const file = `import os
from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
${dags}`;
  const files = {
    'dags/d.py': file,
    'dags/job.yaml': 'kind: SparkApplication\n',
    'bpg-migrate.yaml': `version: 1\n${settings}`,
  };
  return withProject(files, async (folder) => {
    const { owners } = await planFolder(folder);
    return Object.fromEntries([...owners].map(([id, owner]) => [id.replace(/^.*#(.*)\.submit.*$/, '$1'), owner]));
  });
}

describe('owners', () => {
  it('come from the argument before a tag, and a tag speaks of its own DAG only', async () => {
    const dags =
      dag('"tagged"', ', tags=["team:sales", "spark"]') +
      dag('"argued"', ', default_args={"owner": "clinical"}, tags=["team:sales"]') +
      dag('"bare"', '') +
      dag('os.environ["ID"]', ', tags=["team:other"]');
    expect(await ownersIn(dags, '')).toEqual({ tagged: 'sales', argued: 'clinical' });
  });

  it('come from the configuration first', async () => {
    const dags = dag('"tagged"', ', tags=["team:sales"]');
    expect(await ownersIn(dags, 'owners: {"dags/**": platform}\n')).toEqual({ tagged: 'platform' });
  });
});
