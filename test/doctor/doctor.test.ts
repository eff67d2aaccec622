import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { askGateway } from '../../cli/gateway-health.ts';
import { type Diagnosis, diagnose, loadOptions, renderDiagnosis, renderDiagnosisJson } from '../../src/index.ts';
import { withProject } from '../migration/project.ts';

const document = `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: job}
spec:
  type: Python
  image: registry.example/job:1
  sparkVersion: "3.5"
  mainApplicationFile: local:///opt/job.py
  arguments: ["{{ ds }}"]
  driver: {cores: 1, coreLimit: "1", memory: 1g}
  executor: {instances: 1, cores: 1, coreLimit: "1", memory: 1g}
`;
const dag = `from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator

with DAG("d"):
    a = SparkKubernetesOperator(task_id="a", application_file="job.yaml", kubernetes_conn_id="phi-1", retries=2)
    b = SparkKubernetesOperator(task_id="b", application_file="job.yaml", kubernetes_conn_id="other")
`;
const routing = `routing:
  - {connection: "phi-*", queue: phi}
  - {connection: phi-1, queue: late}
queues: {phi: {provides: all}}
`;

async function diagnosed(files: Readonly<Record<string, string>>): Promise<Diagnosis> {
  return withProject({ 'dags/a.py': dag, 'dags/job.yaml': document, ...files }, async (folder) => {
    const loaded = loadOptions({ cwd: folder });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const found = await diagnose({ ...loaded.options, root: folder }, [], null);
    if (!found.ok) throw new Error(JSON.stringify(found.problems));
    return found.diagnosis;
  });
}

describe('diagnose', () => {
  it('counts the tasks that a gap concerns, and what each built-in operator would make of them', async () => {
    const found = await diagnosed({ 'bpg-migrate.yaml': `version: 1\nsource: {provider: "10.5.0"}\n${routing}` });
    expect(found.operator).toMatchObject({ origin: 'published', assumed: true, style: 'content' });
    expect(found.operator.capabilities.find(({ name }) => name.includes('Jinja'))).toMatchObject({
      has: false,
      tasks: 2,
    });
    expect(found.profiles).toEqual([
      { name: 'at hand (BPGOperator)', safe: 0, review: 0, manual: 2 },
      { name: 'published', safe: 0, review: 0, manual: 2 },
      { name: 'aws-blog', safe: 0, review: 0, manual: 2 },
      { name: 'standalone', safe: 1, review: 1, manual: 0 },
    ]);
    expect(found.next).toContain('standalone');
  });

  it('shows the place in the source of an operator that has what it takes', async () => {
    const operator =
      'class BPGOperator(BaseOperator):\n    template_fields = ("application_content",)\n    template_ext = (".yaml",)\n\n    def __init__(self, *, application_content=None, application_timeout=1, connection_id=None, **kwargs):\n        super().__init__(**kwargs)\n\n    def on_kill(self):\n        pass\n';
    const found = await diagnosed({
      'plugins/op.py': operator,
      'bpg-migrate.yaml': `version: 1\ntarget: {operatorSource: plugins/op.py}\n${routing}`,
    });
    expect(found.operator).toMatchObject({ origin: 'inspected', assumed: false, style: 'templated' });
    const [jinja] = found.operator.capabilities;
    expect(jinja).toMatchObject({ has: true, evidence: { file: 'plugins/op.py', line: 2 } });
    expect(found.operator.capabilities.find(({ name }) => name.includes('cancels'))).toMatchObject({ has: true });
  });

  it('says which rule each task matches, and which rule is never reached', async () => {
    const found = await diagnosed({ 'bpg-migrate.yaml': `version: 1\n${routing}` });
    expect(found.routes).toMatchObject([
      { rule: 1, queue: 'phi', tasks: 1, shadowedBy: null },
      { rule: 2, queue: 'late', tasks: 0, shadowedBy: 1 },
    ]);
    expect(found.matches).toMatchObject([
      { connection: 'phi-1', rule: 1, queue: 'phi' },
      { connection: 'other', rule: null, queue: null },
    ]);
    const text = renderDiagnosis(found, { color: false, routes: true });
    expect(text).toContain('dags/a.py#d.b');
    expect(JSON.parse(renderDiagnosisJson(found))).toEqual(found);
  });

  it('names the paths that are not there', async () => {
    await withProject({ 'dags/a.py': dag }, async (folder) => {
      const loaded = loadOptions({ cwd: folder });
      const found = loaded.ok ? await diagnose({ ...loaded.options, root: folder }, ['nowhere'], null) : null;
      expect(found).toMatchObject({ ok: false, problems: [{ path: 'nowhere' }] });
    });
  });
});

describe('askGateway', () => {
  let server: Server | null = null;
  afterEach(() => server?.close());

  async function serve(status: number, body: string): Promise<string> {
    server = createServer((request, response) => {
      const known = request.headers.authorization === `Basic ${Buffer.from('me:secret').toString('base64')}`;
      response.writeHead(request.url === '/skatev2/healthcheck/status' ? (known ? status : 401) : 404).end(body);
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const credentials = { BPG_USERNAME: 'me', BPG_PASSWORD: 'secret' };

  it('takes the gateway at its word', async () => {
    expect(await askGateway(await serve(200, '{"status":"OK"}'), credentials)).toMatchObject({ ok: true });
  });

  it('says what is wrong and never the password', async () => {
    const url = await serve(500, 'broken');
    const answers = [
      await askGateway(url, credentials),
      await askGateway(url, {}),
      await askGateway('nonsense', credentials),
    ];
    expect(answers.map(({ ok }) => ok)).toEqual([false, false, false]);
    expect(answers[1]?.what).toContain('BPG_USERNAME');
    expect(JSON.stringify(answers)).not.toContain('secret');
  });
});
