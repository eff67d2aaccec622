import { describe, expect, it } from 'vitest';
import { imports, read } from './read.ts';

describe('large and odd files', () => {
  it('comes to an end with thousands of nested parentheses', () => {
    const depth = 2000;
    const facts = read(
      `${imports}x = ${'('.repeat(depth)}1${')'.repeat(depth)}\nSparkKubernetesOperator(task_id="t", x=${'['.repeat(depth)}${']'.repeat(depth)})\n`,
    );
    expect(facts.tasks).toHaveLength(1);
    expect(facts.tasks[0]?.arguments.at(-1)?.value.kind).toBe('unknown');
  });

  it('reads a DAG of 50,000 lines', () => {
    const one = (index: number) =>
      `t = SparkKubernetesOperator(\n    task_id="t${index}",\n    application_file="a.yaml",\n    namespace=NAMESPACE,\n    dag=dag,\n)\n# comment\ns = t\na >> t\nNAMESPACE2 = "x"\n`;
    const text = `${imports}NAMESPACE = "n"\ndag = DAG("d")\n${Array.from({ length: 5000 }, (_, index) => one(index)).join('')}`;
    const facts = read(text);
    expect(facts.tasks).toHaveLength(5000);
    expect(facts.tasks[4999]?.variable?.uses).toHaveLength(2);
    expect(facts.tasks[4999]?.taskId).toEqual({ kind: 'known', value: 't4999' });
    expect(new Set(facts.tasks.map(({ dag }) => dag)).size).toBe(1);
  });

  it('does not throw on what is no Python', () => {
    for (const text of [
      '',
      '\uFEFF',
      '\n',
      '(((',
      'def',
      '"""',
      '\\',
      'f"{',
      '}{',
      'from x import',
      '\u0001',
      'é = 日',
    ]) {
      const facts = read(text);
      expect(facts.source.text).toBe(text);
    }
  });

  it('counts columns without a byte order mark', () => {
    const facts = read(`\uFEFF${imports.trimEnd()}\nSparkKubernetesOperator(task_id="t")\n`);
    expect(facts.errors).toEqual([]);
    expect(facts.tasks[0]?.place).toMatchObject({ line: 4, column: 1 });
  });

  it('counts offsets in UTF-16 units', () => {
    const facts = read(`${imports}x = "😀"; t = SparkKubernetesOperator(task_id="😀")\n`);
    expect(facts.tasks[0]?.place.column).toBe(15);
    expect(facts.tasks[0]?.taskId).toEqual({ kind: 'known', value: '😀' });
  });
});
