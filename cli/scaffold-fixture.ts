import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadOptions, type Report } from '../src/index.ts';
import { planProject } from './planner.ts';
import type { NewFiles } from './scaffold-files.ts';

const before: Readonly<Record<string, string>> = {
  'bpg-migrate.yaml': `version: 1
source: {provider: "10.5.0"}
target: {profile: standalone}
routing: [{connection: "*", queue: poc}]
queues: {poc: {provides: all}}
`,
  'dags/a.py': `from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator

with DAG("d"):
    t = SparkKubernetesOperator(task_id="t", application_file="job.yaml")
`,
  'dags/job.yaml': `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: job}
spec:
  type: Python
  image: registry.example/job:1
  sparkVersion: "3.5"
  mainApplicationFile: local:///opt/job.py
  driver: {cores: 1, coreLimit: "1", memory: 1g}
  executor: {instances: 1, cores: 1, coreLimit: "1", memory: 1g}
`,
};

/** A case that already passes, to be made into the one that is wanted: a project, what it becomes, what is said of it. */
export async function fixtureFiles(name: string): Promise<NewFiles> {
  const folder = mkdtempSync(join(tmpdir(), 'bpg-migrate-fixture-'));
  try {
    for (const [path, text] of Object.entries(before)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const loaded = loadOptions({ cwd: folder });
    if (!loaded.ok) throw new Error('the configuration of the case is wrong');
    const selection = { dags: [], tasks: [], connections: [], verdicts: [] };
    const plan = await planProject(loaded.options, { paths: [], selection });
    const { files } = plan.materialize(new Set(plan.changes.map(({ id }) => id)));
    const at = (side: string, path: string): string => `${name}/${side}/${path}`;
    return {
      files: [
        ...Object.entries(before).map(([path, text]) => ({ path: at('before', path), text })),
        ...files.map(({ path, after }) => ({ path: at('after', path), text: after })),
        { path: `${name}/report.json`, text: `${JSON.stringify(essence(plan.report), null, 2)}\n` },
      ],
      next: [
        'Change before/ into the case that is wanted, and after/ by hand into what must become of it (none for a noop- case).',
        'UPDATE_REPORTS=1 npx vitest run test/migration writes report.json anew; read what changed.',
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a case fixes of its report, as the tests of fixtures read it. */
function essence({ tasks, sensors, findings, files }: Report): unknown {
  return {
    tasks: tasks.map(({ id, status, verdict, queue, findings: said }) => ({
      id,
      status,
      verdict,
      queue,
      findings: [...new Set(said.map(({ code }) => code))].sort(),
    })),
    sensors: sensors.map(({ id, task, outcome }) => ({ id, task, outcome })),
    project: [...new Set(findings.map(({ code }) => code))].sort(),
    skipped: files.flatMap(({ file, skipped }) => (skipped === null ? [] : [`${file}: ${skipped}`])),
  };
}
