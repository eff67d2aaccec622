/**
 * Every folder `fixtures/switch/<case>`: `before/` is a project, `switched/` holds what `--mode switch` writes, `final/` what
 * `--mode final` writes after that, with `routing.yaml` as the routing file (default: every connection on the new path).
 * A case whose name starts with `noop-` has neither. `report.json` holds what is said of the tasks before, between and
 * after. UPDATE_SWITCH=1 writes all of it anew.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeText, type PlannedFile, type ProjectPlan } from '../../src/index.ts';
import { applyIn, inCopies, planIn, routingFiles, switchModule } from './project.ts';

const root = join(import.meta.dirname, '../../fixtures/switch');
const cases = readdirSync(root).sort();
const isUpdating = process.env['UPDATE_SWITCH'] !== undefined;

describe.each(cases)('%s', (name) => {
  const folder = join(root, name);
  it('becomes what it should', async () => {
    await inCopies(join(folder, 'before'), 1, async (copy = '') => {
      // A project that has switches already has their module too, which is one for all.
      for (const file of routingFiles(copy)) writeFileSync(join(dirname(file), 'bpg_switch.py'), switchModule);
      const before = essence(await planIn(copy, 'switch'));
      const switched = await applyIn(copy, 'switch');
      expectTree(join(folder, 'switched'), switched);
      const between = essence(await planIn(copy, 'edit'));
      const own = join(folder, 'routing.yaml');
      const allNew = 'connections: {kubernetes_default: new, emr: new}\n';
      const routes = existsSync(own) ? readFileSync(own, 'utf8') : allNew;
      for (const file of routingFiles(copy)) writeFileSync(file, routes);
      const asked = essence(await planIn(copy, 'final'));
      const final = await applyIn(copy, 'final');
      expectTree(join(folder, 'final'), final);
      const removed = final.flatMap(({ path, gone }) => (gone === true ? path : []));
      const said = { removed, before, between, final: asked, after: essence(await planIn(copy, 'switch')) };
      if (isUpdating) writeFileSync(join(folder, 'report.json'), `${JSON.stringify(said, null, 2)}\n`);
      expect(said).toEqual(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')));
      if (name.startsWith('noop-')) expect([...switched, ...final]).toEqual([]);
      else expect(final.length).toBeGreaterThan(0);
    });
  });
});

/** What a case fixes of a report. */
function essence({ report }: ProjectPlan): unknown {
  const { legacy, migrated } = report.summary;
  const tasks = report.tasks.map(({ id, status, verdict, findings }) => ({
    id,
    status,
    verdict,
    said: findings.filter(({ code }) => code.startsWith('switch')).map(({ code, message }) => `${code}: ${message}`),
  }));
  return { legacy, migrated, tasks, sensors: report.sensors.map(({ id, outcome }) => `${id}: ${outcome}`) };
}

function expectTree(folder: string, files: readonly PlannedFile[]): void {
  const made = Object.fromEntries(
    files.flatMap(({ path, after, encoding, gone }): [string, string][] => {
      if (gone === true) return [];
      if (path.endsWith('bpg_switch.py')) expect(after).toBe(switchModule);
      return [
        [path, path.endsWith('bpg_switch.py') ? '' : Buffer.from(encodeText(after, encoding) ?? '').toString('latin1')],
      ];
    }),
  );
  if (isUpdating) {
    rmSync(folder, { recursive: true, force: true });
    for (const [path, text] of Object.entries(made)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text, 'latin1');
    }
  }
  const expected = Object.keys(made).map((path) => [path, readOrNothing(join(folder, path))]);
  expect(made).toEqual(Object.fromEntries(expected));
  expect(filesIn(folder)).toEqual(Object.keys(made).sort());
}

const readOrNothing = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'latin1') : null);

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

it('leaves Python that CPython compiles', (context) => {
  const files = cases.flatMap((name) =>
    ['switched', 'final'].flatMap((part) =>
      filesIn(join(root, name, part))
        .filter((path) => path.endsWith('.py'))
        .map((path) => join(root, name, part, path)),
    ),
  );
  const script = 'import sys\nfor path in sys.argv[1:]:\n    compile(open(path, "rb").read(), path, "exec")\n';
  try {
    execFileSync('python3', ['--version']);
  } catch {
    return context.skip('no python3 on this machine');
  }
  execFileSync('python3', ['-W', 'ignore', '-c', script, ...files]);
  expect(files.length).toBeGreaterThan(0);
});
