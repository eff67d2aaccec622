import { describe, expect, it } from 'vitest';
import { keyPattern, keyShown } from '../../src/parser/text-keys.ts';
import { read } from './read.ts';

const head = `from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
from airflow.providers.cncf.kubernetes.sensors.spark_kubernetes import SparkKubernetesSensor
for x in load():
`;

function keyOf(expression: string): string | null {
  const facts = read(`${head}    y = x\n    SparkKubernetesOperator(task_id=${expression})\n`);
  expect(facts.errors).toEqual([]);
  return facts.tasks[0]?.idKey ?? null;
}

describe('a text that is not known', () => {
  it.each([
    ['f"a_{x}"', 'a_{x}'],
    ['"a_" + x', 'a_{x}'],
    ['"a_%s" % x', 'a_{x}'],
    ['"a_{}".format(x)', 'a_{x}'],
    ['"a_" f"{x}"', 'a_{x}'],
    ['f"a_{y}"', 'a_{x}'],
    ['x', '{x}'],
    ['x["name"]', '{x.name}'],
    ['x.name', '{x.name}'],
    ['"plain"', 'plain'],
  ])('%s', (expression, shown) => {
    const key = keyOf(expression);
    expect(key === null ? null : keyShown(key)).toBe(shown);
  });

  it.each(['f"a_{x()}"', 'f"a_{x!r}"', 'f"a_{x:>3}"', 'x + 1', 'name()', '"a" if x else "b"'])(
    '%s has no key',
    (expression) => {
      expect(keyOf(expression)).toBeNull();
    },
  );

  it('is the same for the same variable only', () => {
    const facts = read(
      `${head}    SparkKubernetesOperator(task_id=f"t_{x}")\n    SparkKubernetesSensor(application_name="{{ ti.xcom_pull(task_ids='t_%s')['metadata']['name'] }}" % x)\nfor x in load():\n    SparkKubernetesOperator(task_id=f"t_{x}")\n`,
    );
    const [first, second] = facts.tasks;
    expect(facts.sensors[0]?.watches).toEqual([first?.idKey]);
    expect(second?.idKey).not.toBe(first?.idKey);
  });

  it('may stand for many', () => {
    const pattern = keyPattern(keyOf('f"a_{x}.b"') ?? '');
    expect(['a_1.b', 'a_.b', 'a_1-b', 'xa_1.b'].map((text) => pattern?.test(text))).toEqual([true, true, false, false]);
    expect(keyPattern('plain')).toBeNull();
  });
});
