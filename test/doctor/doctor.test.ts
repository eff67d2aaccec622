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
      { name: 'at hand (BPGOperator)', profile: null, safe: 0, review: 0, manual: 2 },
      { name: 'published', profile: 'published', safe: 0, review: 0, manual: 2 },
      { name: 'aws-blog', profile: 'aws-blog', safe: 0, review: 0, manual: 2 },
      { name: 'standalone', profile: 'standalone', safe: 1, review: 1, manual: 0 },
    ]);
    expect(found.next).toBe('bpg-migrate scaffold operator --style standalone');
    const lines = renderDiagnosis(found, { color: false, routes: false }).split('\n');
    expect(lines[0]).toBe('2 of 2 legacy tasks are manual for what the target operator can not do');
    expect(lines.join('\n')).toContain('2 tasks use Jinja; this operator does not render it');
    expect(lines.length, 'one screen').toBeLessThan(50);
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
      { connection: 'phi-1', rule: 1, queue: 'phi', why: 'connection phi-1 matches phi-*' },
      { connection: 'other', rule: null, queue: null, why: 'no rule matches' },
    ]);
    expect(found.findings.map(({ code }) => code)).toContain('route-unreachable');
    const text = renderDiagnosis(found, { color: false, routes: true });
    expect(text).toContain('dags/a.py#d.b');
    expect(JSON.parse(renderDiagnosisJson(found))).toEqual(found);
  });

  it('shows why a rule matches, what it adds, and which isolation it breaks', async () => {
    const rules = `routing:
  - {connection: "phi-*", not-dag: "e*", queue: shared, spotInstance: false, labels: {cost-center: c1}}
isolation: [{match: {connection: "phi-*"}, queues: ["phi*"]}]
`;
    const found = await diagnosed({ 'bpg-migrate.yaml': `version: 1\n${rules}` });
    expect(found.isolationBroken).toBe(true);
    expect(found.next).toContain('doctor --routes');
    const text = renderDiagnosis(found, { color: false, routes: true });
    const [row = ''] = text.split('\n').filter((line) => line.startsWith('dags/a.py#d.a'));
    expect(row).toContain('no spot cost-center=c1');
    expect(row).toContain('dag d is not e*');
    expect(row).toContain('the isolation rule for connection phi-* allows phi* only');
  });

  it('says of each version and of the operator who says so', async () => {
    const pinned = await diagnosed({ 'requirements-dev.txt': 'apache-airflow==2.10.3\n' });
    expect(pinned.versions).toEqual({
      airflow: { version: '2.10.3', from: 'requirements-dev.txt' },
      provider: { version: '9.0.1', from: 'the constraints of Airflow 2.10.3' },
    });
    const unknown = await diagnosed({});
    expect(unknown.versions.airflow).toEqual({ version: null, from: 'nothing names it' });
    const text = renderDiagnosis(unknown, { color: false, routes: false });
    expect(text).toContain('the published one is assumed: nothing names another');
  });

  it.each(['plugins/bpg_operator.py', 'dags/bpg_operator.py', 'plugins/bpg_operator/__init__.py'])(
    'finds the operator by its module: %s',
    async (path) => {
      const source =
        'class BPGOperator(BaseOperator):\n    def __init__(self, application_content=None, **kwargs): ...\n';
      const found = await diagnosed({ [path]: source });
      expect(found.operator).toMatchObject({ assumed: false, source: { path, found: 'project' } });
      expect(found.findings.map(({ code }) => code)).toContain('target-found');
      expect(renderDiagnosis(found, { color: false, routes: false })).toContain(
        `read from ${path}, found by its module`,
      );
    },
  );

  it('says of a source that it can not judge which operator is taken instead, and of a profile that it is not needed', async () => {
    const broken = await diagnosed({ 'plugins/bpg_operator.py': 'class BPGOperator(Company): ...\n' });
    expect(broken.operator).toMatchObject({ origin: 'published', assumed: true, source: null });
    expect(broken.findings.find(({ code }) => code === 'operator-source-unreadable')?.message).toContain(
      'plugins/bpg_operator.py: the base class Company is not in the file; the published one is assumed',
    );
    const both = await diagnosed({
      'plugins/bpg_operator.py': 'class BPGOperator(BaseOperator): ...\n',
      'bpg-migrate.yaml': 'version: 1\ntarget: {profile: standalone}\n',
    });
    expect(both.findings.map(({ code }) => code)).toContain('profile-not-used');
  });

  it('adds up the worker slots by pool', async () => {
    const waits = 'version: 1\nsource: {provider: "10.5.0"}\n';
    const found = await diagnosed({
      'bpg-migrate.yaml': waits,
      'dags/a.py': dag.replace('DAG("d")', 'DAG("d", schedule="*/30 * * * *", default_args={"pool": "spark"})'),
    });
    expect(found.slots).toMatchObject({ tasks: 2, before: 2, after: 2, atMost: 32 });
    const text = renderDiagnosis(found, { color: false, routes: false });
    expect(text).toContain('worker slots   2 once all have moved (2 today)');
    expect(text).toContain('  pool spark: 2 → 2, at most 32');
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
