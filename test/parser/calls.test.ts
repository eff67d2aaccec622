import { describe, expect, it } from 'vitest';
import type { SparkTask } from '../../src/model.ts';
import { at, imports, read } from './read.ts';

const tasksOf = (text: string): readonly SparkTask[] => {
  const facts = read(imports + text);
  expect(facts.errors).toEqual([]);
  return facts.tasks;
};
const only = (text: string): SparkTask => {
  const tasks = tasksOf(text);
  expect(tasks).toHaveLength(1);
  return tasks[0] as SparkTask;
};
const known = (value: unknown) => ({ kind: 'known', value });
const op = (more = '') => `SparkKubernetesOperator(task_id="t"${more})`;

describe('the DAG around a call', () => {
  it.each([
    ['with', `with DAG("d") as dag:\n    ${op()}\n`],
    ['with dag_id', `with DAG(dag_id="d"):\n    ${op()}\n`],
    ['with several managers', `with open("x") as f, DAG("d") as dag:\n    ${op()}\n`],
    ['with of a variable', `dag = DAG("d")\nwith dag:\n    ${op()}\n`],
    ['with of a variable by name', `dag = DAG("d")\nwith dag as other:\n    ${op()}\n`],
    ['dag=', `dag = DAG("d")\n${op(', dag=dag')}\n`],
    ['dag= inside another with', `other = DAG("d")\nwith DAG("x"):\n    ${op(', dag=other')}\n`],
    ['@dag', `from airflow.decorators import dag\n@dag\ndef d():\n    ${op()}\n`],
    [
      '@dag with its id',
      `from airflow.decorators import dag\n@dag(dag_id="d", schedule=None)\ndef x():\n    ${op()}\n`,
    ],
    ['@dag of the new SDK', `from airflow.sdk import dag\n@dag()\ndef d():\n    ${op()}\n`],
    ['another spelling of DAG', `from airflow.models.dag import DAG as D\nwith D("d"):\n    ${op()}\n`],
    ['a constant id', `ID = "d"\nwith DAG(ID):\n    ${op()}\n`],
  ])('%s', (_, text) => {
    expect(only(text).dag?.id).toEqual(known('d'));
  });

  it.each([
    ['none', op()],
    ['a DAG of another package', `from mine import DAG\nwith DAG("d"):\n    ${op()}\n`],
    ['a helper function, called from anywhere', `with DAG("d"):\n    def f():\n        return ${op()}\n`],
    ['a DAG that a function makes', `dag = make()\n${op(', dag=dag')}\n`],
  ])('unknown: %s', (_, text) => {
    expect(only(text).dag).toBeNull();
  });

  it('gives tasks of one DAG the same object, of two DAGs different ones', () => {
    const tasks = tasksOf(`with DAG("a") as a:\n    ${op()}\n${op(', dag=a')}\nwith DAG("b"):\n    ${op()}\n`);
    expect(tasks[0]?.dag).toBe(tasks[1]?.dag);
    expect(tasks[2]?.dag).not.toBe(tasks[0]?.dag);
  });

  it('reads the search path and the native rendering', () => {
    const { dag } = only(
      `with DAG("d", template_searchpath=["/a"], render_template_as_native_obj=True):\n    ${op()}\n`,
    );
    expect(dag?.templateSearchPath).toEqual(known(['/a']));
    expect(dag?.renderNative).toBe(true);
  });
});

describe('default_args', () => {
  const entries = (text: string) =>
    Object.fromEntries(
      [...only(text).defaults.entries].map(([key, { value }]) => [key, value.kind === 'known' ? value.value : '?']),
    );
  const complete = (text: string) => only(text).defaults.complete;

  it.each([
    ['a dict', `with DAG("d", default_args={"retries": 2, "owner": "me"}):\n    ${op()}\n`],
    ['a constant', `A = {"retries": 2, "owner": "me"}\nwith DAG("d", default_args=A):\n    ${op()}\n`],
    ['dict()', `with DAG("d", default_args=dict(retries=2, owner="me")):\n    ${op()}\n`],
    [
      'a base, merged',
      `B = {"retries": 1, "owner": "me"}\nwith DAG("d", default_args={**B, "retries": 2}):\n    ${op()}\n`,
    ],
    [
      'a base, merged by |',
      `B = {"retries": 1}\nwith DAG("d", default_args=B | {"retries": 2, "owner": "me"}):\n    ${op()}\n`,
    ],
    ['a copy', `B = {"retries": 2, "owner": "me"}\nwith DAG("d", default_args=B.copy()):\n    ${op()}\n`],
    [
      'dict() of a base',
      `B = {"retries": 1, "owner": "me"}\nwith DAG("d", default_args=dict(B, retries=2)):\n    ${op()}\n`,
    ],
  ])('%s', (_, text) => {
    expect(entries(text)).toEqual({ retries: 2, owner: 'me' });
    expect(complete(text)).toBe(true);
  });

  it.each([
    ['an unknown base', `with DAG("d", default_args={**base(), "retries": 2}):\n    ${op()}\n`, { retries: 2 }],
    ['an unknown part that may overwrite', `with DAG("d", default_args={"retries": 2, **base()}):\n    ${op()}\n`, {}],
    ['an unknown key', `with DAG("d", default_args={"retries": 2, k: 1}):\n    ${op()}\n`, {}],
    [
      'a dict that is changed in place',
      `A = {"retries": 2}\nA["retries"] = 3\nwith DAG("d", default_args=A):\n    ${op()}\n`,
      {},
    ],
    ['a dict that is updated', `A = {"retries": 2}\nA.update(b())\nwith DAG("d", default_args=A):\n    ${op()}\n`, {}],
    ['arguments of the DAG that are not known', `with DAG("d", **config):\n    ${op()}\n`, {}],
    ['no DAG', op(), {}],
  ])('incomplete: %s', (_, text, expected) => {
    expect(entries(text)).toEqual(expected);
    expect(complete(text)).toBe(false);
  });

  it('lets the inner group win', () => {
    const text = `from airflow.utils.task_group import TaskGroup\nwith DAG("d", default_args={"retries": 1, "owner": "me"}):\n    with TaskGroup("g", default_args={"retries": 2}):\n        with TaskGroup("h", default_args={"retries": 3}):\n            ${op()}\n`;
    expect(entries(text)).toEqual({ retries: 3, owner: 'me' });
  });

  it('reads durations', () => {
    const text = `from datetime import timedelta\nwith DAG("d", default_args={"execution_timeout": timedelta(hours=1, minutes=30)}):\n    ${op()}\n`;
    expect(only(text).defaults.entries.get('execution_timeout')?.seconds).toBe(5400);
  });
});

describe('task ids', () => {
  const group = 'from airflow.utils.task_group import TaskGroup\nfrom airflow.decorators import task_group\n';
  it.each([
    ['a group', `with TaskGroup("g"):\n    ${op()}\n`, known('g.t')],
    [
      'nested groups',
      `with TaskGroup(group_id="g") as g:\n    with TaskGroup("h"):\n        ${op()}\n`,
      known('g.h.t'),
    ],
    ['two groups in one with', `with TaskGroup("g"), TaskGroup("h"):\n    ${op()}\n`, known('g.h.t')],
    ['a group without prefix', `with TaskGroup("g", prefix_group_id=False):\n    ${op()}\n`, known('t')],
    ['a group whose id is not known', `with TaskGroup(name()):\n    ${op()}\n`, { kind: 'symbolic', text: 't' }],
    ['@task_group', `@task_group\ndef g():\n    ${op()}\ng()\n`, known('g.t')],
    ['@task_group with its id', `@task_group(group_id="h")\ndef g():\n    ${op()}\ng()\n`, known('h.t')],
    ['an f-string of constants', 'N = "a"\nSparkKubernetesOperator(task_id=f"run_{N}_{1}")\n', known('run_a_1')],
    [
      'an f-string of a parameter',
      'def f(n):\n    SparkKubernetesOperator(task_id=f"run_{n}")\n',
      { kind: 'symbolic', text: 'f"run_{n}"' },
    ],
    ['a call', 'SparkKubernetesOperator(task_id=name())\n', { kind: 'unknown', because: 'name()' }],
    ['none', 'SparkKubernetesOperator()\n', { kind: 'unknown', because: 'no task_id' }],
  ])('%s', (_, text, expected) => {
    expect(only(group + text).taskId).toEqual(expected);
  });
});

describe('how many tasks one call makes', () => {
  it.each<[string, string, number | 'dynamic']>([
    ['one', op(), 1],
    ['a loop over a list', `for x in ["a", "b", "c"]:\n    ${op()}\n`, 3],
    ['a loop over a constant', `L = ("a", "b")\nfor x in L:\n    ${op()}\n`, 2],
    ['a loop over a list that grows', `L = ["a"]\nL.append("b")\nfor x in L:\n    ${op()}\n`, 'dynamic'],
    ['nested loops', `for x in [1, 2]:\n    for y in [1, 2, 3]:\n        ${op()}\n`, 6],
    ['a loop over a call', `for x in names():\n    ${op()}\n`, 'dynamic'],
    ['while', `while a:\n    ${op()}\n`, 'dynamic'],
    ['a comprehension', `x = [${op()} for i in [1, 2]]\n`, 2],
    ['a comprehension with a condition', `x = [${op()} for i in [1, 2] if i]\n`, 'dynamic'],
    ['behind else of a loop', `for x in [1, 2]:\n    pass\nelse:\n    ${op()}\n`, 1],
    ['a function that is called twice', `def f():\n    return ${op()}\na = f()\nb = f()\n`, 2],
    ['a function that is called in a loop', `def f():\n    return ${op()}\nfor i in x:\n    f()\n`, 'dynamic'],
    ['a function that is passed on', `def f():\n    return ${op()}\nmap(f, x)\n`, 'dynamic'],
    ['a lambda', `f = lambda: ${op()}\n`, 'dynamic'],
    ['partial', 'SparkKubernetesOperator.partial(task_id="t").expand(application_file=x)\n', 'dynamic'],
    ['partial over a list', 'SparkKubernetesOperator.partial(task_id="t").expand(application_file=["a", "b"])\n', 2],
    [
      'partial over a list and a dict',
      'SparkKubernetesOperator.partial(task_id="t").expand(application_file=["a", "b"], params={"x": 1, "y": 2, "z": 3})\n',
      6,
    ],
    [
      'partial over a list and what is not known',
      'SparkKubernetesOperator.partial(task_id="t").expand(application_file=["a", "b"], params=x)\n',
      'dynamic',
    ],
    [
      'partial over a list with a splat',
      'SparkKubernetesOperator.partial(task_id="t").expand(application_file=["a", *more])\n',
      'dynamic',
    ],
    [
      'partial over dicts',
      'SparkKubernetesOperator.partial(task_id="t").expand_kwargs([{"application_file": "a"}, {"application_file": "b"}], strict=False)\n',
      2,
    ],
    [
      'partial over dicts that are not known',
      'SparkKubernetesOperator.partial(task_id="t").expand_kwargs(read())\n',
      'dynamic',
    ],
    ['partial over nothing', 'SparkKubernetesOperator.partial(task_id="t").expand()\n', 'dynamic'],
    [
      'partial over a list, in a loop',
      'for i in [1, 2, 3]:\n    SparkKubernetesOperator.partial(task_id="t").expand(application_file=["a", "b"])\n',
      6,
    ],
  ])('%s', (_, text, expected) => {
    expect(only(text).multiplicity).toBe(expected);
  });
});

describe('statements and variables', () => {
  it.each<[string, string, string, boolean]>([
    ['a call', `${op()}\n`, op(), true],
    ['an assignment', `t = ${op()}\n`, `t = ${op()}`, true],
    ['part of a chain', `a >> ${op()}\n`, `a >> ${op()}`, false],
    ['returned', `def f():\n    return ${op()}\n`, `return ${op()}`, false],
    ['two statements on a line', `x = 1; t = ${op()}\n`, `t = ${op()}`, true],
    ['in parentheses', `t = (${op()})\n`, `t = (${op()})`, false],
    [
      'partial',
      'SparkKubernetesOperator.partial(task_id="t").expand(a=b)\n',
      'SparkKubernetesOperator.partial(task_id="t").expand(a=b)',
      false,
    ],
  ])('%s', (_, text, statement, whole) => {
    const task = only(text);
    expect((imports + text).slice(task.statement.start, task.statement.end)).toBe(statement);
    expect(task.statementIsCall).toBe(whole);
  });

  it('lists every reader with its attribute', () => {
    const text = `${imports}t = ${op()}\na >> t\nt.set_upstream(b)\nx = [t, t.output["a"]]\nf = lambda: t\ndef g():\n    return t\ndef h(t):\n    return t\n`;
    const facts = read(text);
    const uses = facts.tasks[0]?.variable?.uses ?? [];
    expect(uses.map(({ attribute }) => attribute)).toEqual([null, 'set_upstream', null, 'output', null, null]);
    expect(uses.every(({ span }) => at(facts, span) === 't')).toBe(true);
  });

  it.each<[string, string, boolean]>([
    ['once', `t = ${op()}\n`, false],
    ['twice', `t = ${op()}\nt = 1\n`, true],
    ['once more in a function, as its own', `t = ${op()}\ndef f():\n    t = 1\n`, false],
    ['by global', `t = ${op()}\ndef f():\n    global t\n    t = 1\n`, true],
    ['two names at once', `s = t = ${op()}\n`, true],
  ])('bound %s', (_, text, expected) => {
    expect(only(text).variable?.rebound).toBe(expected);
  });

  it('gives each binding of a name its own readers', () => {
    const tasks = tasksOf(`t = ${op()}\na >> t\nt = ${op()}\nb >> t\nc >> t\n`);
    expect(tasks.map(({ variable }) => variable?.uses.length)).toEqual([1, 2]);
  });
});

describe('ignore comments', () => {
  it.each([
    ['inside', 'SparkKubernetesOperator(  # bpg-migrate: ignore[why]\n    task_id="t",\n)\n'],
    ['behind', `${op()}  # bpg-migrate: ignore[why]\n`],
    ['above', `# bpg-migrate: ignore[why]\nt = ${op()}\n`],
    ['above another comment', `# bpg-migrate: ignore[why]\n# more\nt = ${op()}\n`],
    ['above, indented', `if x:\n    # bpg-migrate: ignore[why]\n    t = ${op()}\n`],
  ])('%s', (_, text) => {
    const facts = read(imports + text);
    expect(facts.tasks[0]).toMatchObject({ ignored: 'why', ignoredUntil: null });
    expect(facts.unusedIgnores).toEqual([]);
  });

  it('reads a date', () => {
    expect(only(`${op()}  # bpg-migrate: ignore[a; b; until 2027-03-31]\n`)).toMatchObject({
      ignored: 'a; b',
      ignoredUntil: '2027-03-31',
    });
  });

  it.each([
    ['behind the statement before', `x = 1  # bpg-migrate: ignore[why]\nt = ${op()}\n`],
    ['above a blank line', `# bpg-migrate: ignore[why]\n\nt = ${op()}\n`],
    ['below', `t = ${op()}\n# bpg-migrate: ignore[why]\n`],
  ])('not %s: it is told as unused', (_, text) => {
    const facts = read(imports + text);
    expect(facts.tasks[0]?.ignored).toBeNull();
    expect(facts.unusedIgnores).toHaveLength(1);
  });

  it('is nothing in a string', () => {
    expect(only(`t = ${op(', doc="# bpg-migrate: ignore[x]"')}\n`).ignored).toBeNull();
  });
});
