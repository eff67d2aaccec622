/** Documents of run time, with and without the helper that translates them there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planFolder, withProject } from './project.ts';

const helper = readFileSync(join(import.meta.dirname, '../../scaffold/operator/to_bpg.py'), 'utf8');
const imports = `from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
`;
const config = (profile: string): string =>
  `version: 1\nsource: {provider: "10.5.0"}\ntarget: {profile: ${profile}}\nrouting: [{connection: "*", queue: poc}]\n`;

async function migrated(call: string, files: Readonly<Record<string, string>>, profile = 'standalone') {
  const text = `${imports}\nwith DAG("d"):\n    t = SparkKubernetesOperator(task_id="t", ${call})\n`;
  return withProject({ 'dags/a.py': text, 'bpg-migrate.yaml': config(profile), ...files }, async (folder) => {
    const plan = await planFolder(folder);
    const [task] = plan.report.tasks;
    const { files: made } = plan.materialize(new Set(plan.changes.map(({ id }) => id)));
    return { verdict: task?.verdict, codes: task?.findings.map(({ code }) => code) ?? [], text: made[0]?.after ?? '' };
  });
}

describe('a document that exists at run time only', () => {
  const there = { 'plugins/to_bpg.py': helper };

  it('is handed to the helper where that is installed', async () => {
    const { verdict, codes, text } = await migrated('application_file=build("x")', there);
    expect(verdict).toBe('review');
    expect(codes).toContain('translated-at-run-time');
    expect(text).toContain(
      'BPGOperator(task_id="t", application_content=to_bpg(build("x"), queue="poc"), application_timeout=43200, connection_id="bpg_connection")',
    );
    expect(text).toContain('from bpg_operator import BPGOperator\nfrom to_bpg import to_bpg\n');
  });

  it.each([
    `application_file="{{ ti.xcom_pull(task_ids='b') }}"`,
    'application_file=os.environ["SPARK_FILE"]',
    'application_file=f"{folder}/" + name',
    'application_file=build.output',
    'application_file=None or str(path)',
    'application_file=some["job"]',
    'application_file=some.job',
    'application_file=first if here else "{{ second }}"',
  ])('is translated by the operator where only the task can look at it: %s', async (call) => {
    const { verdict, codes, text } = await migrated(call, there);
    expect({ verdict, codes }).toMatchObject({ verdict: 'review' });
    expect(codes).toContain('translated-at-run-time');
    const content = call.replace('application_file', 'application_content');
    expect(text).toContain(`${content}, translate=lambda document: to_bpg(document, queue="poc"), application_timeout`);
  });

  it.each([
    [`application_file="{{ ti.xcom_pull(task_ids='b') }}"`, 'manual'],
    ['application_file=some["job"]', 'review'],
  ])('is left alone where the operator can not translate it, and must: %s', async (call, expected) => {
    const operator = readFileSync(join(import.meta.dirname, '../../scaffold/operator/standalone.py'), 'utf8');
    const older = operator.replaceAll('translate', 'other');
    const { verdict } = await migrated(call, { ...there, 'plugins/bpg_operator.py': older });
    expect(verdict).toBe(expected);
  });

  it.each<[string, string, Readonly<Record<string, string>>, string]>([
    ['without the helper', 'application_file=build("x")', {}, 'standalone'],
    ['a file that only has its name', 'application_file=build("x")', { 'plugins/to_bpg.py': 'x = 1\n' }, 'standalone'],
    ['an operator that renders nothing', 'application_file=build("x")', there, 'published'],
  ])('is left alone: %s', async (_, call, files, profile) => {
    const { verdict, codes, text } = await migrated(call, files, profile);
    expect({ verdict, text }).toEqual({ verdict: 'manual', text: '' });
    expect(codes).toContain('payload-at-run-time');
  });
});
