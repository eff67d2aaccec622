import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type DiscoverOptions, discover } from '../../src/parser/discover.ts';
import { readProjectFile } from '../../src/parser/project-files.ts';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'bpg-discover-')));
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

let trees = 0;
/** A folder with these files; a text that begins with `->` makes a link. */
function tree(files: Readonly<Record<string, string | Buffer>>): string {
  trees += 1;
  const root = join(base, String(trees));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (typeof content === 'string' && content.startsWith('->')) symlinkSync(content.slice(2), join(root, path));
    else writeFileSync(join(root, path), content);
  }
  return root;
}

const spark = 'SparkKubernetesOperator\n';
const options = (root: string, more: Partial<DiscoverOptions> = {}): DiscoverOptions => ({
  root,
  paths: ['.'],
  exclude: [],
  maxFileSize: 1000,
  ignoreSyntax: null,
  airflow: null,
  ...more,
});
const found = (root: string, more: Partial<DiscoverOptions> = {}) =>
  discover(options(root, more), ['SparkKubernetes']).files.map(({ path }) => path);

describe('finding files', () => {
  it('takes Python files that hold a word, sorted', () => {
    const root = tree({
      'b.py': spark,
      'a/c.py': spark,
      'a/d.py': 'x',
      'e.txt': spark,
      'venv/f.py': spark,
      '.git/g.py': spark,
    });
    const discovery = discover(options(root), ['SparkKubernetes']);
    expect(discovery.files.map(({ path }) => path)).toEqual(['a/c.py', 'b.py']);
    expect(discovery.seen).toBe(3);
    expect(discovery.skipped).toEqual([]);
  });

  it('honours .gitignore, also of folders inside, and what it takes back', () => {
    const root = tree({
      '.git/HEAD': '',
      '.gitignore': 'old/\n*_gen.py\n',
      'old/a.py': spark,
      'b_gen.py': spark,
      'c.py': spark,
      'd/.gitignore': '!e_gen.py\n',
      'd/e_gen.py': spark,
    });
    expect(found(root)).toEqual(['c.py', 'd/e_gen.py']);
  });

  it('reads .airflowignore as regular expressions before Airflow 3 and as globs since', () => {
    const files = {
      'dags/.airflowignore': 'team.*/x\n# c\n(\n',
      'dags/team_a/x.py': spark,
      'dags/team_b/y.py': spark,
      'dags/old.py': spark,
    };
    expect(found(tree(files), { paths: ['dags'] })).toEqual(['dags/old.py', 'dags/team_b/y.py']);
    const globs = { ...files, 'dags/.airflowignore': '**/x.py\nold*\n!old.py\n' };
    expect(found(tree(globs), { paths: ['dags'], airflow: '3.0.6' })).toEqual(['dags/old.py', 'dags/team_b/y.py']);
    expect(found(tree(globs), { paths: ['dags'], ignoreSyntax: 'glob' })).toEqual(['dags/old.py', 'dags/team_b/y.py']);
  });

  it('leaves out what the configuration excludes', () => {
    const root = tree({ 'dags/archive/a.py': spark, 'dags/b.py': spark, 'dags/.hidden/c.py': spark });
    expect(found(root, { exclude: ['dags/archive/**', 'dags/.hidden'] })).toEqual(['dags/b.py']);
  });

  it('takes a file that is asked for by name even if it is ignored', () => {
    const root = tree({ '.git/HEAD': '', '.gitignore': 'a.py\n', 'a.py': spark });
    expect(found(root)).toEqual([]);
    expect(found(root, { paths: ['a.py'] })).toEqual(['a.py']);
  });

  it('follows links inside the root once, and never out of it or in circles', () => {
    const outside = tree({ 'secret.py': spark });
    const root = tree({
      'dags/a.py': spark,
      'dags/loop': '->.',
      again: '->dags',
      'shared.py': '->dags/a.py',
      'self.py': '->self.py',
      'gone.py': '->nothing.py',
      out: `->${outside}`,
      'out.py': `->${outside}/secret.py`,
    });
    const discovery = discover(options(root), ['SparkKubernetes']);
    expect(discovery.files.map(({ path }) => path)).toEqual(['dags/a.py']);
    expect(discovery.skipped.map(({ path, reason }) => [path, reason])).toEqual([
      ['gone.py', 'it does not exist'],
      ['out', 'a link that leads out of the root'],
      ['out.py', 'a link that leads out of the root'],
      ['self.py', 'a link that leads to itself'],
    ]);
  });

  it('says why a file is left out, and whether it names a source class', () => {
    const root = tree({
      'large.py': `${'#'.repeat(2000)}${spark}`,
      'large-other.py': '#'.repeat(2000),
      'latin.py': Buffer.from([0x53, ...Buffer.from('parkKubernetes'), 0xe9]),
      'null.py': Buffer.from('SparkKubernetes\0'),
    });
    const discovery = discover(options(root), ['SparkKubernetes']);
    expect(discovery.files).toEqual([]);
    expect(discovery.skipped).toEqual([
      { path: 'large-other.py', reason: 'larger than 1000 bytes (maxFileSize)', namesSource: false },
      { path: 'large.py', reason: 'larger than 1000 bytes (maxFileSize)', namesSource: true },
      { path: 'latin.py', reason: 'not valid UTF-8', namesSource: true },
      { path: 'null.py', reason: 'a null byte, which Python does not read', namesSource: true },
    ]);
  });

  it('says what may not be read', (context) => {
    const root = tree({ 'a.py': spark });
    chmodSync(join(root, 'a.py'), 0);
    if (process.getuid?.() === 0) context.skip('skipped: root may read everything');
    expect(discover(options(root), ['Spark']).skipped).toEqual([
      { path: 'a.py', reason: 'no permission to read it', namesSource: false },
    ]);
  });

  it('tells paths that can not be looked at', () => {
    const root = tree({ 'a.py': spark, 'b.txt': '' });
    const { problems } = discover(options(root, { paths: ['missing', '../x', 'b.txt'] }), ['Spark']);
    expect(problems.map(({ message }) => message)).toEqual([
      "'../x' is outside the root",
      "'b.txt' is no Python file",
      "'missing': it does not exist",
    ]);
  });
});

describe('a file that a DAG names', () => {
  const outside = tree({ 'secret.yaml': 'a' });
  const root = tree({
    'a.yaml': 'kind: x\n',
    'bad.yaml': Buffer.from([0xe9]),
    'out.yaml': `->${outside}/secret.yaml`,
    'd/x': '',
  });

  it('is read inside the root', () => {
    expect(readProjectFile(root, 'a.yaml')).toMatchObject({ ok: true, text: 'kind: x\n' });
    expect(readProjectFile(root, 'd/../a.yaml')).toMatchObject({ ok: true });
  });

  it.each([
    ['/etc/passwd', 'not a path inside the root'],
    ['../x.yaml', 'outside the root'],
    ['a\0.yaml', 'not a path inside the root'],
    ['out.yaml', 'a link that leads out of the root'],
    ['missing.yaml', 'it does not exist'],
    ['d', 'not a file'],
    ['bad.yaml', 'not valid UTF-8'],
  ])('%j is refused', (path, reason) => {
    expect(readProjectFile(root, path)).toEqual({ ok: false, reason });
  });
});
