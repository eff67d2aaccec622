import { describe, expect, it } from 'vitest';
import type { Operand } from '../../src/model.ts';
import { at, read } from './read.ts';

function shown(text: string): string[] {
  const facts = read(text);
  expect(facts.errors).toEqual([]);
  const show = (operand: Operand): string =>
    operand.kind === 'list'
      ? `[${operand.items.map(show).join(' ')}]`
      : operand.kind === 'name'
        ? operand.name
        : `<${at(facts, operand.span)}>`;
  return facts.dependencies.map(({ operands, operators, form }) =>
    [
      form,
      ...operands.flatMap((operand, index) => [...(index === 0 ? [] : [operators[index - 1] ?? '?']), show(operand)]),
    ].join(' '),
  );
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
  ])('%j', (text, expected) => {
    expect(shown(text)).toEqual([expected]);
  });

  it.each([
    ['an assignment', 'x = a >> b\n'],
    ['an argument', 'f(a >> b)\n'],
    ['another operator', 'a + b\n'],
    ['another method', 'a.set_something(b)\n'],
    ['two arguments', 'a.set_upstream(b, c)\n'],
    ['a keyword', 'a.set_upstream(task_or_task_list=b)\n'],
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

  it('keeps a chain beside a comparison whole', () => {
    expect(shown('a >> b if x else c\n')).toEqual([]);
  });
});
