/** To whom a task belongs: the configuration's `owners` (a glob over the file), else the effective `owner` argument. */
import type { Options } from '../model.ts';
import type { ProjectDecisions } from './plan.ts';
import { isMatch } from './routing.ts';

/** Owners by task id; a task of which nothing says whose it is is left out. */
export function ownersOf({ files, identities }: ProjectDecisions, { owners }: Options): ReadonlyMap<string, string> {
  const configured = Object.entries(owners);
  return new Map(
    files.flatMap(({ tasks }) =>
      tasks.flatMap(({ prepared: { task, subject } }) => {
        const owner = configured.find(([glob]) => isMatch(task.file, glob))?.[1] ?? subject.owner;
        const identity = identities.get(task);
        return owner === null || identity === undefined ? [] : [[identity.id, owner] as const];
      }),
    ),
  );
}
