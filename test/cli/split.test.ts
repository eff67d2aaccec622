import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { splitFiles } from '../../src/index.ts';
import { bpgMigrate, contentOf, folderWith, git, recordInGit, stateOf } from './command.ts';
import { configuration, safeFiles, sensorFiles } from './sample.ts';

const dag = (id: string, file: string): string =>
  (safeFiles['dags/safe.py'] ?? '').replace('safe_dag', id).replace('"safe.yaml"', `"${file}"`);
const [imports = '', body = ''] = (safeFiles['dags/safe.py'] ?? '').split('\n\n');

/** Sales and risk have DAGs of their own, share a document, and one file that holds a DAG of each. */
const tree = {
  'bpg-migrate.yaml': configuration.replace('profile: published', 'profile: standalone'),
  'dags/sales/one.py': dag('sales_one', 'one.yaml'),
  'dags/sales/one.yaml': safeFiles['dags/safe.yaml'] ?? '',
  'dags/sales/two.py': dag('sales_two', '../shared.yaml'),
  'dags/risk/two.py': dag('risk_two', '../shared.yaml'),
  'dags/risk/waits.py': sensorFiles['dags/waits.py'] ?? '',
  'dags/risk/waits.yaml': sensorFiles['dags/waits.yaml'] ?? '',
  'dags/shared.yaml': safeFiles['dags/safe.yaml'] ?? '',
  'dags/both.py': `${imports}\n\n${body.replace('safe_dag', 'sales_three')}\n${body.replace('safe_dag', 'risk_three')}`,
  'dags/safe.yaml': safeFiles['dags/safe.yaml'] ?? '',
  'dags/nobody.py': dag('nobody', 'safe.yaml'),
  CODEOWNERS: 'dags/sales/ @acme/sales\ndags/risk/ @acme/risk\n',
};

interface Split {
  readonly patches: readonly {
    readonly patch: string;
    readonly group: string | null;
    readonly branch: string;
    readonly message: string;
    readonly files: readonly string[];
    readonly tasks: readonly string[];
  }[];
}

const permutations = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));

describe('--split', () => {
  it.each(['owner', 'dag', 'wave'])(
    'by %s: patches that apply alone, in any order, and together as one apply',
    async (by) => {
      const cwd = folderWith(tree);
      await recordInGit(cwd);
      const before = stateOf(cwd);
      const out = folderWith({ 'mine.patch': 'mine' });
      const answer = await bpgMigrate(['diff', '--include', 'review', '--split', by, '--output', out], { cwd });
      expect(answer.code).toBe(0);
      expect(stateOf(cwd)).toEqual(before);
      const { patches } = JSON.parse(contentOf(out, 'split.json')) as Split;
      expect(readdirSync(out).sort()).toEqual(
        ['mine.patch', 'split.json', ...patches.map(({ patch }) => patch)].sort(),
      );
      const files = patches.flatMap((patch) => patch.files);
      expect(new Set(files).size).toBe(files.length);
      for (const { patch } of patches) await git(cwd, ['apply', '--check', join(out, patch)]);
      const orders = permutations(patches)
        .slice(0, 24)
        .filter((_, index) => index % 5 === 0);
      for (const order of orders) {
        for (const { patch } of order) await git(cwd, ['apply', join(out, patch)]);
        const made = stateOf(cwd);
        await git(cwd, ['reset', '--hard', '--quiet']);
        await git(cwd, ['clean', '-dfq']);
        expect(stateOf(cwd)).toEqual(before);
        if (order === orders[0]) await bpgMigrate(['apply', '--include', 'review'], { cwd });
        if (order === orders[0]) expect(made).toEqual(stateOf(cwd));
        await git(cwd, ['reset', '--hard', '--quiet']);
        await git(cwd, ['clean', '-dfq']);
      }
      if (by !== 'owner') return;
      expect(patches.map(({ patch, group, branch }) => [patch, group, branch])).toEqual([
        ['owner-no-owner.patch', '(no owner)', 'bpg-migrate/owner-no-owner'],
        ['owner-acme-risk.patch', '@acme/risk', 'bpg-migrate/owner-acme-risk'],
        ['owner-acme-sales.patch', '@acme/sales', 'bpg-migrate/owner-acme-sales'],
        ['shared.patch', null, 'bpg-migrate/shared'],
      ]);
      expect(patches[1]).toMatchObject({
        files: ['dags/risk/waits.bpg.yaml', 'dags/risk/waits.py'],
        tasks: ['dags/risk/waits.py#waiting_dag.submit'],
      });
      expect(patches[1]?.message).toMatch(
        /^Move 1 Spark task of @acme\/risk to BPGOperator\n\n- dags\/risk\/waits\.py#/,
      );
      expect(patches.at(-1)?.files).toEqual(['dags/risk/two.py', 'dags/sales/two.py', 'dags/shared.bpg.yaml']);
      expect(answer.stderr).toContain('nothing was pushed');
      // Of the next run only what it says is there.
      await bpgMigrate(['diff', '--split', 'owner', '--owner', '@acme/risk', '--output', out], { cwd });
      const left = readdirSync(out).filter((name) => name !== 'mine.patch');
      expect(left).toEqual(
        [
          ...JSON.parse(contentOf(out, 'split.json')).patches.map(({ patch }: { patch: string }) => patch),
          'split.json',
        ].sort(),
      );
      expect(readFileSync(join(out, 'mine.patch'), 'utf8')).toBe('mine');
    },
  );

  it.each([
    [['--split', 'owner'], '--split writes a folder of patches'],
    [['--output', 'out'], '--output is where --split writes'],
    [['--split', 'dag', '--output', 'out', '--format', 'json'], '--format json says nothing'],
    [['--split', 'team', '--output', 'out'], "There is no 'team' here"],
  ])('refuses %j', async (flags, said) => {
    const cwd = folderWith(tree);
    const { code, stdout, stderr } = await bpgMigrate(['diff', ...flags], { cwd });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
  });
});

it('keeps together what several changes write, by whatever way, and puts waves in their order', () => {
  const file = (path: string) => ({ path, before: '', after: 'x', encoding: 'utf-8' as const });
  const change = (task: string, ...files: string[]) => ({
    id: task,
    task,
    file: files[0] ?? '',
    files,
    verdict: 'safe' as const,
  });
  const parts = splitFiles(
    ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(file),
    [
      change('1', 'a', 'b'),
      change('2', 'b', 'c'),
      change('10', 'd'),
      change('9', 'e'),
      change('9b', 'f', 'missing'),
      change('x', 'missing'),
    ],
    (task) => (task === '9b' ? '9' : task === '2' ? '1' : task),
  );
  expect(parts.map(({ group, files, tasks }) => [group, files.map(({ path }) => path).join(''), tasks])).toEqual([
    ['1', 'abc', ['1', '2']],
    ['9', 'ef', ['9', '9b']],
    ['10', 'd', ['10']],
    [null, 'g', []],
  ]);
  expect(splitFiles([], [change('1', 'a')], () => '1')).toEqual([]);
});
