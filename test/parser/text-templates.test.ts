import { describe, expect, it } from 'vitest';
import type { StringLiteral } from '../../src/model.ts';
import { imports, read } from './read.ts';

function literalOf(expression: string, before = ''): StringLiteral | null {
  const text = `${imports}import textwrap\n${before}\nSparkKubernetesOperator(task_id="t", application_file=${expression})\n`;
  const payload = read(text).tasks[0]?.payload;
  if (payload?.kind === 'inline') return payload.literal;
  return payload?.kind === 'constant' ? payload.constant.literal : null;
}
const shown = (expression: string, before = '') => {
  const literal = literalOf(expression, before);
  const holes = literal?.holes?.map(({ span, value }) => [literal.value.slice(span.start, span.end), value]);
  return literal === null ? null : { value: literal.value, holes };
};

describe('texts that Python fills in', () => {
  it.each<[string, string, string, readonly (readonly [string, string | null])[]]>([
    ['f"a: {B}\\n"', 'B = "x"', 'a: {B}\n', [['{B}', 'x']]],
    ['f"a: {{{{ ds }}}} {f(1)!r:>4}\\n"', '', 'a: {{ ds }} {f(1)!r:>4}\n', [['{f(1)!r:>4}', null]]],
    ['rf"a: \\d{B}\\n"', 'B = 1', 'a: \\d{B}\\n', [['{B}', '1']]],
    ['"a: {b}\\n".format(b=B)', 'B = "x"', 'a: {b}\n', [['{b}', 'x']]],
    ['"a: {} {{c}}\\n".format(f())', '', 'a: {} {c}\n', [['{}', null]]],
    ['"a: %s 100%%\\n" % (f(),)', '', 'a: %s 100%\n', [['%s', null]]],
    ['"a: %(b)s\\n" % {"b": f()}', '', 'a: %(b)s\n', [['%(b)s', null]]],
    ['"a: @B@\\n".replace("@B@", f())', '', 'a: @B@\n', [['@B@', null]]],
    ['T.format(b=f())', 'T = textwrap.dedent("a: {b}\\n")', 'a: {b}\n', [['{b}', null]]],
    ['"a: 1\\n" f"b: {f()}\\n"', '', 'a: 1\nb: {f()}\n', [['{f()}', null]]],
  ])('%s', (expression, before, value, holes) => {
    expect(shown(expression, before)).toEqual({ value, holes });
  });

  it.each([
    ['"a: 1\\n" "b: 2\\n"', ''],
    ['T.strip()', 'T = """\na: 1\nb: 2\n"""'],
    ['textwrap.dedent("a: 1\\nb: 2\\n")', ''],
  ])('%s has nothing to fill in', (expression, before) => {
    expect(shown(expression, before)?.holes).toBeUndefined();
    expect(shown(expression, before)?.value).toContain('a: 1\nb: 2\n');
  });

  it.each([
    ['two ways at once', 'f"a: {b}\\n".format(c=1)', ''],
    ['a text that looks like its hole', 'f"a: {b} {{b}}\\n"', ''],
    ['a method that changes the text', '"a: 1\\n".upper()', ''],
    ['a name bound twice', 'T.format(a=1)', 'T = "a: {a}"\nif x:\n    T = "b: {a}"'],
    ['one line that is a path', 'f"{a}/b.template"', ''],
  ])('leaves %s', (_, expression, before) => {
    expect(literalOf(expression, before)).toBeNull();
  });
});
