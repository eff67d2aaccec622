import { describe, expect, it } from 'vitest';
import type { SparkSensor, SparkTask } from '../../src/model.ts';
import { imports, read } from './read.ts';

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
const sensor = (text: string): SparkSensor => {
  const { sensors, errors } = read(imports + text);
  expect(errors).toEqual([]);
  return sensors.at(-1) as SparkSensor;
};
const known = (value: unknown) => ({ kind: 'known', value });

describe('values', () => {
  const value = (expression: string, before = '') =>
    only(`${before}\nSparkKubernetesOperator(task_id="t", x=${expression})\n`).arguments.at(-1);
  it.each<[string, unknown, string?]>([
    ['"a" "b"', 'ab'],
    ['("a"\n "b")', 'ab'],
    ['"a" + B', 'ab', 'B = "b"'],
    ['"%s-%s" % (B, 1)', 'b-1', 'B = "b"'],
    ['"%s" % B', 'b', 'B = "b"'],
    ['"{}-{}".format(B, 2)', 'b-2', 'B = "b"'],
    ['"{x}".format(x=B)', 'b', 'B = "b"'],
    ['f"{{{B}}}"', '{b}', 'B = "b"'],
    ['-1', -1],
    ['60 * 60', 3600],
    ['1_000', 1000],
    ['0x10', 16],
    ['[1, "a", None, True]', [1, 'a', null, true]],
    ['{"a": {"b": 1}}', { a: { b: 1 } }],
    [String.raw`"a\n\x41é\101"`, 'a\nAéA'],
    [String.raw`r"a\n"`, String.raw`a\n`],
  ])('%s is known', (expression, expected, before) => {
    expect(value(expression, before)?.value).toEqual(known(expected));
  });

  it.each([
    ['Variable.get("x")', { kind: 'unknown', because: 'Variable.get("x")' }],
    ['"a" if b else "c"', { kind: 'unknown', because: '"a" if b else "c"' }],
    ['os.environ["A"]', { kind: 'unknown', because: 'os.environ["A"]' }],
    ['x', { kind: 'symbolic', text: 'x' }],
    ['f"{x}"', { kind: 'symbolic', text: 'f"{x}"' }],
    ['f"{1.0}"', { kind: 'symbolic', text: 'f"{1.0}"' }],
    ['"%5d" % 1', { kind: 'unknown', because: '"%5d" % 1' }],
    ['"{:>3}".format("a")', { kind: 'unknown', because: '"{:>3}".format("a")' }],
    ['b"a"', { kind: 'symbolic', text: 'b"a"' }],
  ])('%s is not', (expression, expected) => {
    expect(value(expression)?.value).toEqual(expected);
  });

  it.each<[string, number | null]>([
    ['timedelta(minutes=5)', 300],
    ['timedelta(1, 30)', 86_430],
    ['timedelta(hours=N)', 7200],
    ['dt.timedelta(seconds=1.5)', 1.5],
    ['90', 90],
    ['LIMIT', 60],
    ['timedelta(fortnights=1)', null],
    ['mine.timedelta(hours=1)', null],
    ['x', null],
  ])('%s lasts', (expression, expected) => {
    const before =
      'from datetime import timedelta\nimport datetime as dt\nimport mine\nN = 2\nLIMIT = timedelta(minutes=1)\n';
    expect(value(expression, before)?.seconds).toBe(expected);
  });

  it('ends where names refer to each other, or double each other', () => {
    const doubling = Array.from({ length: 40 }, (_, i) => `A${i + 1} = A${i} + A${i}\n`).join('');
    expect(value('A', 'A = B\nB = A\n')?.value.kind).not.toBe('known');
    expect(value('A40', `A0 = "x"\n${doubling}`)?.value.kind).not.toBe('known');
    expect(only('t = SparkKubernetesOperator(task_id=t.task_id)\n').taskId.kind).not.toBe('known');
  });
});

describe('payloads', () => {
  const payload = (argument: string, before = '') =>
    only(`${before}\nSparkKubernetesOperator(task_id="t", ${argument})\n`).payload;
  it.each([
    ['application_file="a/b.yaml"', { kind: 'file', path: 'a/b.yaml' }],
    ['application_file="a.yml"', { kind: 'file' }],
    ['application_file="a.json"', { kind: 'file' }],
    ['application_file=f"{D}/a.yaml"', { kind: 'file', path: 'd/a.yaml' }],
    [
      'application_file=TEXT',
      { kind: 'constant', constant: { name: 'TEXT', literal: { value: '\nkind: x\n', quote: '"""' } } },
    ],
    ['application_file="""kind: x"""', { kind: 'inline', literal: { value: 'kind: x' } }],
    ['application_file="{{ ti.xcom_pull() }}"', { kind: 'runtime' }],
    ['application_file=open("a.yaml").read()', { kind: 'file', form: 'text', paths: [{ text: 'a.yaml' }] }],
    ['application_file=read("a.yaml")', { kind: 'runtime' }],
    ['application_file=yaml.dump(x)', { kind: 'runtime' }],
    ['application_file={"a": 1}', { kind: 'dict' }],
    ['template_spec={"a": 1}', { kind: 'dict' }],
    ['namespace="x"', { kind: 'none' }],
  ])('%s', (argument, expected) => {
    expect(payload(argument, 'D = "d"\nTEXT = """\nkind: x\n"""\n')).toMatchObject(expected);
  });

  it('lists the readers of the constant', () => {
    const text = 'TEXT = """kind: x"""\nSparkKubernetesOperator(task_id="t", application_file=TEXT)\nprint(TEXT)\n';
    const source = only(text).payload;
    expect(source.kind === 'constant' ? source.constant.uses.length : 0).toBe(2);
  });

  it('does not take a text for constant that is bound twice', () => {
    expect(payload('application_file=TEXT', 'TEXT = "kind: x"\nif a:\n    TEXT = "kind: y"\n').kind).toBe('runtime');
  });
});

describe('what a sensor watches', () => {
  const watches = (name: string, before = '') =>
    sensor(`${before}\nSparkKubernetesSensor(task_id="s", application_name=${name})\n`).watches;
  const submit =
    'from airflow.utils.task_group import TaskGroup\nwith TaskGroup("g"):\n    submit = SparkKubernetesOperator(task_id="submit")\n';
  it.each<[string, readonly string[]]>([
    [`"{{ task_instance.xcom_pull(task_ids='a')['metadata']['name'] }}"`, ['a']],
    [`'{{ task_instance.xcom_pull(task_ids="a")["metadata"]["name"] }}'`, ['a']],
    [`"{{ ti.xcom_pull('a')['metadata']['name'] }}"`, ['a']],
    [`"{{ti.xcom_pull(task_ids='a', key='return_value')['metadata']['name']}}"`, ['a']],
    [`"{{ ti.xcom_pull(key='return_value', task_ids='a')['metadata']['name'] }}"`, ['a']],
    [`"{{ ti.xcom_pull(task_ids=['a', 'b'])['metadata']['name'] }}"`, ['a', 'b']],
    [`"{{ ti.xcom_pull(task_ids='a').metadata.name }}"`, ['a']],
    [`"{{- ti.xcom_pull(task_ids='a')['metadata']['name'] -}}"`, ['a']],
    [`f"{{{{ ti.xcom_pull(task_ids='{ID}')['metadata']['name'] }}}}"`, ['a']],
    [`"{{ ti.xcom_pull(task_ids='" + ID + "')['metadata']['name'] }}"`, ['a']],
    [`"{{ ti.xcom_pull(task_ids='%s')['metadata']['name'] }}" % ID`, ['a']],
    [`"{{{{ ti.xcom_pull(task_ids='{}')['metadata']['name'] }}}}".format(ID)`, ['a']],
    [`f"{{{{ ti.xcom_pull(task_ids='{submit.task_id}')['metadata']['name'] }}}}"`, ['g.submit']],
    [`submit.output['metadata']['name']`, ['g.submit']],
  ])('%s', (name, expected) => {
    expect(watches(name, `${submit}ID = "a"\n`)).toEqual(expected);
  });

  it.each([
    `"spark-pi"`,
    `"{{ ti.xcom_pull(task_ids='a') }}"`,
    `"{{ ti.xcom_pull(task_ids='a', key='pod_name')['metadata']['name'] }}"`,
    `"{{ ti.xcom_pull(task_ids='a', dag_id='x')['metadata']['name'] }}"`,
    `"{{ ti.xcom_pull(task_ids='a')['metadata']['namespace'] }}"`,
    `"{{ ti.xcom_pull(task_ids='a')['metadata']['name'] }}-x"`,
    `"{{ ti.xcom_pull(task_ids=params.a)['metadata']['name'] }}"`,
    `"{{ ti.xcom_pull()['metadata']['name'] }}"`,
    `f"{{{{ ti.xcom_pull(task_ids='{x}')['metadata']['name'] }}}}"`,
    `other.output['metadata']['name']`,
  ])('is not known of %s', (name) => {
    expect(watches(name, submit)).toBeNull();
  });
});
