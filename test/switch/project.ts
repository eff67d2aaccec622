/** A project folder that gets switches and loses them again, in a copy that goes when the test is over. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { expect } from 'vitest';
import {
  encodeText,
  loadOptions,
  type PlannedFile,
  type PlanRequest,
  type ProjectPlan,
  planProject,
} from '../../src/index.ts';

export const switchModule: string = readFileSync(
  join(import.meta.dirname, '../../scaffold/switch/bpg_switch.py'),
  'utf8',
);
type Mode = NonNullable<PlanRequest['mode']>;

export async function planIn(folder: string, mode: Mode): Promise<ProjectPlan> {
  const loaded = loadOptions({ cwd: folder });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const selection = { dags: [], tasks: [], connections: [], verdicts: [] };
  return planProject({ ...loaded.options, root: folder }, { paths: [], selection, switchModule, mode });
}

/** Makes the changes of a mode, those of the named tasks only where there is a list; what was written. */
export async function applyIn(
  folder: string,
  mode: Mode,
  tasks?: ReadonlySet<string>,
): Promise<readonly PlannedFile[]> {
  const plan = await planIn(folder, mode);
  const taken = plan.changes.filter(({ task }) => tasks === undefined || tasks.has(task));
  const { files, withdrawn } = plan.materialize(new Set(taken.map(({ id }) => id)));
  expect(withdrawn).toEqual([]);
  for (const { path, after, encoding, gone } of files) {
    if (gone === true) {
      rmSync(join(folder, path));
      continue;
    }
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), encodeText(after, encoding) ?? '');
  }
  return files;
}

/** Copies of a folder, as many as asked for. */
export async function inCopies<T>(folder: string, count: number, use: (...copies: string[]) => Promise<T>): Promise<T> {
  const place = mkdtempSync(join(tmpdir(), 'bpg-migrate-'));
  try {
    const copies = Array.from({ length: count }, (_, index) => join(place, String(index)));
    for (const copy of copies) cpSync(folder, copy, { recursive: true });
    return await use(...copies);
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** The routing files of a folder, absolute. */
export function routingFiles(folder: string): readonly string[] {
  return filesBelow(folder).filter((path) => path.endsWith('bpg-routing.yaml'));
}

/** Every file by its path, without those that only the switch needs: its bytes, each as one character. */
export function treeWithoutSwitch(folder: string): Record<string, string> {
  const own = filesBelow(folder).filter((path) => !/bpg_switch\.py$|bpg-routing\.yaml$/.test(path));
  return Object.fromEntries(
    own.map((path) => [relative(folder, path).replaceAll(sep, '/'), readFileSync(path, 'latin1')]),
  );
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
