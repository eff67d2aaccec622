/**
 * Every folder `fixtures/migrate/<topic>/<case>`: `before/` is a project, `after/` holds the files that migrating all its
 * `safe` and `review` tasks changes or adds, `report.json` the verdict and codes of each task. A case whose name starts
 * with `noop-` has no `after/`: not a byte may change.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeText, type Report } from '../../src/index.ts';
import { migrate, readTree } from './project.ts';

const root = join(import.meta.dirname, '../../fixtures/migrate');
const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    .sort();
const cases = folders(root).flatMap((topic) => folders(join(root, topic)).map((name) => `${topic}/${name}`));

/** What a case fixes of its report. */
function essence({ tasks, sensors, findings, files }: Report): unknown {
  return {
    tasks: tasks.map(({ id, status, verdict, queue, findings: said }) => ({
      id,
      status,
      verdict,
      queue,
      findings: [...new Set(said.map(({ code }) => code))].sort(),
    })),
    sensors: sensors.map(({ id, task, outcome }) => ({ id, task, outcome })),
    project: [...new Set(findings.map(({ code }) => code))].sort(),
    skipped: files.flatMap(({ file, skipped }) => (skipped === null ? [] : [`${file}: ${skipped}`])),
  };
}

it('finds the cases', () => {
  expect(cases.length).toBeGreaterThan(0);
});

describe.each(cases)('%s', (name) => {
  const folder = join(root, name);
  it('becomes what it should', async () => {
    const { plan, files } = await migrate(join(folder, 'before'));
    const made = Object.fromEntries(
      files.map(({ path, after, encoding }) => [
        path,
        Buffer.from(encodeText(after, encoding) ?? '').toString('latin1'),
      ]),
    );
    if (process.env['UPDATE_REPORTS'] !== undefined)
      writeFileSync(join(folder, 'report.json'), `${JSON.stringify(essence(plan.report), null, 2)}\n`);
    expect(made).toEqual(readTree(join(folder, 'after')));
    expect(essence(plan.report)).toEqual(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')));
    if (name.split('/')[1]?.startsWith('noop-') === true) expect(files).toEqual([]);
    else expect(files.length).toBeGreaterThan(0);
  });
});

it('leaves Python that CPython compiles', (context) => {
  const python = (() => {
    try {
      return execFileSync('python3', ['--version'], { encoding: 'utf8' });
    } catch {
      return null;
    }
  })();
  if (python === null) return context.skip('no python3 on this machine');
  const files = cases.flatMap((name) =>
    Object.keys(readTree(join(root, name, 'after')))
      .filter((path) => path.endsWith('.py'))
      .map((path) => join(root, name, 'after', path)),
  );
  const script = 'import sys\nfor path in sys.argv[1:]:\n    compile(open(path, "rb").read(), path, "exec")\n';
  execFileSync('python3', ['-W', 'ignore', '-c', script, ...files]);
  expect(files.length).toBeGreaterThan(0);
});
