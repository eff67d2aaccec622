import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { namesFor } from '../../cli/repository-names.ts';
import {
  loadOptions,
  mergeRepositories,
  mergeShards,
  type PlanRequest,
  planProject,
  type Report,
  readReport,
  renderJson,
} from '../../src/index.ts';
import { bpgMigrate, contentOf, folderWith } from './command.ts';
import { manualFiles, reviewFiles, safeFiles, sample, sensorFiles } from './sample.ts';

const validate = new Ajv2020().compile(JSON.parse(readFileSync('schema/report.schema.json', 'utf8')));
const example = join(process.cwd(), 'fixtures/example');

const copies = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) =>
      Object.entries({ ...safeFiles, ...reviewFiles, ...manualFiles, ...sensorFiles }).map(([path, text]) => [
        path.replace('dags/', `dags/team_${index}/`),
        text.replaceAll('_dag"', `_dag_${index}"`),
      ]),
    ).flat(),
  );
const tree = {
  ...sample,
  ...copies(5),
  'bpg-migrate.yaml': `${sample['bpg-migrate.yaml']}accept:\n  - { field: driver.tolerations, reason: nobody has them }\n  - { field: driver.labels, reason: nobody needs them }\n`,
  'dags/other.py':
    'PodOperator(task_id="x", kubernetes_conn_id="known")\n# bpg-migrate: ignore[nothing here] SparkKubernetesOperator\n',
  'dags/broken.py': 'SparkKubernetesOperator(\n',
};

async function reportOf(root: string, selection: Partial<PlanRequest['selection']> = {}): Promise<string> {
  const loaded = loadOptions({ cwd: root });
  if (!loaded.ok) throw new Error('the configuration is right');
  const all = { dags: [], tasks: [], connections: [], verdicts: [] };
  const plan = await planProject(loaded.options, { paths: [], selection: { ...all, ...selection } });
  return renderJson(plan.report);
}

function read(json: string): Report {
  const answer = readReport(json);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.report;
}

describe('shards', () => {
  it.each([
    ['a tree with everything', () => folderWith(tree), {}],
    ['the example', () => example, {}],
    ['a selection', () => folderWith(tree), { verdicts: ['manual', 'safe'] }],
    ['what changed', () => folderWith(tree), { changed: new Set(['dags/team_1/safe.yaml', 'dags/made.py']) }],
    ['a wave', () => folderWith(tree), { waves: ['1'] }],
  ])('merge to the report of the whole: %s', async (_, make, selection) => {
    const root = make();
    const whole = await reportOf(root, selection);
    for (const count of [1, 2, 3, 8]) {
      const parts: string[] = [];
      for (let index = 1; index <= count; index += 1)
        parts.push(await reportOf(root, { ...selection, shard: { index, count } }));
      for (const part of parts) expect(validate(JSON.parse(part)), JSON.stringify(validate.errors)).toBe(true);
      // Whichever runner is done first.
      const named = parts.map((part, index) => ({ name: `${index}.json`, report: read(part) })).reverse();
      const merged = mergeShards(named);
      expect(merged.ok && renderJson(merged.report)).toBe(whole);
      const files = parts.flatMap((part) => read(part).files.map(({ file }) => file));
      expect(new Set(files).size).toBe(files.length);
    }
  });

  it('parts the files about evenly', async () => {
    const root = folderWith(
      Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`dags/team_${at % 7}/d_${at}.py`, ''])),
    );
    const sizes = await Promise.all(
      [1, 2, 3, 4].map(async (index) => read(await reportOf(root, { shard: { index, count: 4 } })).summary.files),
    );
    expect(sizes.reduce((sum, size) => sum + size)).toBe(200);
    for (const size of sizes) expect(Math.abs(size - 50)).toBeLessThan(25);
  });

  it('are refused when one is missing, given twice, or of another run', async () => {
    const root = folderWith(sample);
    const [one, two, third] = await Promise.all(
      [
        { index: 1, count: 2 },
        { index: 2, count: 2 },
        { index: 3, count: 3 },
      ].map(async (shard) => read(await reportOf(root, { shard }))),
    );
    const whole = read(await reportOf(root));
    if (one === undefined || two === undefined || third === undefined) throw new Error('three reports');
    const named = (...reports: Report[]) => reports.map((report, index) => ({ name: `${index}`, report }));
    const reasonOf = (...reports: Report[]): unknown => {
      const merged = mergeShards(named(...reports));
      return merged.ok ? 'merged' : merged.reason;
    };
    expect(reasonOf(one)).toBe('missing: shard 2/2');
    expect(reasonOf(one, one)).toBe('0 and 1 are both shard 1/2');
    expect(reasonOf(one, third)).toBe('1 is one of 3 shards, 0 one of 2');
    expect(reasonOf(one, whole)).toBe('1 is no shard: merge shards first, then the repositories');
    expect(reasonOf(one, { ...two, tool: { ...two.tool, version: '9.9.9' } })).toContain('is of version 9.9.9');
    expect(reasonOf()).toBe('there is no shard to merge');
    expect(reasonOf(one, two)).toBe('merged');
    expect(mergeRepositories(named(whole, one), whole.tool).ok).toBe(false);
  });
});

describe('repositories', () => {
  it('keep every task under an id of its own, by the name of the repository', async () => {
    const report = read(await reportOf(folderWith(tree)));
    const merged = mergeRepositories(
      [
        { name: 'risk', report },
        { name: 'sales', report },
      ],
      report.tool,
    );
    if (!merged.ok) throw new Error(merged.reason);
    const json = renderJson(merged.report);
    expect(validate(JSON.parse(json)), JSON.stringify(validate.errors)).toBe(true);
    const { summary, tasks, sensors, connections, findings } = merged.report;
    expect(summary.legacy).toBe(report.summary.legacy * 2);
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(report.tasks.length * 2);
    expect(tasks.every(({ id, file }) => id.startsWith(`${file}#`))).toBe(true);
    const ids = new Set(tasks.map(({ id }) => id));
    expect(sensors.every(({ task }) => task === null || ids.has(task))).toBe(true);
    expect(connections.find(({ name }) => name === 'known')?.legacy).toBe(
      (report.connections.find(({ name }) => name === 'known')?.legacy ?? 0) * 2,
    );
    expect(
      findings.every(({ file, message }) =>
        (file === '.' ? /^(?:risk|sales): / : /^(?:risk|sales)\//).test(file === '.' ? message : file),
      ),
    ).toBe(true);
  });

  it('are called by what tells their reports apart', () => {
    expect(namesFor(['/ci/sales/report.json', '/ci/risk/report.json'])).toEqual(['sales', 'risk']);
    expect(namesFor(['/ci/sales.json', '/ci/risk.json'])).toEqual(['sales', 'risk']);
    expect(namesFor(['/a/x/out/r.json', '/b/x/out/r.json'])).toEqual(['a', 'b']);
    expect(namesFor(['/a/x/one.json', '/b/x/one.json', '/b/y/one.json'])).toEqual(['a/x', 'b/x', 'b/y']);
    expect(namesFor(['/a/one.json'])).toEqual(['one']);
  });
});

it.each([
  ['no JSON', '{', 'it is no JSON'],
  ['something else', '{"a": 1}', 'it is no report of this schema (schemaVersion'],
  [
    'a report with a broken task',
    JSON.stringify({ schemaVersion: 1, tool: { name: 'bpg-migrate', version: '1' }, summary: {} }),
    'summary.',
  ],
])('refuses %s', (_, text, reason) => {
  const answer = readReport(text);
  expect(answer.ok).toBe(false);
  expect(answer.ok ? '' : answer.reason).toContain(reason);
});

it('merges what runners wrote, in every format, and says what is wrong', async () => {
  const cwd = folderWith(tree);
  const into = folderWith({});
  const [whole] = await Promise.all([
    bpgMigrate(['scan', '--format', 'json', '--quiet'], { cwd }),
    ...[1, 2].map((index) =>
      bpgMigrate(['report', '--shard', `${index}/2`, '--output', join(into, `shard-${index}.json`)], { cwd }),
    ),
  ]);
  const shards = readdirSync(into).map((name) => join(into, name));
  expect(shards).toHaveLength(2);
  const merged = await bpgMigrate(['merge', ...shards]);
  expect(merged.code).toBe(0);
  expect(merged.stdout).toBe(whole.stdout);
  expect(merged.stderr).toContain('`rollout` is left out: it needs the whole tree');
  expect(
    (await bpgMigrate(['merge', ...shards, '--strict', '--format', 'md,sarif', '--output', 'all'], { cwd: into })).code,
  ).toBe(1);
  expect(contentOf(into, 'all/report.md')).toContain('# Migration');
  const lost = await bpgMigrate(['merge', shards[0] ?? '', 'nowhere.json'], { cwd: into });
  expect(lost).toMatchObject({ code: 2, stdout: '' });
  expect(lost.stderr).toContain('nowhere.json: it can not be read: ');
  const wrong = await bpgMigrate(['scan', '--shard', '3/2'], { cwd });
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
  expect(wrong.stderr).toContain('--shard takes i/n');
});

it('prints no more Markdown than the summary of a step still holds', async () => {
  const cwd = folderWith({ ...sample, 'summary.md': 'x'.repeat(1_048_576 - 900) });
  const all = await bpgMigrate(['report', '--format', 'md'], { cwd });
  expect(all.bytes.length).toBeGreaterThan(900);
  const env = { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') };
  const cut = await bpgMigrate(['report', '--format', 'md'], { cwd, env });
  expect(cut.bytes.length).toBeLessThanOrEqual(900);
  expect(cut.stdout).toMatch(/^# [^\n]+\n[\s\S]*> \*\*Cut here\*\*: \d+ more lines/);
  await bpgMigrate(['report', '--format', 'md', '--output', 'whole.md'], { cwd, env });
  expect(contentOf(cwd, 'whole.md')).toBe(all.stdout);
});
