import { describe, expect, it } from 'vitest';
import { at, operatorModule as M, read, sensorModule as S } from './read.ts';

const call = (callee: string) => `t = ${callee}(task_id="t", application_file="a.yaml")\n`;
const parent = M.slice(0, M.lastIndexOf('.'));

describe('every spelling of the import', () => {
  it.each([
    [`from ${M} import SparkKubernetesOperator\n`, 'SparkKubernetesOperator'],
    [`from ${M} import SparkKubernetesOperator as Op\n`, 'Op'],
    [`from ${M} import (\n    SparkKubernetesOperator,  # ours\n)\n`, 'SparkKubernetesOperator'],
    [`from ${M} import Other, SparkKubernetesOperator as Op\n`, 'Op'],
    [`from ${M} import \\\n    SparkKubernetesOperator\n`, 'SparkKubernetesOperator'],
    [`import ${M}\n`, `${M}.SparkKubernetesOperator`],
    [`import ${M} as sk\n`, 'sk.SparkKubernetesOperator'],
    [`import os, ${M} as sk\n`, 'sk.SparkKubernetesOperator'],
    [`from ${parent} import spark_kubernetes\n`, 'spark_kubernetes.SparkKubernetesOperator'],
    [`from ${parent} import spark_kubernetes as sk\n`, 'sk.SparkKubernetesOperator'],
    [
      `try:\n    from ${M} import SparkKubernetesOperator\nexcept ImportError:\n    SparkKubernetesOperator = None\n`,
      'SparkKubernetesOperator',
    ],
    [`if True:\n    from ${M} import SparkKubernetesOperator\n`, 'SparkKubernetesOperator'],
    [
      `from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ${M} import SparkKubernetesOperator\n`,
      'SparkKubernetesOperator',
    ],
  ])('%s', (statement, callee) => {
    const facts = read(statement + call(callee));
    const [task] = facts.tasks;
    expect(facts.errors).toEqual([]);
    expect(facts.otherUses).toEqual([]);
    expect(at(facts, task?.callee ?? { start: 0, end: 0 })).toBe(callee);
    expect(task?.import.local).toBe(callee.split('.')[0]);
    expect(task?.import.uses.map((use) => at(facts, use))).toEqual([callee.split('.')[0]]);
  });

  it('finds an import inside a function, for that function only', () => {
    const facts = read(
      `def f():\n    from ${M} import SparkKubernetesOperator\n    ${call('SparkKubernetesOperator')}\nSparkKubernetesOperator(task_id="x")\n`,
    );
    expect(facts.tasks.map(({ place }) => place.line)).toEqual([3]);
    expect(facts.tasks[0]?.import.topLevel).toBe(false);
  });

  it('keeps operator and sensor modules of the same last name apart', () => {
    const facts = read(
      `from ${parent} import spark_kubernetes as ops\nfrom ${S.slice(0, S.lastIndexOf('.'))} import spark_kubernetes\n${call('ops.SparkKubernetesOperator')}s = spark_kubernetes.SparkKubernetesSensor(task_id="s", application_name="x")\nspark_kubernetes.SparkKubernetesOperator(task_id="n")\n`,
    );
    expect([facts.tasks.length, facts.sensors.length]).toEqual([1, 1]);
  });

  it('links a dotted import to the statement that names its module', () => {
    const facts = read(
      `import ${M}\nimport ${S}\nt = ${M}.SparkKubernetesOperator(task_id="t")\ns = ${S}.SparkKubernetesSensor(task_id="s")\n`,
    );
    expect(facts.tasks[0]?.import.module).toBe(M);
    expect(facts.sensors[0]?.import.module).toBe(S);
    expect(facts.tasks[0]?.import.rebound).toBe(true);
  });

  it('describes the statement', () => {
    const facts = read(`from ${M} import A, SparkKubernetesOperator as Op\nOp(task_id="t")\nOp\n`);
    const imported = facts.tasks[0]?.import;
    expect(imported).toMatchObject({
      module: M,
      name: 'SparkKubernetesOperator',
      local: 'Op',
      names: 2,
      topLevel: true,
      rebound: false,
    });
    expect(at(facts, imported?.clause ?? { start: 0, end: 0 })).toBe('SparkKubernetesOperator as Op');
    expect(at(facts, imported?.statement ?? { start: 0, end: 0 })).toBe(facts.source.text.split('\n')[0]);
    expect(imported?.uses).toHaveLength(2);
  });

  it('says when the name is bound elsewhere too', () => {
    const facts = read(
      `try:\n    from ${M} import SparkKubernetesOperator\nexcept ImportError:\n    SparkKubernetesOperator = None\n${call('SparkKubernetesOperator')}`,
    );
    expect(facts.tasks[0]?.import).toMatchObject({ rebound: true, topLevel: false });
  });
});

describe('what is not ours', () => {
  const ours = `from ${M} import SparkKubernetesOperator\n`;
  it.each([
    [
      'the same name from another module',
      `from vendored.spark import SparkKubernetesOperator\n${call('SparkKubernetesOperator')}`,
    ],
    [
      'a relative import of the same name',
      `from .spark_kubernetes import SparkKubernetesOperator\n${call('SparkKubernetesOperator')}`,
    ],
    [
      'a name bound again before the call',
      `${ours}from vendored import SparkKubernetesOperator\n${call('SparkKubernetesOperator')}`,
    ],
    ['a deleted name', `${ours}del SparkKubernetesOperator\n${call('SparkKubernetesOperator')}`],
    ['a parameter of the same name', `${ours}def f(SparkKubernetesOperator):\n    ${call('SparkKubernetesOperator')}`],
    [
      'a local of the same name',
      `${ours}def f():\n    SparkKubernetesOperator = g()\n    ${call('SparkKubernetesOperator')}`,
    ],
    ['a comment and a string', `# SparkKubernetesOperator(task_id="t")\nx = "SparkKubernetesOperator(task_id='t')"\n`],
    ['an attribute of something else', `${ours}x.SparkKubernetesOperator(task_id="t")\n`],
    ['a keyword', `${ours}f(SparkKubernetesOperator=1)\n`],
    [
      'a class body seen from a method',
      `class A:\n    from ${M} import SparkKubernetesOperator\n    def f(self):\n        return SparkKubernetesOperator(task_id="t")\n`,
    ],
  ])('%s', (_, text) => {
    const facts = read(text);
    expect(facts.errors).toEqual([]);
    expect(facts.tasks).toEqual([]);
    expect(facts.otherUses).toEqual([]);
  });

  it('reads the old name on the right side of its own rebinding', () => {
    const facts = read(
      `${ours}SparkKubernetesOperator = wrap(SparkKubernetesOperator)\n${call('SparkKubernetesOperator')}`,
    );
    expect(facts.tasks).toEqual([]);
    expect(facts.otherUses.map(({ place }) => place.line)).toEqual([2]);
  });

  it('takes a call before the rebinding, not the one after', () => {
    const facts = read(
      `${ours}${call('SparkKubernetesOperator')}SparkKubernetesOperator = x\n${call('SparkKubernetesOperator')}`,
    );
    expect(facts.tasks.map(({ place }) => place.line)).toEqual([2]);
  });
});

describe('uses that can not be followed are told', () => {
  it.each([
    ['a base class', `from ${M} import SparkKubernetesOperator\nclass Mine(SparkKubernetesOperator):\n    x = 1\n`, 2],
    ['an alias in a dict', `from ${M} import SparkKubernetesOperator\nOps = {"a": SparkKubernetesOperator}\n`, 2],
    ['an argument', `from ${M} import SparkKubernetesOperator\nf(SparkKubernetesOperator)\n`, 2],
    [
      'one of two classes',
      `try:\n    from ${M} import SparkKubernetesOperator\nexcept ImportError:\n    from vendored import SparkKubernetesOperator\nSparkKubernetesOperator(task_id="t")\n`,
      5,
    ],
    [
      'bound anew on the way round a loop',
      `from ${M} import SparkKubernetesOperator\nfor x in y:\n    SparkKubernetesOperator(task_id="t")\n    SparkKubernetesOperator = x\n`,
      3,
    ],
    [
      'bound anew below a function that may run later',
      `from ${M} import SparkKubernetesOperator\ndef f():\n    return SparkKubernetesOperator(task_id="t")\nSparkKubernetesOperator = x\n`,
      3,
    ],
    [
      'bound anew by a function',
      `from ${M} import SparkKubernetesOperator\ndef f():\n    global SparkKubernetesOperator\n    SparkKubernetesOperator = x\nf()\nSparkKubernetesOperator(task_id="t")\n`,
      6,
    ],
    ['the class by its dotted name in a string', `Op = import_string("${M}.SparkKubernetesOperator")\n`, 1],
  ])('%s', (_, text, line) => {
    const facts = read(text);
    expect(facts.tasks).toEqual([]);
    expect(facts.otherUses.map(({ place, className }) => [place.line, className])).toEqual([
      [line, 'SparkKubernetesOperator'],
    ]);
  });
});
