import { describe, expect, test } from 'vitest';
import type { TaskEntry } from '../../src/model.ts';
import { baselineOf, compareBaseline, readBaseline, writeBaseline } from '../../src/rollout/baseline.ts';
import { task } from '../report/sample.ts';

const at = (file: string, taskId = 'submit', ordinal = ''): TaskEntry => {
  const plain = task({ file, taskId });
  return { ...plain, id: plain.id + ordinal };
};
/** Equal content unless the task id says otherwise. */
const contentsOf = (tasks: readonly TaskEntry[]): Map<string, string> => new Map(tasks.map(({ id }) => [id, 'c0ffee']));
const record = (...tasks: TaskEntry[]) => baselineOf(tasks, contentsOf(tasks));
const compare = (
  entries: ReturnType<typeof record>,
  tasks: TaskEntry[],
  moved: (file: string) => boolean = () => true,
) => {
  const { known, gone } = compareBaseline(entries, tasks, contentsOf(tasks), moved);
  return { known: [...known], gone: gone.map(({ file }) => file) };
};

describe('tasks and the baseline', () => {
  test('a task is known wherever it stands in its file, and under its new name', () => {
    expect(compare(record(at('a.py')), [{ ...at('a.py'), line: 400 }])).toEqual({
      known: ['a.py#spark_pi.submit'],
      gone: [],
    });
    expect(compare(record(at('a.py')), [at('b.py')])).toEqual({ known: ['b.py#spark_pi.submit'], gone: [] });
  });

  test('a copy is new, whichever of the two it is', () => {
    expect(compare(record(at('a.py')), [at('a.py'), at('b.py')])).toEqual({
      known: ['a.py#spark_pi.submit'],
      gone: [],
    });
    expect(compare(record(at('a.py')), [at('b.py'), at('c.py')])).toEqual({ known: [], gone: ['a.py'] });
  });

  test('two equal files that are both renamed are both known', () => {
    const { known, gone } = compare(record(at('a.py'), at('b.py')), [at('c.py'), at('d.py')]);
    expect(known).toHaveLength(2);
    expect(gone).toEqual([]);
  });

  test('an entry of a file that stayed stands for nothing elsewhere', () => {
    expect(compare(record(at('a.py')), [at('b.py')], () => false)).toEqual({ known: [], gone: ['a.py'] });
  });

  test('another call, id or DAG is another task', () => {
    const entries = record(at('a.py'));
    expect(
      compareBaseline(entries, [at('a.py')], new Map([['a.py#spark_pi.submit', 'other']]), () => true).known.size,
    ).toBe(0);
    expect(compare(entries, [at('a.py', 'load')]).known).toEqual([]);
    expect(compare(entries, [{ ...at('a.py'), dagId: null }]).known).toEqual([]);
  });

  test('two equal tasks of one file need two entries', () => {
    const twice = [at('a.py'), at('a.py', 'submit', '~2')];
    expect(compare(record(...twice), twice).known).toHaveLength(2);
    expect(compare(record(at('a.py')), twice).known).toHaveLength(1);
  });

  test('only legacy tasks are recorded and looked up', () => {
    const ignored: TaskEntry = { ...at('a.py'), status: 'ignored' };
    expect(record(ignored)).toEqual([]);
    expect(compare(record(at('a.py')), [ignored])).toEqual({ known: [], gone: ['a.py'] });
  });
});

describe('the file', () => {
  test('comes back as it was, sorted, whatever stands in it', () => {
    const entries = record(at('b.py'), at('a\n".py'), { ...at('a.py', 'z'), dagId: null }, at('a.py', 'ä'));
    const text = writeBaseline(entries);
    const read = readBaseline(text);
    expect(read.ok && read.entries.map(({ file }) => file)).toEqual(['a\n".py', 'a.py', 'a.py', 'b.py']);
    expect(read.ok && writeBaseline(read.entries.toReversed())).toBe(text);
    expect(writeBaseline([])).toBe('{\n  "version": 1,\n  "tasks": []\n}\n');
  });

  test.each([
    ['{', 'it is no JSON'],
    ['null', 'version 1'],
    ['{"version":2,"tasks":[]}', 'version 1'],
    ['{"version":1,"tasks":[{"file":"a","dag":null,"task":"t","call":"c"},{"file":1}]}', 'entry 2'],
  ])('is refused as %s', (text, reason) => {
    expect(readBaseline(text)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });
});
