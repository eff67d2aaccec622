/** Plans a project folder, makes the changes asked for, and checks what must hold after every migration. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect } from 'vitest';
import {
  encodeText,
  loadOptions,
  type PlannedFile,
  type ProjectPlan,
  planProject,
  type Verdict,
} from '../../src/index.ts';

const everything = { dags: [], tasks: [], connections: [], verdicts: [] };

export async function planFolder(folder: string): Promise<ProjectPlan> {
  const loaded = loadOptions({ cwd: folder });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return planProject({ ...loaded.options, root: folder }, { paths: [], selection: everything });
}

export interface Migrated {
  readonly plan: ProjectPlan;
  readonly files: readonly PlannedFile[];
}

/**
 * Migrates all tasks of the given verdicts in a copy of the folder, and looks again: nothing was withdrawn, what was
 * migrated stays migrated, and a second run has nothing to do.
 */
export async function migrate(folder: string, verdicts: readonly Verdict[] = ['safe', 'review']): Promise<Migrated> {
  const plan = await planFolder(folder);
  const accepted = plan.changes.filter(({ verdict }) => verdicts.includes(verdict));
  const { files, withdrawn } = plan.materialize(new Set(accepted.map(({ id }) => id)));
  expect(withdrawn).toEqual([]);
  const copy = mkdtempSync(join(tmpdir(), 'bpg-migrate-'));
  try {
    cpSync(folder, copy, { recursive: true });
    writeFiles(copy, files);
    const again = await planFolder(copy);
    const { legacy, migrated } = plan.report.summary;
    // A function whose callers all moved to its copy stays, and is told.
    const unused = again.report.tasks.filter(({ findings }) =>
      findings.some(({ code }) => code === 'definition-unused'),
    );
    expect(again.report.summary).toMatchObject({
      legacy: legacy - accepted.length + unused.length,
      migrated: migrated + accepted.length,
    });
    const left = new Set(again.changes.filter(({ verdict }) => verdicts.includes(verdict)).map(({ id }) => id));
    expect(again.materialize(left).files).toEqual([]);
  } finally {
    rmSync(copy, { recursive: true });
  }
  return { plan, files };
}

function writeFiles(folder: string, files: readonly PlannedFile[]): void {
  for (const { path, after, encoding } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), encodeText(after, encoding) ?? '');
  }
}

/** A project in a temporary folder, for one test. */
export async function withProject<T>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bpg-migrate-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All files below a folder: path relative to it → its bytes, each as one character. */
export function readTree(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = names.map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'latin1')]));
}
