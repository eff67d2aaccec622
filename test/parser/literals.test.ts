import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStringLiteral, writeStringLiteral } from '../../src/parser/literals.ts';
import { descend } from '../../src/parser/syntax.ts';
import { noPython, runPython } from './cpython.ts';
import { python } from './read.ts';

function readBack(text: string) {
  const tree = python.parse(text);
  const node = [...descend(tree.root)].find(({ type }) => type === 'string');
  return node === undefined || tree.errors.length > 0 ? null : readStringLiteral(node, text);
}

const forms = ['', 'r', 'u', 'R'].flatMap((prefix) => ["'", '"', "'''", '"""'].map((quote) => ({ prefix, quote })));
const letters = fc.constantFrom(
  ...[
    'a',
    ' ',
    '\n',
    '\\',
    "'",
    '"',
    "'''",
    '"""',
    '\t',
    '\r',
    '\0',
    '{',
    '}',
    'é',
    '日',
    '😀',
    '\u2028',
    '\x7f',
    'n',
    'x41',
    'N{',
  ],
);
const texts = fc.array(letters, { maxLength: 12 }).map((parts) => parts.join(''));
const runs = { seed: 20_261_124, numRuns: 400 };

describe('string literals', () => {
  it('give back what was written, in every form', () => {
    let written = 0;
    fc.assert(
      fc.property(texts, fc.constantFrom(...forms), fc.constantFrom('\n', '\r\n'), (value, form, br) => {
        const literal = writeStringLiteral(form, value, br);
        if (literal === null) return;
        written += 1;
        expect(readBack(literal)).toMatchObject({ value, ...form });
      }),
      runs,
    );
    expect(written).toBeGreaterThan(200);
  });

  it('hold the same for Python', (context) => {
    if (noPython !== null) context.skip(noPython);
    const samples = fc.sample(fc.tuple(texts, fc.constantFrom(...forms)), { ...runs, numRuns: 1500 });
    const pairs = samples.flatMap(([value, form]) => {
      const literal = writeStringLiteral(form, value, '\n');
      return literal === null ? [] : [{ value, literal }];
    });
    const script = `
import ast, json, sys
print(json.dumps([ast.literal_eval(text) for text in json.load(sys.stdin)]))`;
    const read = runPython(
      script,
      pairs.map(({ literal }) => literal),
    );
    expect(read).toEqual(pairs.map(({ value }) => value));
    expect(pairs.length).toBeGreaterThan(700);
  });

  it('are read as Python reads them', (context) => {
    if (noPython !== null) context.skip(noPython);
    const escapes = fc.constantFrom(
      ...[
        '\\n',
        '\\x41',
        '\\101',
        '\\7',
        '\\u00e9',
        '\\U0001F600',
        '\\\\',
        "\\'",
        '\\"',
        '\\q',
        '\\\n',
        'a',
        '8',
        '\\0',
        '\\400',
      ],
    );
    const bodies = fc
      .sample(fc.array(escapes, { maxLength: 8 }), { ...runs, numRuns: 500 })
      .map((parts) => parts.join(''));
    const literals = bodies.flatMap((body) => [`"""${body}"""`, `r"""${body}"""`]);
    const script = `
import ast, json, sys
print(json.dumps([ast.literal_eval(text) for text in json.load(sys.stdin)]))`;
    expect(literals.map((text) => readBack(text)?.value)).toEqual(runPython(script, literals));
  });

  it.each([['f"a"'], ['b"a"'], [String.raw`"\N{BULLET}"`]])('%s is no plain literal', (text) => {
    expect(readBack(text)).toBeNull();
  });

  it('tell whether the content stands there letter by letter', () => {
    expect(readBack('"""a\nb"""')).toMatchObject({ verbatim: true, contentStart: 3 });
    expect(readBack(String.raw`"a\nb"`)?.verbatim).toBe(false);
    expect(readBack(String.raw`r"a\nb"`)?.verbatim).toBe(true);
  });

  it.each([
    ['r', '"', 'a"b'],
    ['r', '"', 'a\nb'],
    ['r', '"""', 'a\\'],
    ['r', '"""', 'ab"'],
    ['r', "'''", "a'''b"],
  ])('%s%s can not hold %j', (prefix, quote, value) => {
    expect(writeStringLiteral({ prefix, quote }, value, '\n')).toBeNull();
  });

  it('keep to latin-1 where the file does', () => {
    const literal = writeStringLiteral({ prefix: '', quote: '"' }, 'é日😀', '\n', 'latin-1');
    expect(literal).toMatch(/^[\0-\xff]*$/);
    expect(readBack(literal ?? '')?.value).toBe('é日😀');
  });

  it('write line breaks as the file does', () => {
    expect(writeStringLiteral({ prefix: '', quote: '"""' }, 'a\nb\n', '\r\n')).toBe('"""a\r\nb\r\n"""');
  });
});
