import { describe, expect, it } from 'vitest';
import type { DependencyStatement, Operand } from '../../src/model.ts';
import { at, read } from './read.ts';

function shown(text: string): string[] {
  const facts = read(text);
  expect(facts.errors).toEqual([]);
  const show = (operand: Operand): string =>
    operand.kind === 'chain'
      ? `(${shownChain(operand)})`
      : operand.kind === 'list'
        ? `[${operand.items.map(show).join(' ')}]`
        : operand.kind === 'name'
          ? operand.name
          : `<${at(facts, operand.span)}>`;
  const shownChain = ({ operands, operators }: Pick<DependencyStatement, 'operands' | 'operators'>): string =>
    operands
      .flatMap((operand, index) => [...(index === 0 ? [] : [operators[index - 1] ?? '?']), show(operand)])
      .join(' ');
  return facts.dependencies.map((statement) => `${statement.form} ${shownChain(statement)}`);
}

describe('statements made of dependencies', () => {
  it.each([
    ['a >> b\n', 'shift a >> b'],
    ['a >> b >> c\n', 'shift a >> b >> c'],
    ['a << b >> c\n', 'shift a << b >> c'],
    ['a >> [b, c] >> d\n', 'shift a >> [b c] >> d'],
    ['[a, (b, c)] >> d\n', 'shift [a [b c]] >> d'],
    ['(a >> b)\n', 'shift a >> b'],
    ['(\n    a\n    # first\n    >> b  # second\n    >> c\n)\n', 'shift a >> b >> c'],
    ['a >> \\\n    b\n', 'shift a >> b'],
    ['a >> (b)\n', 'shift a >> b'],
    ['a >> f(x) >> b.c\n', 'shift a >> <f(x)> >> <b.c>'],
    ['a >> Label("x") >> b\n', 'shift a >> <Label("x")> >> b'],
    ['a.set_upstream(b)\n', 'method a << b'],
    ['a.set_downstream([b, c])\n', 'method a >> [b c]'],
    ['if x:\n    a >> b\n', 'shift a >> b'],
    ['x = a >> b\n', 'shift a >> b'],
    ['f(a >> b)\n', 'shift a >> b'],
    ['a >> b if x else c\n', 'shift a >> b'],
    ['a >> (b >> c) >> d\n', 'shift a >> (b >> c) >> d'],
    ['a.set_upstream(task_or_task_list=b)\n', 'method a << b'],
    ['a\n', 'bare a'],
    ['from airflow.sdk import chain\nchain(a, [b, c], d)\n', 'chain a >> [b c] >> d'],
    ['from airflow.models.baseoperator import chain_linear as c\nc(a, b)\n', 'chain-linear a >> b'],
    [
      'from airflow.models import baseoperator\nbaseoperator.cross_downstream(from_tasks=[a], to_tasks=b)\n',
      'cross [a] >> b',
    ],
  ])('%j', (text, expected) => {
    expect(shown(text)).toEqual([expected]);
  });

  it.each([
    ['numbers', 'x = 1 << 2\n'],
    ['chain() of somebody else', 'chain(a, b)\n'],
    ['chain() of what can not be seen', 'from airflow.sdk import chain\nchain(*tasks)\n'],
    ['another operator', 'a + b\n'],
    ['another method', 'a.set_something(b)\n'],
    ['two arguments', 'a.set_upstream(b, c)\n'],
    ['another keyword', 'a.set_upstream(edge_modifier=b)\n'],
    ['a comment', '# a >> b\n'],
    ['a string', '"a >> b"\n'],
  ])('%s is none', (_, text) => {
    expect(shown(text)).toEqual([]);
  });

  it('gives the statement and the expression in it', () => {
    const facts = read('(a >> b)\nx\n');
    const [statement] = facts.dependencies;
    expect(at(facts, statement?.span ?? { start: 0, end: 0 })).toBe('(a >> b)');
    expect(at(facts, statement?.expression ?? { start: 0, end: 0 })).toBe('a >> b');
  });

  it('tells where it stands', () => {
    const facts = read('x = a >> b\nfor y in z:\n    c >> y\n    d\n');
    expect(
      facts.dependencies.map(({ whole, around }) => [whole, around.region, around.siblings?.length ?? null]),
    ).toEqual([
      [false, -1, null],
      [true, 11, 2],
      [true, 11, 2],
    ]);
  });

  it('tells variables of the same name apart', () => {
    const facts = read('a = 1\na >> b\na = 2\na >> b\ndef f():\n    a = 3\n    a >> b\n');
    const ids = facts.dependencies.map(({ operands: [first] }) => (first?.kind === 'name' ? first.id : null));
    expect(ids).toEqual(['a@#0', 'a@#1', 'a@f@#0/#0']);
  });
});
