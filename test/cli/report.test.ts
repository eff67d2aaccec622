import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bpgMigrate, contentOf, folderWith, stateOf } from './command.ts';
import { sample } from './sample.ts';

it('writes all formats into a folder, and the JSON is that of scan', async () => {
  const cwd = folderWith(sample);
  const { code, stdout } = await bpgMigrate(['report', '--format', 'html,md,json', '--output', 'build/out'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toBe('build/out/report.html\nbuild/out/report.md\nbuild/out/report.json\n');
  expect(readdirSync(join(cwd, 'build/out')).sort()).toEqual(['owners', 'report.html', 'report.json', 'report.md']);
  expect(readdirSync(join(cwd, 'build/out/owners'))).toEqual(['nobody.md']);
  const { rollout, ...rest } = JSON.parse(contentOf(cwd, 'build/out/report.json'));
  expect(rest).toEqual(JSON.parse((await bpgMigrate(['scan', '--format', 'json'], { cwd })).stdout));
  expect(rollout.waves.map(({ number }: { number: number }) => number)).toEqual([1, 2, 3]);
  expect(contentOf(cwd, 'build/out/report.html')).toMatch(/^<!doctype html>/i);
  expect(contentOf(cwd, 'build/out/report.md')).toContain('dags/safe.py');
});

it('prints one format to stdout, Markdown unless told otherwise', async () => {
  const cwd = folderWith(sample);
  const before = stateOf(cwd);
  const [plain, markdown, json] = await Promise.all([
    bpgMigrate(['report'], { cwd }),
    bpgMigrate(['report', '--format', 'md'], { cwd }),
    bpgMigrate(['report', '--format', 'json'], { cwd }),
  ]);
  expect(plain.bytes).toEqual(markdown.bytes);
  expect(JSON.parse(json.stdout)).toMatchObject({ schemaVersion: 1 });
  expect(stateOf(cwd)).toEqual(before);
});

it('takes the format from the name of the file, and writes over an earlier report', async () => {
  const cwd = folderWith({ ...sample, 'r.json': '{}' });
  for (const name of ['r.json', 'r.md', 'r.html']) {
    expect((await bpgMigrate(['report', '--output', name], { cwd })).stdout).toBe(`${name}\n`);
  }
  expect(JSON.parse(contentOf(cwd, 'r.json'))).toMatchObject({ schemaVersion: 1 });
  expect((await bpgMigrate(['report', '--output', 'folder'], { cwd })).stdout).toBe('folder/report.html\n');
});

it('says why a report can not be written', async () => {
  const cwd = folderWith({ ...sample, taken: 'x' });
  const { code, stderr } = await bpgMigrate(['report', '--output', 'taken/r.html'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('taken/r.html can not be written');
  expect(contentOf(cwd, 'taken')).toBe('x');
});

it('answers 1 under --strict, with the report written', async () => {
  const cwd = folderWith(sample);
  const { code } = await bpgMigrate(['report', '--strict', '--output', 'r.md'], { cwd });
  expect(code).toBe(1);
  expect(contentOf(cwd, 'r.md')).not.toBe('');
});

it('writes every format at once, annotations and text to stdout', async () => {
  const cwd = folderWith(sample);
  const format = 'html,json,md,csv,sarif,junit,jsonl,github,text';
  const { code, stdout, stderr } = await bpgMigrate(['report', '--format', format, '--output', 'out'], { cwd });
  expect(code).toBe(0);
  const names = ['events.jsonl', 'junit.xml', ...['csv', 'html', 'json', 'md', 'sarif'].map((end) => `report.${end}`)];
  expect(readdirSync(join(cwd, 'out')).sort()).toEqual([...names, 'owners'].sort());
  for (const name of names) expect(stderr).toContain(`out/${name}\n`);
  expect(stdout).toMatch(/^::error file=dags\/made\.py,line=\d+,col=\d+,title=payload-at-run-time%3A /);
  expect(stdout).toMatch(/^dags\/made\.py:\d+:\d+: error payload-at-run-time /m);
  expect(stdout).not.toContain('out/');
  const [run] = JSON.parse(contentOf(cwd, 'out/report.sarif')).runs;
  expect(run.results.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain('payload-at-run-time');
});

it.each([
  [['--format', 'github', '--output', 'out'], 'github is printed'],
  [['--format', 'csv,github'], 'several formats need --output'],
  [['--format', 'csv', '--output', 'r.sarif'], 'contradict each other'],
  [['--output', 'dags/safe.py'], 'is a file, and no report'],
])('refuses %j before it plans', async (args, reason) => {
  const cwd = folderWith({ 'dags/safe.py': 'x' });
  const { code, stderr } = await bpgMigrate(['report', ...args], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(reason);
  expect(contentOf(cwd, 'dags/safe.py')).toBe('x');
});
