/** Rules about our own source that an import graph can not express. */
import { join } from 'node:path';
import { type FunctionDeclaration, Project, type SourceFile, SyntaxKind } from 'ts-morph';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../src/findings/catalogue.ts';

const root = join(import.meta.dirname, '../..');
let files: readonly SourceFile[] = [];
beforeAll(() => {
  const project = new Project({ skipAddingFilesFromTsConfig: true, compilerOptions: { allowJs: false } });
  project.addSourceFilesAtPaths([join(root, 'src/**/*.ts'), join(root, 'cli/**/*.{ts,tsx}')]);
  files = project.getSourceFiles();
});

const nameOf = (file: SourceFile): string => file.getFilePath().slice(root.length + 1);
const strings = (file: SourceFile): string[] =>
  file.getDescendantsOfKind(SyntaxKind.StringLiteral).map((literal) => literal.getLiteralText());

describe('source', () => {
  it('is seen', () => {
    expect(files.length).toBeGreaterThan(100);
  });

  it('fits: no file is longer than 300 lines', () => {
    const long = files.filter((file) => file.getEndLineNumber() > 301);
    // Tables are data: a row more is no more to understand.
    expect(long.map(nameOf).filter((name) => !/^src\/(?:findings|spec\/fields)\//.test(name))).toEqual([]);
  });

  it('says nothing on the console', () => {
    const talks = files.filter((file) =>
      file
        .getDescendantsOfKind(SyntaxKind.PropertyAccessExpression)
        .some((node) => node.getText().startsWith('console.')),
    );
    expect(talks.map(nameOf)).toEqual([]);
  });

  it('explains what other layers call: every function behind the front door has a docstring', () => {
    const door = files.find((file) => nameOf(file) === 'src/index.ts');
    const exported = new Set(
      door?.getExportDeclarations().flatMap((one) => one.getNamedExports().map((named) => named.getName())),
    );
    const declared = files.filter((file) => nameOf(file).startsWith('src/')).flatMap((file) => file.getFunctions());
    const bare = declared.filter((one: FunctionDeclaration) => {
      const exportedHere = one.isExported() && exported.has(one.getName() ?? '');
      return exportedHere && one.getJsDocs().length === 0;
    });
    expect(exported.size).toBeGreaterThan(10);
    expect(bare.map((one) => `${nameOf(one.getSourceFile())}: ${one.getName()}`)).toEqual([]);
  });
});

describe('finding codes', () => {
  it('are each raised somewhere', () => {
    const used = new Set(files.filter((file) => !nameOf(file).startsWith('src/findings/')).flatMap(strings));
    expect(Object.keys(catalogue).filter((code) => !used.has(code))).toEqual([]);
  });

  it('are in the catalogue wherever one is raised', () => {
    const raised = files.flatMap((file) =>
      file.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
        const isFinding = /^(?:finding|work\.say)$/.test(call.getExpression().getText());
        const [code] = call.getArguments();
        return isFinding && code?.isKind(SyntaxKind.StringLiteral) ? [code.getLiteralText()] : [];
      }),
    );
    expect(raised.length).toBeGreaterThan(50);
    expect([...new Set(raised)].filter((code) => !(code in catalogue))).toEqual([]);
  });

  it('say all they must: title, message, why and remedy, with placeholders that are words', () => {
    for (const [code, { title, message, why, remedy }] of Object.entries(catalogue)) {
      for (const text of [title, message, why, remedy]) expect(text, code).not.toBe('');
      expect(code).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      expect(remedy, code).not.toMatch(/\{\w+\}/);
    }
  });
});
