import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { structuralProblems } from '../../src/parser/structure.ts';
import { compileErrors, noPython, runPython } from './cpython.ts';
import { python } from './read.ts';
import { snippets } from './snippets.ts';

function complains(text: string): boolean {
  const tree = python.parse(text);
  return tree.errors.length > 0 || structuralProblems(tree).length > 0;
}

const first = (text: string) => structuralProblems(python.parse(text))[0];

describe('what tree-sitter accepts and Python does not', () => {
  it.each([
    ['with DAG():\nx\n', 12, 'a block without a statement'],
    ['if a:\n    b\n   c\n', 15, 'an indentation that matches no outer block'],
    ['if a:\n    b\n     c\n', 17, 'an indentation without a block'],
    ['f(a=1, a=2)\n', 7, 'keyword argument repeated: a'],
    ['f(a=1, b)\n', 7, 'positional argument follows keyword argument'],
    ['f(**a, b)\n', 7, 'an argument without keyword follows `**`'],
    ['from a import b,\n', 15, 'trailing comma in an import without parentheses'],
    ["print 'a'\n", 0, 'a statement of Python 2'],
    [
      'x = 1\nfrom __future__ import annotations\n',
      6,
      '`from __future__` imports must stand at the beginning of the file',
    ],
  ])('%j', (text, offset, message) => {
    expect(python.parse(text).errors).toEqual([]);
    expect(first(text)).toEqual({ offset, message });
  });

  it('tells the end of the file when a block is missing there', () => {
    expect(first('with a:\n')).toEqual({ offset: 8, message: 'a block without a statement' });
  });

  it('agrees with CPython over many snippets', (context) => {
    if (noPython !== null) context.skip(noPython);
    const errors = compileErrors(snippets);
    const disagreements = snippets.filter((text, index) => complains(text) !== (errors[index] !== null));
    expect(disagreements).toEqual([]);
    expect(errors.filter((error) => error !== null).length).toBeGreaterThan(60);
    expect(errors.filter((error) => error === null).length).toBeGreaterThan(60);
  });

  it("finds nothing to say about Python's own library", (context) => {
    if (noPython !== null) context.skip(noPython);
    const script = `
import glob, json, os, sys, sysconfig
json.load(sys.stdin)
print(json.dumps(sorted(glob.glob(os.path.join(sysconfig.get_path('stdlib'), '*.py')))))`;
    const files = (runPython(script, null) as string[]).filter((_, index) => index % 4 === 0);
    const wrong = files.filter((file) => complains(readFileSync(file, 'utf8')));
    expect(wrong).toEqual([]);
    expect(files.length).toBeGreaterThan(20);
  });
});
