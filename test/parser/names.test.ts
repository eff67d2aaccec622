import { describe, expect, it } from 'vitest';
import type { ClassMeaning, FileFacts } from '../../src/model.ts';
import { followExports } from '../../src/parser/follow-exports.ts';
import { readPythonFile } from '../../src/parser/read-file.ts';
import { operatorModule, python, read } from './read.ts';

const call = (name: string): string => `${name}(task_id="t", application_file="a.yaml")\n`;
const count = (text: string): number => read(text).tasks.length;
const use = `from ${operatorModule} import SparkKubernetesOperator\n`;

describe('other names of the class', () => {
  it.each([
    ['another name', `${use}Spark = SparkKubernetesOperator\n${call('Spark')}`],
    [
      'another name of an attribute',
      `import ${operatorModule} as m\nSpark = m.SparkKubernetesOperator\n${call('Spark')}`,
    ],
    ['import *', `from ${operatorModule} import *\n${call('SparkKubernetesOperator')}`],
    ['a subclass that says nothing', `${use}class A(SparkKubernetesOperator):\n    pass\n${call('A')}`],
    [
      'a subclass with a docstring',
      `${use}class A(SparkKubernetesOperator):\n    """Ours."""\n    ui_color = "#fff"\n${call('A')}`,
    ],
  ])('%s', (_, text) => {
    expect(count(text)).toBe(1);
    expect(read(text).otherUses).toEqual([]);
  });

  it.each([
    ['a name that may be another class', `${use}S = SparkKubernetesOperator\nif x:\n    S = Other\n${call('S')}`],
  ])('leaves %s, and says so', (_, text) => {
    expect(count(text)).toBe(0);
    expect(read(text).otherUses.length).toBeGreaterThan(0);
  });

  it.each([
    [
      'a subclass that does something',
      `${use}class A(SparkKubernetesOperator):\n    def execute(self, c):\n        pass\n${call('A')}`,
    ],
    ['a subclass of two', `${use}class A(Mixin, SparkKubernetesOperator):\n    pass\n${call('A')}`],
  ])('takes the calls of %s for tasks that nobody may touch', (_, text) => {
    const { tasks, otherUses } = read(text);
    expect(tasks.map(({ overridden }) => overridden?.name)).toEqual(['A']);
    expect(otherUses.length).toBeGreaterThan(0);
  });

  it('takes what a subclass with defaults passes on for the call', () => {
    const { tasks, otherUses } = read(
      `${use}class A(SparkKubernetesOperator):\n    def __init__(self, *, namespace="x", **k):\n        super().__init__(namespace=namespace, **k)\n${call('A')}`,
    );
    expect(tasks).toHaveLength(1);
    expect(tasks[0]?.callers).toEqual(['A']);
    expect(tasks[0]?.overridden).toBeUndefined();
    expect(otherUses).toEqual([]);
  });

  it('reports a copy under the same name', () => {
    expect(read('class SparkKubernetesOperator(BaseOperator):\n    pass\n').otherUses).toMatchObject([
      {
        className: 'SparkKubernetesOperator',
        text: 'class SparkKubernetesOperator(BaseOperator): (a copy, left alone)',
      },
    ]);
  });

  it('reads other template suffixes of a subclass', () => {
    const body = 'class A(SparkKubernetesOperator):\n    template_ext = (".j2",)\n';
    expect(read(`${use}${body}A(task_id="t", application_file="a.yaml.j2")\n`).tasks[0]?.payload.kind).toBe('file');
    expect(
      read(`${use}SparkKubernetesOperator(task_id="t", application_file="a.yaml.j2")\n`).tasks[0]?.payload.kind,
    ).not.toBe('file');
  });
});

describe('followExports', () => {
  const readOne = (source: FileFacts['source'], classes: ReadonlyMap<string, ClassMeaning>): FileFacts =>
    readPythonFile(python, source, 'bpg_operator.BPGOperator', classes);
  const tasks = (files: Readonly<Record<string, string>>): Record<string, number> => {
    const sources = Object.entries(files).map(([path, text]) => ({ path, text, encoding: 'utf-8' as const }));
    const first = sources.filter(({ text }) => /SparkKubernetes|spark_kubernetes/.test(text));
    const found = followExports(
      first.map((source) => readOne(source, new Map())),
      [],
      new Map(),
      ['src/lib'],
      (words) => sources.filter(({ text }) => words.some((word) => text.includes(word))),
      readOne,
    );
    return Object.fromEntries(found.map((facts) => [facts.source.path, facts.tasks.length]));
  };

  it.each([
    ['below dags', 'dags/lib/ops.py', 'from lib.ops import Spark'],
    ['below a configured root', 'src/lib/ops.py', 'from ops import Spark'],
    ['by the root of the project', 'dags/lib/ops.py', 'from dags.lib.ops import Spark'],
    ['of a package', 'dags/lib/__init__.py', 'from lib import Spark'],
    ['relative', 'dags/ops.py', 'from .ops import Spark'],
  ])('finds a module %s', (_, path, statement) => {
    const files = { [path]: `${use}Spark = SparkKubernetesOperator\n`, 'dags/a.py': `${statement}\n${call('Spark')}` };
    expect(tasks(files)['dags/a.py']).toBe(1);
  });

  it('follows a chain, and leaves a name of another module', () => {
    const files = {
      'dags/x.py': `${use}Spark = SparkKubernetesOperator\n`,
      'dags/y.py': 'from x import Spark as Job\n',
      'dags/a.py': `from y import Job\n${call('Job')}`,
      'dags/b.py': `from z import Spark\n${call('Spark')}`,
    };
    expect(tasks(files)['dags/a.py']).toBe(1);
    expect(tasks(files)['dags/b.py']).toBeUndefined();
  });
});
