/** `bpg-routing.yaml` as the planner reads it: the same words and refusals as the Python module, and lines that go. */
import { describe, expect, it } from 'vitest';
import { readRoutes, withoutTask } from '../../src/rewriter/switch-routes.ts';

describe('the routing file', () => {
  it('is read by kind and name', () => {
    const read = readRoutes('tasks:\n  d:\n    g.t: new\ndags: {d: old}\nconnections:\n  "1": new\n');
    expect(read.ok && [...read.routes].map(([key, path]) => [key.split('\0').join('/'), path])).toEqual([
      ['tasks/d/g.t', 'new'],
      ['dags/d', 'old'],
      ['connections/1', 'new'],
    ]);
    expect(readRoutes('# nothing yet\ntasks:\ndags:\n')).toMatchObject({ ok: true });
  });

  it.each([
    ['an unknown kind', 'task: {d: {t: new}}\n', 'task is none of'],
    ['an unknown word', 'dags: {d: newer}\n', 'dags: d: newer is neither old nor new'],
    ['a word that YAML reads otherwise', 'dags: {d: yes}\n', 'neither old nor new'],
    ['a name that is no text', 'dags: {12: new}\n', '12 is no text'],
    ['a list', 'tasks: {d: [t]}\n', 'holds no names'],
    ['a word in place of names', 'tasks: {d: new}\n', 'holds no names'],
    ['a name twice', 'dags: {d: new, d: old}\n', 'unique'],
    ['nothing in it', '', 'it is empty'],
    ['comments only', '# nothing yet\n', 'it is empty'],
    ['no YAML', 'dags: {d: new\n', ''],
  ])('with %s is damaged', (_, text, because) => {
    const read = readRoutes(text);
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.because).toContain(because);
  });

  const text = '# ours\ntasks:\n  a:\n    x: new # since May\n    y: old\n  b:\n    z: new\ndags:\n  a: new\n';
  it.each([
    ['one of two', 'a', 'x', text.replace('    x: new # since May\n', '')],
    ['the last of its DAG', 'b', 'z', text.replace('  b:\n    z: new\n', '')],
    ['one that is not there', 'a', 'z', text],
    ['one of another DAG', 'c', 'x', text],
  ])('loses %s', (_, dag, task, expected) => {
    expect(withoutTask(text, dag, task)).toBe(expected);
  });

  it('keeps a line that holds others', () => {
    expect(withoutTask('tasks:\n  a: {x: new, y: old}\n', 'a', 'x')).toBe('tasks:\n  a: {x: new, y: old}\n');
  });
});
