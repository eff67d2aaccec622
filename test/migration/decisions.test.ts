/** What is said of a task: the call, the configuration, and the codes that must (and must not) be among its findings. */
import { describe, expect, it } from 'vitest';
import type { TaskEntry } from '../../src/index.ts';
import { planFolder, withProject } from './project.ts';

const document = `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: {name: job}
spec:
  type: Python
  image: registry.example/job:1
  sparkVersion: "3.5"
  mainApplicationFile: local:///opt/job.py
  driver: {cores: 1, coreLimit: "1", memory: 1g, serviceAccount: spark, tolerations: [{key: spot}]}
  executor: {instances: 1, cores: 1, coreLimit: "1", memory: 1g}
`;
const plain = document.replace(', serviceAccount: spark, tolerations: [{key: spot}]', '');
const imports = `from datetime import timedelta
from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
from airflow.providers.cncf.kubernetes.sensors.spark_kubernetes import SparkKubernetesSensor
`;

interface Case {
  readonly call?: string;
  readonly dag?: string;
  readonly after?: string;
  readonly provider?: string | null;
  readonly profile?: string;
  readonly config?: string;
  readonly document?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** Without the document beside the DAG. */
  readonly missing?: boolean;
}

async function decide(given: Case): Promise<TaskEntry> {
  const {
    call = '',
    dag = '',
    after = '',
    provider = '10.5.0',
    profile = 'standalone',
    config = '',
    files = {},
  } = given;
  const source = provider === null ? '' : `source: {provider: "${provider}"}\n`;
  const routing = config.includes('routing:')
    ? ''
    : 'routing: [{connection: "*", queue: poc}]\nqueues: {poc: {provides: all}}\n';
  const text = `${imports}\nwith DAG("d"${dag}):\n    t = SparkKubernetesOperator(task_id="t", application_file="job.yaml"${call})\n${after}`;
  return withProject(
    {
      'dags/a.py': text,
      ...(given.missing === true ? {} : { 'dags/job.yaml': given.document ?? plain }),
      'bpg-migrate.yaml': `version: 1\n${source}target: {profile: ${profile}}\n${routing}${config}`,
      ...files,
    },
    async (folder) => {
      const { report } = await planFolder(folder);
      const [task] = report.tasks;
      if (task === undefined) throw new Error('no task was found');
      return task;
    },
  );
}

const codesOf = ({ findings }: TaskEntry): string[] => findings.map(({ code }) => code);
const sensor = (more = ''): string =>
  `    s = SparkKubernetesSensor(task_id="s", application_name="{{ ti.xcom_pull(task_ids='t')['metadata']['name'] }}", timeout=3600${more})\n    t >> s\n`;

describe('retries', () => {
  it.each<[string, Case, string | null]>([
    ['are told where every try submits', { call: ', retries=1', profile: 'published' }, 'retry-resubmits'],
    ['from default_args count', { dag: ', default_args={"retries": 3}', profile: 'published' }, 'retry-resubmits'],
    ['that can not be seen count', { dag: ', default_args=load_defaults()', profile: 'published' }, 'retry-resubmits'],
    ['are safe where the running job is found again', { call: ', retries=1' }, null],
    ['submitted again before too', { call: ', retries=1, reattach_on_restart=False', profile: 'published' }, null],
    ['retried the submission only', { call: ', retries=1', provider: '7.6.0', after: sensor() }, 'retry-resubmits'],
    ['none', { call: ', retries=0', profile: 'published' }, null],
    ['None', { call: ', retries=None', profile: 'published' }, null],
  ])('%s', async (_, given, code) => {
    const codes = codesOf(await decide(given));
    if (code === null) expect(codes).not.toContain('retry-resubmits');
    else expect(codes).toContain(code);
  });
});

describe('waiting', () => {
  it.each<[string, Case, readonly string[], readonly string[]]>([
    ['a submission without a sensor waits now', { provider: '7.6.0' }, ['waits-now'], []],
    ['watch=True waited', { provider: '7.6.0', call: ', watch=True' }, [], ['waits-now']],
    ['nobody knows without a version', { provider: null }, ['era-unknown'], ['waits-now']],
    ['the XCom idiom dates the code', { provider: null, after: sensor() }, [], ['era-unknown', 'waits-now']],
    ['pod keywords date the code', { provider: null, call: ', random_name_suffix=False' }, [], ['era-unknown']],
    ['the idiom can not work there', { after: sensor() }, ['source-already-broken'], []],
    ['the keyword can not work there', { call: ', api_version="v1beta2"' }, ['source-already-broken'], []],
    ['do_xcom_push can not work there', { call: ', do_xcom_push=True' }, ['source-already-broken'], []],
    ['a deferrable task held no slot', { call: ', deferrable=True', profile: 'published' }, ['slot-held'], []],
    ['a deferrable target holds none', { call: ', deferrable=True' }, [], ['slot-held']],
    [
      'a rescheduled sensor held none',
      { provider: '7.6.0', profile: 'published', after: sensor(', mode="reschedule"') },
      ['slot-held'],
      [],
    ],
    [
      'a killed task deleted its job',
      { call: ', execution_timeout=timedelta(hours=1)', profile: 'published' },
      ['kill-leaves-running'],
      [],
    ],
    ['a target that cancels', { call: ', execution_timeout=timedelta(hours=1)' }, [], ['kill-leaves-running']],
  ])('%s', async (_, given, present, absent) => {
    const codes = codesOf(await decide(given));
    for (const code of present) expect(codes).toContain(code);
    for (const code of absent) expect(codes).not.toContain(code);
  });
});

describe('time limits', () => {
  it.each<[string, Case, readonly string[], readonly string[]]>([
    ['none in the DAG', {}, ['timeout-from-configuration'], []],
    ['a short one', { call: ', execution_timeout=timedelta(seconds=90)' }, ['timeout-short'], []],
    ['one that can not be computed', { call: ', execution_timeout=limit()' }, ['timeout-unknown'], []],
    [
      'a sensor of seven days',
      { provider: '7.6.0', after: sensor().replace(', timeout=3600', '') },
      ['timeout-cut'],
      [],
    ],
    [
      'room for the job',
      { provider: '7.6.0', call: ', execution_timeout=timedelta(hours=2)', after: sensor() },
      [],
      ['execution-timeout-raised'],
    ],
    [
      'too little room',
      { provider: '7.6.0', call: ', execution_timeout=timedelta(minutes=2)', after: sensor() },
      ['execution-timeout-raised'],
      [],
    ],
    [
      'too little room, from a constant',
      { provider: '7.6.0', call: ', execution_timeout=SHORT', after: sensor() },
      ['execution-timeout-short'],
      [],
    ],
    [
      'a queue that allows more',
      {
        provider: '7.6.0',
        after: sensor().replace('3600', '50000'),
        config: 'routing: [{connection: "*", queue: long}]\nqueues: {long: {maxRunning: 24h, provides: all}}\n',
      },
      [],
      ['timeout-cut'],
    ],
  ])('%s', async (_, given, present, absent) => {
    const codes = codesOf(await decide(given));
    for (const code of present) expect(codes).toContain(code);
    for (const code of absent) expect(codes).not.toContain(code);
  });
});

describe('routing', () => {
  it.each<[string, Case, string | null, string | null]>([
    [
      'by the connection of the call',
      { call: ', kubernetes_conn_id="phi"', config: 'routing: [{connection: phi, queue: a}]\n' },
      'a',
      'phi',
    ],
    [
      'by that of default_args',
      { dag: ', default_args={"kubernetes_conn_id": "phi"}', config: 'routing: [{connection: "p*", queue: a}]\n' },
      'a',
      'phi',
    ],
    [
      'by the default connection',
      { config: 'routing: [{connection: kubernetes_default, queue: a}]\n' },
      'a',
      'kubernetes_default',
    ],
    [
      'by namespace',
      { call: ', namespace="n1"', config: 'routing: [{namespace: n1, queue: a}, {connection: "*", queue: b}]\n' },
      'a',
      'kubernetes_default',
    ],
    [
      'by owner, the configuration over the argument',
      {
        dag: ', default_args={"owner": "me"}',
        config: 'owners: {"dags/*": team}\nrouting: [{owner: me, queue: a}, {owner: team, queue: b}]\n',
      },
      'b',
      'kubernetes_default',
    ],
    [
      'by owner, negated',
      {
        dag: ', default_args={"owner": "me"}',
        config: 'routing: [{not-owner: me, queue: a}, {connection: "*", queue: b}]\n',
      },
      'b',
      'kubernetes_default',
    ],
    ['by DAG', { config: 'routing: [{dag: "x*", queue: a}, {dag: d, queue: b}]\n' }, 'b', 'kubernetes_default'],
    ['by nothing', { config: 'routing: [{connection: other, queue: a}]\n' }, null, 'kubernetes_default'],
    ['by an empty queue', { config: 'routing: [{connection: "*", queue: }]\n' }, null, 'kubernetes_default'],
    [
      'by * for the unknown',
      { call: ', kubernetes_conn_id=Variable.get("c")', config: 'routing: [{connection: "*", queue: a}]\n' },
      'a',
      null,
    ],
    [
      'in_cluster as a name',
      { call: ', in_cluster=True', config: 'routing: [{connection: in_cluster, queue: a}]\n' },
      'a',
      'in_cluster',
    ],
  ])('%s', async (_, given, queue, connection) => {
    const task = await decide(given);
    expect({ queue: task.queue, connection: task.connection }).toEqual({ queue, connection });
    expect(codesOf(task).includes('no-route')).toBe(queue === null);
  });

  it.each([
    [
      'a slip of a declared one',
      'routing: [{connection: "*", queue: saels}]\nqueues: {sales: {}}\n',
      ' (did you mean sales?)',
    ],
    ['near to none', 'routing: [{connection: "*", queue: other}]\nqueues: {sales: {}}\n', ''],
    ['declared', 'routing: [{connection: "*", queue: sales}]\nqueues: {sales: {}}\n', null],
    ['none declared', 'routing: [{connection: "*", queue: saels}]\nqueues: {}\n', null],
    ['no queues', 'routing: [{connection: "*", queue: saels}]\n', null],
  ])('a queue, %s', async (_, config, hint) => {
    const task = await decide({ config });
    const said = task.findings.filter(({ code }) => code === 'queue-not-declared').map(({ message }) => message);
    const expected = `the route sends the job to queue ${task.queue}, which \`queues\` does not have${hint}`;
    expect(said).toEqual(hint === null ? [] : [expected]);
    if (hint !== null) expect(task.verdict).toBe('review');
  });

  it('never breaks an isolation rule', async () => {
    const config =
      'routing: [{connection: "*", queue: open}]\nisolation: [{match: {connection: "phi-*"}, queues: ["phi-*"]}]\n';
    const inside = await decide({ call: ', kubernetes_conn_id="phi-1"', config });
    expect(inside.verdict).toBe('manual');
    expect(codesOf(inside)).toContain('isolation-broken');
    expect(codesOf(await decide({ call: ', kubernetes_conn_id="other"', config }))).not.toContain('isolation-broken');
  });
});

it('says nothing else of a call in a file that does not parse', async () => {
  const task = await decide({
    call: ', kubernetes_conn_id=Variable.get("c")',
    config: 'routing: []\n',
    after: '    u = = 1\n',
  });
  expect(task.findings.map(({ code, line }) => [code, line])).toEqual([['file-has-errors', 8]]);
  expect(task).toMatchObject({ verdict: 'manual', losses: [], change: null });
});

describe('names and losses', () => {
  const routed = 'routing: [{connection: "*", queue: q}]\n';
  it('asks for names that the queue is not said to provide', async () => {
    expect(codesOf(await decide({ document, config: routed }))).toContain('names-not-provided');
    const provided = `${routed}queues: {q: {provides: {serviceAccounts: ["spa*"]}}}\n`;
    expect(codesOf(await decide({ document, config: provided }))).not.toContain('names-not-provided');
  });

  it('takes an agreed loss off its route, with the reason, until its day is over', async () => {
    const queues = `${routed}queues: {q: {provides: all}}\n`;
    const lost = await decide({ document, config: queues });
    expect(lost.verdict).toBe('review');
    const agreed = await decide({
      document,
      config: `${queues}accept: [{field: driver.tolerations, queue: q, reason: tainted}]\n`,
    });
    expect(agreed.verdict).toBe('safe');
    expect(agreed.losses.find(({ path }) => path.startsWith('driver.tolerations'))?.accepted).toBe('tainted');
    const elsewhere = await decide({
      document,
      config: `${queues}accept: [{field: driver.tolerations, queue: other, reason: tainted}]\n`,
    });
    expect(elsewhere.verdict).toBe('review');
  });

  it('demotes a promised difference that strict names', async () => {
    expect((await decide({ config: 'strict: [pod-keywords]\n', call: ', affinity={}' })).verdict).toBe('review');
    expect((await decide({ config: 'strict: [pod-keywords]\n' })).verdict).toBe('safe');
    expect((await decide({ config: 'strict: [log-and-xcom]\n' })).verdict).toBe('review');
  });

  it('lets the configuration set a severity, but not the verdict', async () => {
    const task = await decide({
      config: 'severity: {retry-resubmits: info}\n',
      call: ', retries=1',
      profile: 'published',
    });
    expect(task.verdict).toBe('review');
    expect(task.findings.find(({ code }) => code === 'retry-resubmits')?.severity).toBe('info');
  });
});

describe('readers of the old XCom', () => {
  it.each<[string, Case, boolean]>([
    [
      'a template',
      {
        provider: '7.6.0',
        after: '    BashOperator(task_id="b", bash_command="{{ ti.xcom_pull(task_ids=\'t\') }}")\n',
      },
      true,
    ],
    [
      'a call',
      {
        provider: '7.6.0',
        after: '    PythonOperator(task_id="b", python_callable=lambda ti: ti.xcom_pull(task_ids="t"))\n',
      },
      true,
    ],
    ['an output', { after: '    PythonOperator(task_id="b", op_args=[t.output])\n' }, true],
    ['another file', { files: { 'dags/b.py': 'x = ti.xcom_pull(dag_id="d", task_ids="t")\n' } }, true],
    [
      'the submission id',
      {
        after:
          '    BashOperator(task_id="b", bash_command="{{ ti.xcom_pull(task_ids=\'t\', key=\'submission_id\') }}")\n',
      },
      false,
    ],
    [
      'another task',
      { after: '    BashOperator(task_id="b", bash_command="{{ ti.xcom_pull(task_ids=\'x\') }}")\n' },
      false,
    ],
    ['the same id in another DAG', { files: { 'dags/b.py': 'x = ti.xcom_pull(dag_id="e", task_ids="t")\n' } }, false],
  ])('%s: %#', async (_, given, told) => {
    expect(codesOf(await decide(given)).includes('xcom-reader')).toBe(told);
  });
});

describe('sensors that stay', () => {
  it.each<[string, string, string]>([
    [
      'of a mapped form',
      sensor().replace('SparkKubernetesSensor(', 'SparkKubernetesSensor.partial('),
      'sensor-keeps-reading',
    ],
    [
      'named by the XComArg of another',
      sensor().replace(/"\{\{.*?\}\}"/, 'x.output["metadata"]["name"]'),
      'sensor-keeps-reading',
    ],
    ['that a comment ignores', `    # bpg-migrate: ignore[later]\n${sensor()}`, 'sensor-keeps-reading'],
    [
      'two of them',
      sensor() + sensor().replaceAll('"s"', '"s2"').replace('    s =', '    s2 =').replace('>> s\n', '>> s2\n'),
      'sensor-removed',
    ],
    ['in another expression', sensor().replace('    t >> s\n', '    chain(t, s)\n'), 'sensor-placeholder'],
  ])('%s', async (_, after, code) => {
    expect(codesOf(await decide({ after, provider: '7.6.0' }))).toContain(code);
  });

  it('that watches nothing of this file is kept and told', async () => {
    const after = sensor().replace("task_ids='t'", "task_ids='elsewhere'");
    await withProject(
      {
        'dags/a.py': `${imports}\nwith DAG("d"):\n    t = SparkKubernetesOperator(task_id="t", application_file="job.yaml")\n${after}`,
        'dags/job.yaml': plain,
      },
      async (folder) => {
        const { report } = await planFolder(folder);
        expect(report.sensors).toMatchObject([{ outcome: 'kept', task: null, findings: [{ code: 'sensor-alone' }] }]);
      },
    );
  });
});

it('a sensor left behind by its task is told so', async () => {
  const text = `${imports}from bpg_operator import BPGOperator\n\nwith DAG("d"):\n    t = BPGOperator(task_id="t")\n${sensor()}`;
  await withProject({ 'dags/a.py': text }, async (folder) => {
    const { report } = await planFolder(folder);
    expect(report.sensors[0]?.findings.map(({ message }) => message)).toEqual([
      'sensor s watches the task t, which has moved to the gateway already; it is kept as it is',
    ]);
  });
});

describe('references to a sensor', () => {
  const waits = sensor();
  it.each<[string, Case, boolean]>([
    ['none', {}, false],
    [
      'another task of that id in another DAG',
      { files: { 'dags/b.py': 'EmptyOperator(task_id="s")\nDAG("d2")\n# "d"\n' } },
      false,
    ],
    [
      'an ExternalTaskSensor',
      { files: { 'dags/b.py': 'ExternalTaskSensor(external_dag_id="d", external_task_id="s")\n' } },
      true,
    ],
    [
      'several external ids',
      { files: { 'dags/b.py': 'ExternalTaskSensor(external_dag_id="d", external_task_ids=["x", "s"])\n' } },
      true,
    ],
    [
      'an external DAG that is not known',
      { files: { 'dags/b.py': 'ExternalTaskSensor(external_dag_id=DAG_ID, external_task_id="s")\n' } },
      true,
    ],
    [
      'the same id of another DAG',
      { files: { 'dags/b.py': 'ExternalTaskSensor(external_dag_id="e", external_task_id="s")\n' } },
      false,
    ],
    ['get_task', { after: `${waits}    dag.get_task("s")\n` }, true],
    ['get_task by keyword', { after: `${waits}    dag.get_task(task_id="s")\n` }, true],
    [
      'a template',
      { after: `${waits}    BashOperator(task_id="b", bash_command="{{ ti.xcom_pull(task_ids='s') }}")\n` },
      true,
    ],
    ['a branch', { after: `${waits}    BranchPythonOperator(task_id="b", python_callable=lambda: "s")\n` }, true],
    ['a table of ids', { after: `${waits}    NEXT = {"day": "s"}\n` }, true],
    ['a part of a longer word', { after: `${waits}    BashOperator(task_id="b", bash_command="ls")\n` }, false],
  ])('%s', async (_, given, kept) => {
    const codes = codesOf(await decide({ provider: '7.6.0', after: waits, ...given }));
    expect(codes.filter((code) => /^sensor-(removed|placeholder)$/.test(code))).toEqual([
      kept ? 'sensor-placeholder' : 'sensor-removed',
    ]);
  });
});

describe('settings of a sensor', () => {
  const callback = (name: string): string => sensor(`, ${name}`);
  it.each<[string, Case, RegExp | null]>([
    ['soft_fail', { after: callback('soft_fail=True') }, /no longer skipped/],
    ['a pool of its own', { after: callback('pool="waits"') }, /waits in its own pool now/],
    ['the pool of the operator', { after: callback('pool="p"'), call: ', pool="p"' }, null],
    ['the pool of default_args', { after: callback('pool="p"'), dag: ', default_args={"pool": "p"}' }, null],
    ['the usual pool', { after: callback('pool="default_pool"') }, null],
    ['a callback', { after: callback('on_failure_callback=notify') }, /nothing is called when the job fails/],
    [
      'a callback that clears tasks, by its name',
      { after: callback('on_retry_callback=clear_upstream') },
      /is not moved to the operator/,
    ],
    [
      'a callback that sets a state, by what it does',
      {
        after: `    def again(context):\n        context["ti"].set_state("success")\n${callback('on_retry_callback=again')}`,
      },
      /is not moved to the operator/,
    ],
    ['documentation', { after: callback('doc_md="waits"') }, null],
    ['what is off', { after: callback('soft_fail=False') }, null],
  ])('%s', async (_, given, said) => {
    const { findings } = await decide({ provider: '7.6.0', ...given });
    const lost = findings.filter(({ code }) => code === 'sensor-setting-lost').map(({ message }) => message);
    if (said === null) expect(lost).toEqual([]);
    else expect(lost).toEqual([expect.stringMatching(said)]);
  });

  it('stay on an empty task', async () => {
    const config = 'sensors: placeholder\n';
    const quiet = await decide({ provider: '7.6.0', config, after: callback('pool="waits"') });
    expect(quiet.verdict).toBe('safe');
    const alarmed = await decide({ provider: '7.6.0', config, after: callback('on_failure_callback=notify') });
    expect(alarmed.findings.find(({ code }) => code === 'sensor-setting-lost')?.message).toMatch(/never fails/);
  });
});

describe('documents', () => {
  it.each<[string, string, string]>([
    ['an absolute path', ', application_file="/opt/job.yaml"', 'document-absolute'],
    ['a URL', ', application_file="s3://bucket/job.yaml"', 'document-is-url'],
    ['a path with Jinja', ', application_file="{{ x }}.yaml"', 'payload-at-run-time'],
    ['a dict', ', application_file={**base(), "a": 1}', 'payload-is-dict'],
    ['nothing', '', 'payload-missing'],
  ])('%s', async (_, file, code) => {
    await withProject(
      { 'dags/a.py': `${imports}\nwith DAG("d"):\n    t = SparkKubernetesOperator(task_id="t"${file})\n` },
      async (folder) => {
        const { report, changes } = await planFolder(folder);
        expect(report.tasks).toMatchObject([{ verdict: 'manual' }]);
        expect(report.tasks.flatMap(codesOf)).toContain(code);
        expect(changes).toEqual([]);
      },
    );
  });

  it('found through the search path of the DAG or the configuration', async () => {
    const searched = await decide({
      dag: ', template_searchpath="specs"',
      files: { 'specs/job.yaml': plain, 'dags/job.yaml': '' },
    });
    expect(searched.payload?.kind).toBe('file');
    expect(codesOf(searched)).not.toContain('search-path-layout');
    const files = { 'specs/job.yaml': plain };
    const parsed = await decide({ dag: ', template_searchpath="specs"', profile: 'published', files, missing: true });
    expect(codesOf(parsed)).toContain('search-path-layout');
    const call = ', application_file="other.yaml"';
    await withProject(
      {
        'dags/a.py': `${imports}\nwith DAG("d"):\n    t = SparkKubernetesOperator(task_id="t"${call})\n`,
        'templates/other.yaml': plain,
        'bpg-migrate.yaml': 'version: 1\nsource: {templateSearchPath: [templates]}\n',
      },
      async (folder) => {
        const { report } = await planFolder(folder);
        expect(report.tasks).toMatchObject([
          { payload: { path: 'templates/other.yaml', target: 'templates/other.bpg.yaml' } },
        ]);
      },
    );
  });

  it('that changed after they were translated are found', async () => {
    const files = {
      'dags/a.py':
        'from bpg_operator import BPGOperator\nBPGOperator(task_id="t", application_content="job.bpg.yaml")\n',
      'dags/job.bpg.yaml': `# translated from job.yaml (sha256 ${'0'.repeat(64)}) by bpg-migrate\nqueue: poc\n`,
      'dags/job.yaml': plain,
    };
    await withProject(files, async (folder) => {
      const plan = await planFolder(folder);
      expect(plan.drifted).toBe(true);
      expect(plan.report.findings.map(({ code }) => code)).toContain('document-drifted');
    });
  });
});

describe("the gateway's own configuration", () => {
  const gateway = `sparkClusters:
  - {weight: 1, id: c01, sparkApplicationNamespace: s, sparkServiceAccount: a, sparkVersions: ["3.5"], queues: [poc, vip]}
sparkImages: []
allowedUsers: [airflow]
queues:
  - {name: poc, maxRunningMillis: 43200000, maxExecutorInstances: 5}
  - {name: vip, secure: true}
`;
  const files = { 'platform/gateway.yaml': gateway };
  const withGateway = (queue: string): Case => ({
    files,
    config: `routing: [{connection: "*", queue: ${queue}}]\nqueues: {${queue}: {provides: all}}\n`,
    profile: 'standalone, gatewayConfig: platform/gateway.yaml',
  });
  it.each<[string, Case, string | null]>([
    ['serves what the job needs', withGateway('poc'), null],
    ['does not know the queue', withGateway('nowhere'), 'gateway-refuses'],
    [
      'does not serve the Spark version',
      { ...withGateway('poc'), document: plain.replace('3.5', '3.1') },
      'gateway-refuses',
    ],
    [
      'allows fewer executors',
      { ...withGateway('poc'), document: plain.replace('instances: 1', 'instances: 50') },
      'gateway-refuses',
    ],
    ['wants a token', withGateway('vip'), 'queue-wants-token'],
  ])('%s', async (_, given, code) => {
    const codes = codesOf(await decide(given)).filter(
      (one) => one === 'gateway-refuses' || one === 'queue-wants-token',
    );
    expect(codes).toEqual(code === null ? [] : [code]);
  });
});
