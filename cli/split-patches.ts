import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { counted, nobody, type Part, type PlannedFile, renderUnified, splitFiles } from '../src/index.ts';
import type { Planned } from './planning.ts';
import type { Session } from './session.ts';
import { reasonOf } from './write-failure.ts';

export type SplitBy = 'owner' | 'dag' | 'wave';

/** Names the patches that lie in a folder, and what to do with them. */
const indexFile = 'split.json';

/** One patch: its file, what is in it, and what a branch and a commit of it could be called. */
interface Patch {
  readonly patch: string;
  readonly group: string | null;
  readonly branch: string;
  readonly message: string;
  readonly files: readonly string[];
  readonly tasks: readonly string[];
}

/**
 * Writes a patch for each owner, DAG or wave, and one for what is of several; `split.json` beside them proposes branches
 * and messages. False, and said, when the folder can not be written. Patches of an earlier run go.
 */
export function writeSplit(
  session: Session,
  { plan }: Extract<Planned, { ok: true }>,
  accepted: ReadonlySet<string>,
  files: readonly PlannedFile[],
  by: SplitBy,
  folder: string,
): boolean {
  const changed = files.filter(({ before, after }) => before !== after);
  const changes = plan.changes.filter(({ id }) => accepted.has(id));
  const parts = splitFiles(changed, changes, groupsBy(by, plan));
  const taken = new Set<string>();
  const patches = parts.map((part) => patchOf(part, by, taken));
  const place = resolve(session.cwd, folder);
  try {
    mkdirSync(place, { recursive: true });
    for (const name of earlierPatches(place)) rmSync(join(place, name), { force: true });
    for (const [index, { patch }] of patches.entries())
      writeFileAtomic.sync(join(place, patch), Buffer.from(renderUnified(parts[index]?.files ?? [])));
    writeFileAtomic.sync(join(place, indexFile), `${JSON.stringify({ version: 1, by, patches }, null, 2)}\n`);
  } catch (error) {
    session.warn(`bpg-migrate: ${folder} can not be written: ${reasonOf(error)}`);
    return false;
  }
  for (const { patch, tasks, files: own, branch } of patches) {
    session.print(`${join(folder, patch)}\n`);
    session.say(`  ${counted(own.length, 'file')}, ${counted(tasks.length, 'task')}; branch ${branch}`);
  }
  const shared = patches.find(({ group }) => group === null);
  if (shared !== undefined)
    session.say(`${shared.patch}: what more than one ${by} needs; no file is in two patches, so each applies alone`);
  session.say(`${join(folder, indexFile)} proposes branches and commit messages; nothing was pushed`);
  return true;
}

/** The group of a task by its id. */
function groupsBy(by: SplitBy, plan: Extract<Planned, { ok: true }>['plan']): (task: string) => string {
  if (by === 'owner') return (task) => plan.owners.get(task) ?? nobody;
  if (by === 'dag') {
    const dags = new Map(plan.report.tasks.map(({ id, dagId, file }) => [id, dagId ?? file]));
    return (task) => dags.get(task) ?? '?';
  }
  const { dags } = plan.estate().waves;
  const waves = new Map(dags.flatMap(({ tasks, wave }) => tasks.map((task) => [task, String(wave)] as const)));
  return (task) => waves.get(task) ?? '?';
}

function patchOf({ group, files, tasks }: Part, by: SplitBy, taken: Set<string>): Patch {
  const plain = group === null ? 'shared' : `${by}-${slugOf(group)}`;
  let slug = plain;
  for (let number = 2; taken.has(slug); number += 1) slug = `${plain}-${number}`;
  taken.add(slug);
  const whose = group === null ? `several ${by}s` : by === 'owner' ? group : `${by} ${group}`;
  const message = [
    `Move ${counted(tasks.length, 'Spark task')} of ${whose} to BPGOperator`,
    '',
    ...tasks.map((task) => `- ${task}`),
    '',
    'For each DAG: pause, let runs finish, deploy, unpause.',
    '',
  ].join('\n');
  return {
    patch: `${slug}.patch`,
    group,
    branch: `bpg-migrate/${slug}`,
    message,
    files: files.map(({ path }) => path),
    tasks,
  };
}

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || 'other';

/** What the index of an earlier run names; a folder that is somebody else's has none. */
function earlierPatches(place: string): readonly string[] {
  if (!existsSync(join(place, indexFile))) return [];
  try {
    const { patches } = JSON.parse(readFileSync(join(place, indexFile), 'utf8')) as { patches: readonly Patch[] };
    return patches.map(({ patch }) => patch).filter((name) => /^[a-z0-9-]+\.patch$/.test(name));
  } catch {
    return [];
  }
}
