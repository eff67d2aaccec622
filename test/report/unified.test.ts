import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PlannedFile } from '../../src/model.ts';
import { renderUnified } from '../../src/report/index.ts';
import { plannedFiles } from './full-report.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bpg-patch-'));
  git('init', '-q');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** git in the temporary repository, with nobody's configuration. */
function git(...args: string[]): Buffer {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return execFileSync('git', args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

function bytesOf(file: PlannedFile, text: string): Buffer {
  return Buffer.from(text, file.encoding === 'latin-1' ? 'latin1' : 'utf8');
}

/** Lays the files before, lets git apply the patch, and expects the files after, byte for byte. */
function expectApplies(files: readonly PlannedFile[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(root, file.path)), { recursive: true });
    if (file.before !== null) writeFileSync(join(root, file.path), bytesOf(file, file.before));
  }
  const patch = join(root, '.git', 'change.patch');
  writeFileSync(patch, renderUnified(files));
  git('apply', '--whitespace=nowarn', patch);
  for (const file of files) expect(readFileSync(join(root, file.path))).toEqual(bytesOf(file, file.after));
  git('apply', '--whitespace=nowarn', '-R', patch);
  for (const file of files) {
    if (file.before !== null) expect(readFileSync(join(root, file.path))).toEqual(bytesOf(file, file.before));
  }
}

function change(path: string, before: string | null, after: string): PlannedFile {
  return { path, before, after, encoding: 'utf-8' };
}

const long = Array.from({ length: 60 }, (_, index) => `line ${index}\n`);

test.each<[string, readonly PlannedFile[]]>([
  ['a DAG and its new document', plannedFiles],
  ['CRLF', [change('a.py', 'x = 1\r\ny = 2\r\nz = 3\r\n', 'x = 1\r\ny = 4\r\nz = 3\r\n')]],
  ['CRLF becoming LF', [change('a.py', 'x = 1\r\ny = 2\r\n', 'x = 1\ny = 2\n')]],
  ['a lone carriage return', [change('a.py', 'x = 1\ry = 2\n', 'x = 1\ry = 3\n')]],
  ['a BOM', [change('a.py', '\ufeffx = 1\n', '\ufeffx = 2\n')]],
  ['no final newline before', [change('a.py', 'x = 1\ny = 2', 'x = 1\ny = 2\n')]],
  ['no final newline after', [change('a.py', 'x = 1\ny = 2\n', 'x = 1\ny = 2')]],
  ['no final newline on both sides', [change('a.py', 'x = 1\ny = 2', 'x = 3\ny = 2')]],
  ['two hunks', [change('a.py', long.join(''), long.with(3, 'three\n').with(50, 'fifty\n').join(''))]],
  ['lines inserted at both ends', [change('a.py', long.join(''), ['first\n', ...long, 'last\n'].join(''))]],
  ['a file that is emptied', [change('a.py', 'x = 1\n', '')]],
  ['an empty file that is filled', [change('a.py', '', 'x = 1\n')]],
  ['a new empty file', [change('a.py', null, '')]],
  [
    'a path with spaces',
    [change('my dags/a b.py', 'x = 1\n', 'x = 2\n'), change('my dags/new one.yaml', null, 'a: 1\n')],
  ],
  ['a path with quotes and a backslash', [change('da"gs/a\\b.py', 'x = 1\n', 'x = 2\n')]],
  ['a path beyond ASCII', [change('dägs/日本 語.py', 'x = 1\n', 'x = 2\n'), change('é.yaml', null, 'a: 1\n')]],
  ['a path with a tab', [change('a\tb.py', 'x = 1\n', 'x = 2\n')]],
  [
    'latin-1 beside UTF-8',
    [
      {
        path: 'old.py',
        before: '# -*- coding: latin-1 -*-\nx = "é"\n',
        after: '# -*- coding: latin-1 -*-\nx = "ü"\n',
        encoding: 'latin-1',
      },
      change('new.py', 'x = "é"\n', 'x = "ü"\n'),
    ],
  ],
  [
    'lines that look like a patch',
    [change('a.py', '--- a\n+++ b\n@@ -1 +1 @@\n', '--- a\n+++ c\n@@ -1 +1 @@\n\\ No newline\n')],
  ],
])('git applies and reverses %s', (_, files) => {
  expectApplies(files);
});

test.each<[string, PlannedFile]>([
  ['a modified file', change('dags/a.py', long.join(''), long.with(3, 'three\n').with(50, 'fifty\n').join(''))],
  ['a path with a space', change('my dags/a.py', 'x = 1\n', 'x = 2\n')],
  ['a quoted path with a space', change('dä gs/"a".py', 'x = 1\n', 'x = 2\n')],
  ['a new file', change('dags/a.bpg.yaml', null, 'a: 1\n')],
  ['a missing newline', change('a.py', 'x = 1', 'x = 2')],
])('git itself writes the same for %s', (_, file) => {
  mkdirSync(dirname(join(root, file.path)), { recursive: true });
  if (file.before !== null) writeFileSync(join(root, file.path), file.before);
  git('add', '-A');
  writeFileSync(join(root, file.path), file.after);
  if (file.before === null) git('add', '-N', '--', file.path);
  const ours = Buffer.from(renderUnified([file])).toString();
  const theirs = git('diff', '--full-index')
    .toString()
    .replace(/^(index \S+) 100644$/m, '$1')
    .replace(/^(@@ [^@]* @@).*$/gm, '$1');
  expect(ours).toBe(theirs);
});

test('a three-way apply merges into a file that was changed elsewhere since', () => {
  const file = change('a.py', long.join(''), long.with(3, 'three\n').join(''));
  writeFileSync(join(root, 'a.py'), long.with(5, 'moved on\n').join(''));
  writeFileSync(join(root, 'old'), file.before ?? '');
  git('hash-object', '-w', 'old');
  git('add', 'a.py');
  const patch = join(root, '.git', 'change.patch');
  writeFileSync(patch, renderUnified([file]));
  expect(() => git('apply', patch)).toThrow(/patch does not apply/);
  git('apply', '--3way', patch);
  const merged = long.with(3, 'three\n').with(5, 'moved on\n').join('');
  expect(readFileSync(join(root, 'a.py'), 'utf8')).toBe(merged);
});

test('files without a difference leave no trace, and the order of files makes none', () => {
  expect(renderUnified([change('a.py', 'x\n', 'x\n')])).toHaveLength(0);
  expect(renderUnified([])).toHaveLength(0);
  expect(renderUnified(plannedFiles.toReversed())).toEqual(renderUnified(plannedFiles));
});

test('git applies whatever two texts differ in', () => {
  const line = fc.constantFrom('a', 'b', '', ' ', '\t', '+', '-', '@@', '\\', 'é', '日', '\r');
  const text = fc
    .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
    .map(([lines, ending, final]) => lines.join(ending) + (final ? ending : ''));
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { minLength: 30, maxLength: 30 }), (pairs) => {
      const files = pairs
        .map(([before, after], index) => change(`f${index}.py`, before, after))
        .filter((file) => file.before !== file.after);
      if (files.length > 0) expectApplies(files);
    }),
    { seed: 11, numRuns: 6 },
  );
});
