/**
 * Random DAG files, migrated together: what CPython makes of each afterwards is what it made of it before, with the sensors
 * that are gone contracted. The tasks are stand-ins that only remember their edges.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contract, edge, endsOf } from '../../src/rewriter/graph.ts';
import { planFolder, withProject } from '../migration/project.ts';
import { dagFile } from './random-dags.ts';

const CASES = 150;
const SEED = 2;
const leaf = join(import.meta.dirname, '../../fixtures/migrate/sensors/leaf/before');
const document = readFileSync(join(leaf, 'dags/job.yaml'), 'utf8');
const configuration = readFileSync(join(leaf, 'bpg-migrate.yaml'), 'utf8');

/** What a file makes when it is executed. */
interface Run {
  readonly error: string | null;
  readonly tasks: readonly string[];
  readonly edges: readonly (readonly [string, string])[];
}

/** Null without a CPython. */
function execute(texts: readonly string[]): readonly Run[] | null {
  try {
    execFileSync('python3', ['--version']);
  } catch {
    return null;
  }
  const script = join(import.meta.dirname, 'run_dags.py');
  const input = JSON.stringify(texts);
  return JSON.parse(execFileSync('python3', [script], { input, encoding: 'utf8', maxBuffer: 1 << 28 }));
}

/** All files migrated as one project: wholly, and every other change alone. No change is offered that would be withdrawn. */
async function migrated(texts: readonly string[]): Promise<readonly (readonly string[])[]> {
  const files = Object.fromEntries(texts.map((text, index) => [`dags/d${index}.py`, text]));
  const project = { ...files, 'dags/job.yaml': document, 'bpg-migrate.yaml': configuration };
  return withProject(project, async (folder) => {
    const { report, changes, materialize } = await planFolder(folder);
    const withdrawn = report.tasks.filter(({ findings }) => findings.some(({ code }) => code === 'change-withdrawn'));
    expect(withdrawn.map(({ file }) => files[file])).toEqual([]);
    const all = changes.map(({ id }) => id);
    return [all, all.filter((_, index) => index % 2 === 0)].map((accepted) => {
      const made = materialize(new Set(accepted));
      if (accepted === all) expect(made.withdrawn).toEqual([]);
      const results = new Map(made.files.map(({ path, after }) => [path, after]));
      return texts.map((text, index) => results.get(`dags/d${index}.py`) ?? text);
    });
  });
}

const isSensor = (task: string): boolean => /[:.]s\d$/.test(task);
const setOf = ({ edges }: Run): Set<string> => new Set(edges.map(([from, to]) => edge(from, to)));
const shown = (edges: ReadonlySet<string>): string[] => [...edges].map((key) => endsOf(key).join(' >> ')).sort();

describe('random orders of tasks', () => {
  it('stay what they were with the removed sensors contracted', async (context) => {
    const texts = fc
      .sample(dagFile, { numRuns: CASES, seed: SEED })
      .map((text, index) => text.replace(/DAG\("/g, `DAG("f${index}_`));
    const before = execute(texts);
    if (before === null) return context.skip('no python3 on this machine');
    const [whole = [], half = []] = await migrated(texts);
    const after = execute([...whole, ...half]) ?? [];
    const gone: string[] = [];
    for (const [index, text] of [...whole, ...half].entries()) {
      const [old, now] = [before[index % texts.length] as Run, after[index] as Run];
      const removed = old.tasks.filter((task) => !now.tasks.includes(task));
      const both = `${texts[index % texts.length]}\n-----\n${text}`;
      expect([old.error, now.error], both).toEqual([null, null]);
      expect(shown(setOf(now)), both).toEqual(shown(contract(setOf(old), removed)));
      expect(removed.filter((task) => !isSensor(task))).toEqual([]);
      if (index < whole.length) gone.push(...removed);
    }
    // Most orders of so few tasks can be kept; what can not leaves the sensor in place, empty.
    expect(gone.length).toBeGreaterThan(before.flatMap(({ tasks }) => tasks.filter(isSensor)).length / 3);
  }, 120_000);
});
