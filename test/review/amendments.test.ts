import { describe, expect, it } from 'vitest';
import { chooseAlternatives } from '../../cli/choose.ts';
import { amendmentsOf, decidedPlan } from '../../cli/decided-plan.ts';
import { editedDecision, fileMeantBy, whyNotFirst } from '../../cli/edit-result.ts';
import {
  type Decided,
  type Decisions,
  decidedOn,
  loadOptions,
  type Options,
  type ProjectPlan,
  planProject,
  type TaskEntry,
} from '../../src/index.ts';
import { folderWith } from '../cli/command.ts';

const document = (name: string): string =>
  `apiVersion: sparkoperator.k8s.io/v1beta2\nkind: SparkApplication\nmetadata:\n  name: ${name}\n  namespace: default\nspec:\n  type: Python\n  sparkVersion: "3.5.1"\n  image: registry.example/spark:3.5.1\n  mainApplicationFile: s3a://jobs/${name}.py\n  driver: {cores: 1, memory: 1g}\n  executor: {cores: 1, memory: 1g, instances: 2}\n`;
const call = (name: string, file: string): string =>
  `    ${name} = SparkKubernetesOperator(\n        task_id="${name}",\n        application_file=${file},\n        kubernetes_conn_id="one",\n    )\n`;
const files = {
  'bpg-migrate.yaml': `version: 1
paths: [dags]
source: { provider: "7.5.0" }
target: { profile: standalone }
routing: [{ connection: "one", queue: poc }]
isolation: [{ match: { dag: "secret" }, queues: [poc] }]
queues: { poc: { provides: all }, other: { provides: all } }
`,
  'dags/two.py': `from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator

with DAG("two"):
${call('first', '"first.yaml"')}
    # between them
    # there is room

${call('second', '"second.yaml"')}
    first >> second
`,
  'dags/first.yaml': document('first'),
  'dags/second.yaml': document('second'),
  'dags/inside.py': `from airflow import DAG
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator

JOB = """
${document('inside')}"""

with DAG("secret"):
${call('inside', 'JOB')}`,
};

interface Opened {
  readonly plan: ProjectPlan;
  readonly options: Options;
  readonly task: (name: string) => TaskEntry;
  readonly textOf: (name: string, target: string) => string;
}

async function open(): Promise<Opened> {
  const root = folderWith(files);
  const loaded = loadOptions({ cwd: root });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const options = { ...loaded.options, root };
  const plan = await planProject(options, {
    paths: [],
    selection: { dags: [], tasks: [], connections: [], verdicts: [] },
  });
  const task = (name: string): TaskEntry => {
    const found = plan.report.tasks.find(({ taskId }) => taskId === name);
    if (found?.change == null) throw new Error(`no change for ${name}: ${JSON.stringify(found?.findings)}`);
    return found;
  };
  const textOf = (name: string, target: string): string =>
    plan.view(task(name).change ?? '')?.find((file) => file.target === target)?.after ?? '';
  return { plan, options, task, textOf };
}

const none: Decisions = new Map();

/** The files that are written when these tasks are accepted with what `edit` makes of their texts. */
async function written(
  edits: readonly (readonly [string, string, (text: string) => string])[],
  accepted: readonly string[],
) {
  const { plan, task, textOf } = await open();
  const decisions = new Map<string, Decided>();
  for (const [name, target, edit] of edits) {
    const edited = editedDecision(plan, task(name), decisions, new Map([[target, edit(textOf(name, target))]]));
    if (!edited.ok) return { refused: edited.reason };
    if (edited.decided !== null) decisions.set(task(name).id, edited.decided);
  }
  const ids = new Set(accepted.map((name) => task(name).change ?? ''));
  const made = decidedPlan(plan, decisions).materialize(ids);
  return { files: new Map(made.files.map(({ path, after }) => [path, after])), withdrawn: made.withdrawn };
}

describe('an edited result', () => {
  it('is written with what else is accepted in the same file', async () => {
    const late = (text: string): string => text.replace('task_id="first",', 'task_id="first",\n        retries=0,');
    const both = await written([['first', 'dags/two.py', late]], ['first', 'second']);
    expect(both.withdrawn).toEqual([]);
    expect(both.files?.get('dags/two.py')).toContain('retries=0,');
    expect(both.files?.get('dags/two.py')).not.toContain('SparkKubernetesOperator');
    const alone = await written([['first', 'dags/two.py', late]], ['second']);
    expect(alone.files?.get('dags/two.py')).not.toContain('retries=0');
  });

  it('is withdrawn, and only it, where another accepted change has the same lines', async () => {
    const gone = (text: string): string =>
      text.replace(/^from airflow\.providers.*\n/m, (line) => `${line.trimEnd()}  # old\n`);
    const made = await written([['first', 'dags/two.py', gone]], ['first', 'second']);
    expect(made.withdrawn).toMatchObject([{ reason: expect.stringContaining('same lines') }]);
    expect(made.files?.get('dags/two.py')).toMatch(/first = SparkKubernetesOperator\([\s\S]*second = BPGOperator\(/);
  });

  it('may change its document, which the gateway must still take', async () => {
    const more = await written(
      [['first', 'dags/first.bpg.yaml', (text) => text.replace('instances: 2', 'instances: 3')]],
      ['first'],
    );
    expect(more.files?.get('dags/first.bpg.yaml')).toContain('instances: 3');
    const inside = await written(
      [['inside', 'dags/inside.py', (text) => text.replace('instances: 2', 'instances: 3')]],
      ['inside'],
    );
    expect(inside.files?.get('dags/inside.py')).toContain('instances: 3');
  });

  it.each<[string, string, string, (text: string) => string, string]>([
    ['does not parse', 'first', 'dags/two.py', (text) => `${text}x = (\n`, 'does not parse'],
    [
      'loses a task',
      'first',
      'dags/two.py',
      (text) => text.replace(/^ {4}second = [\s\S]*?^ {4}\)\n/m, '').replace(' >> second', ''),
      'tasks of the old operator',
    ],
    [
      'turns the order round',
      'first',
      'dags/two.py',
      (text) => text.replace('first >> second', 'second >> first'),
      'order of the tasks',
    ],
    [
      'renames a task',
      'first',
      'dags/two.py',
      (text) => text.replace('task_id="first"', 'task_id="third"'),
      'another id',
    ],
    ['goes back', 'first', 'dags/two.py', () => files['dags/two.py'], 'tasks of the old operator'],
    [
      'has a key that the gateway refuses',
      'first',
      'dags/first.bpg.yaml',
      (text) => `${text}notAKey: x\n`,
      'refuses this key',
    ],
    ['is no YAML', 'first', 'dags/first.bpg.yaml', (text) => `${text}: [\n`, 'request is not valid'],
    [
      'takes another queue',
      'first',
      'dags/first.bpg.yaml',
      (text) => text.replace('queue: poc', 'queue: other'),
      'isolation rules',
    ],
    [
      'hides the queue in Python',
      'inside',
      'dags/inside.py',
      (text) => text.replace('queue: poc', 'queue: other'),
      'isolation rules',
    ],
    [
      'breaks the request in Python',
      'inside',
      'dags/inside.py',
      (text) => text.replace('instances: 2', 'instances: two'),
      'whole number',
    ],
    ['is no file of the change', 'first', 'dags/other.py', () => 'x', 'no file of this change'],
  ])('that %s is refused', async (_, name, target, edit, reason) => {
    expect(await written([[name, target, edit]], [])).toEqual({ refused: expect.stringContaining(reason) });
  });

  it('that is as planned again is forgotten', async () => {
    const { plan, task, textOf } = await open();
    const path = 'dags/two.py';
    const edited = editedDecision(plan, task('first'), none, new Map([[path, `${textOf('first', path)}# end\n`]]));
    expect(edited).toMatchObject({ ok: true, decided: { decision: null, edits: [{ path }] } });
    const decisions = new Map(edited.ok && edited.decided !== null ? [[task('first').id, edited.decided]] : []);
    const back = editedDecision(plan, task('first'), decisions, new Map([[path, textOf('first', path)]]));
    expect(back).toEqual({ ok: true, decided: null });
  });

  it('is meant by its name, else by its kind', async () => {
    const { plan, task } = await open();
    const view = plan.view(task('first').change ?? '') ?? [];
    const nameOf = (path: string) => {
      const file = fileMeantBy(path, view);
      return typeof file === 'string' ? file : file.target;
    };
    expect(['/tmp/x.py', 'a.yaml', '/tmp/dags/first.bpg.yaml'].map(nameOf)).toEqual([
      'dags/two.py',
      'dags/first.bpg.yaml',
      'dags/first.bpg.yaml',
    ]);
    expect(fileMeantBy('a.yaml', view.slice(0, 1))).toBe('this change writes no document');
  });
});

describe('a document that goes first', () => {
  it('is written alone, and is then no longer part of the change', async () => {
    const { plan, task } = await open();
    const first = task('first');
    expect(whyNotFirst(plan, first, () => false)).toBeNull();
    expect(whyNotFirst(plan, first, () => true)).toContain('there already');
    expect(whyNotFirst(plan, task('inside'), () => false)).toContain('one decision');
    const decided = decidedOn(first, 'accepted', none, 'document');
    const decisions = new Map(decided === null ? [] : [[first.id, decided]]);
    const { files: made } = decidedPlan(plan, decisions).materialize(
      new Set([first.change ?? '', task('second').change ?? '']),
    );
    expect(made.map(({ path }) => path)).toEqual(['dags/first.bpg.yaml', 'dags/second.bpg.yaml', 'dags/two.py']);
    expect(made.find(({ path }) => path === 'dags/two.py')?.after).toMatch(/first = SparkKubernetesOperator\(/);
    expect([...amendmentsOf(plan.report.tasks, decisions).documentsOnly]).toEqual([first.change]);
  });
});

describe('alternatives', () => {
  it('make another plan, and a decision that waits for a look at it', async () => {
    const { plan, options, task } = await open();
    const chosen = chooseAlternatives(plan, options, none, [task('first')], () => ({ queue: 'other', timeout: 7200 }));
    if (!chosen.ok) throw new Error(chosen.reason);
    const entry = chosen.plan.report.tasks.find(({ id }) => id === task('first').id);
    expect(entry).toMatchObject({ queue: 'other' });
    expect(entry?.change).not.toBe(task('first').change);
    expect([...chosen.wanted.values()]).toEqual([
      {
        change: entry?.change,
        verdict: entry?.verdict,
        decision: null,
        alternatives: { queue: 'other', timeout: 7200 },
      },
    ]);
    const back = chooseAlternatives(chosen.plan, options, none, [task('first')], () => ({}));
    expect(back.ok && back.plan.report.tasks.find(({ id }) => id === task('first').id)?.change).toBe(
      task('first').change,
    );
  });

  it('are refused where there is no such queue or sensor, and where an isolation rule forbids them', async () => {
    const { plan, options, task } = await open();
    const reasonOf = (name: string, set: { queue?: string; sensor?: 'remove' }): string => {
      const chosen = chooseAlternatives(plan, options, none, [task(name)], () => set);
      return chosen.ok ? '' : chosen.reason;
    };
    expect(reasonOf('first', { queue: 'nowhere' })).toContain(
      'the configuration has no queue nowhere; it has other, poc',
    );
    expect(reasonOf('first', { sensor: 'remove' })).toContain('has no sensor');
    expect(reasonOf('inside', { queue: 'other' })).toContain('no decision breaks an isolation rule');
    expect(reasonOf('inside', { queue: 'poc' })).toBe('');
  });
});
