/** The flag --mode: what it asks of the plan, what contradicts it, and what has to be said when switches come or go. */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import type { PlanRequest, TaskEntry } from '../src/index.ts';
import type { Flags } from './flags.ts';
import type { Session } from './session.ts';

/** The part of the request that says how tasks change. */
export function modeRequest({ mode }: Flags): Pick<PlanRequest, 'mode' | 'switchModule'> {
  return mode === 'switch' || mode === 'final' ? { mode, switchModule: readFileSync(moduleFile, 'utf8') } : {};
}

/** Lies above this file both in the checkout and in the package. */
const moduleFile = new URL('../scaffold/switch/bpg_switch.py', import.meta.url);

/** Null, or which flag says nothing beside --mode. */
export function modeContradiction({ mode, check, accepted, include }: Flags): string | null {
  if (mode === undefined) return null;
  if (check === true) return '--check writes nothing, so --mode says nothing beside it';
  if (mode !== 'final' || (accepted !== true && include === undefined)) return null;
  const other = accepted === true ? '--accepted' : '--include';
  return `--mode final takes what the routing file has on the new path, whatever its verdict: ${other} says nothing beside it`;
}

/** How many tasks changed, in the words of the mode. */
export function movedText({ mode }: Flags, moved: number): string {
  if (mode === 'switch') return `${moved} behind a switch`;
  return mode === 'final' ? `${moved} with the new operator only` : `${moved} moved`;
}

/** The order in which runs in flight come to no harm; true where nothing else needs to be said of them. */
export function tellOrder(session: Session, { mode }: Flags, moved: readonly TaskEntry[]): boolean {
  if (mode !== 'switch' && mode !== 'final') return false;
  if (moved.length === 0) return true;
  const dags = [...new Set(moved.map(({ dagId, file }) => dagId ?? file))].sort().join(', ');
  if (mode === 'switch') {
    session.say('Nothing moves yet: what bpg-routing.yaml does not name takes the old path.');
    session.say('To move a task, or back: pause its DAG, let its runs finish, change the word and deploy, unpause.');
  } else {
    session.say(`The switch is gone, and the way back with it: ${dags}.`);
    session.say('For each: pause, let runs finish, deploy, unpause.');
  }
  return true;
}

/** A routing file that has the DAGs and the connections of these tasks on the new path. */
export function allNew(tasks: readonly TaskEntry[]): string {
  const lines = (kind: string, names: readonly (string | null)[]): string =>
    `${kind}:\n${[...new Set(names.flatMap((name) => name ?? []))].map((name) => `  ${JSON.stringify(name)}: new\n`).join('')}`;
  const connections = tasks.map(({ connection }) => connection ?? '?');
  return (
    lines(
      'dags',
      tasks.map(({ dagId }) => dagId),
    ) + lines('connections', connections)
  );
}

/** The nearest routing file at or above a file of the tree, null where there is none. */
export function routingFileAbove(file: string, has: (path: string) => boolean): string | null {
  for (let folder = posix.dirname(file); ; folder = posix.dirname(folder)) {
    const path = posix.join(folder, 'bpg-routing.yaml');
    if (has(path)) return path;
    if (folder === '.' || folder === '/') return null;
  }
}
