import { describe, expect, it } from 'vitest';
import { at, imports, read } from './read.ts';

const example = `"""A DAG."""
from __future__ import annotations

${imports}
with DAG("d", default_args={"retries": 2}) as dag:
    # before
    submit = SparkKubernetesOperator(
        task_id="submit",  # its id
        application_file="a.yaml",
    )
    monitor = SparkKubernetesSensor(
        task_id="monitor",
        application_name="{{ task_instance.xcom_pull(task_ids='submit')['metadata']['name'] }}",
    )
    submit >> monitor
`;

describe('one file as facts', () => {
  const facts = read(example);
  const [task] = facts.tasks;
  const [sensor] = facts.sensors;

  it('finds the operator with all that an edit needs', () => {
    expect(facts.tasks).toHaveLength(1);
    expect(at(facts, task?.callee ?? { start: 0, end: 0 })).toBe('SparkKubernetesOperator');
    expect(at(facts, task?.argumentList ?? { start: 0, end: 0 })).toMatch(/^\([\s\S]*\)$/);
    expect(task?.arguments.map((argument) => at(facts, argument.span))).toEqual([
      'task_id="submit"',
      'application_file="a.yaml"',
    ]);
    expect(task?.arguments.map((argument) => at(facts, argument.valueSpan))).toEqual(['"submit"', '"a.yaml"']);
    expect(task?.comments.map((comment) => at(facts, comment))).toEqual(['# its id']);
    expect(task?.taskId).toEqual({ kind: 'known', value: 'submit' });
    expect(task?.payload).toMatchObject({ kind: 'file', path: 'a.yaml' });
    expect(task?.statementIsCall).toBe(true);
    expect(at(facts, task?.statement ?? { start: 0, end: 0 })).toMatch(/^submit = [\s\S]*\)$/);
    expect(task?.place).toEqual({ file: 'dags/a.py', line: 10, column: 14 });
  });

  it('ties the sensor to the operator by its XCom', () => {
    expect(sensor?.watches).toEqual(['submit']);
  });

  it('shares one DAG', () => {
    expect(task?.dag?.id).toEqual({ kind: 'known', value: 'd' });
    expect(sensor?.dag).toBe(task?.dag);
    expect(task?.defaults.entries.get('retries')?.value).toEqual({ kind: 'known', value: 2 });
  });

  it('lists every reader of the variable', () => {
    expect(task?.variable?.name).toBe('submit');
    expect(task?.variable?.uses.map(({ span }) => at(facts, span))).toEqual(['submit']);
    expect(task?.variable?.rebound).toBe(false);
  });

  it('reads dependencies, imports, strings and names', () => {
    expect(facts.dependencies.map(({ span }) => at(facts, span))).toEqual(['submit >> monitor']);
    expect(facts.imports.map(({ local }) => local)).toEqual([
      'DAG',
      'SparkKubernetesOperator',
      'SparkKubernetesSensor',
    ]);
    expect(facts.topImports.map(({ module }) => module)).toHaveLength(3);
    expect(example.slice(0, facts.importStart)).toMatch(/annotations$/);
    expect(facts.boundNames.has('monitor')).toBe(true);
    expect(facts.strings.find(({ value }) => value === 'monitor')?.context).toEqual({
      callee: 'SparkKubernetesSensor',
      argument: 'task_id',
      position: null,
      returned: false,
    });
    expect(facts.strings.some(({ value }) => value === 'A DAG.')).toBe(false);
  });

  it('tells line endings apart', () => {
    expect(facts.lineEnding).toBe('\n');
    expect(read(example.replaceAll('\n', '\r\n')).lineEnding).toBe('\r\n');
  });

  it('gives the places where a file does not parse', () => {
    expect(facts.errors).toEqual([]);
    expect(read('x = (\n').errors[0]).toMatchObject({ file: 'dags/a.py', line: 1 });
  });
});
