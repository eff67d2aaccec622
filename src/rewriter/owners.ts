/**
 * To whom a task belongs: the configuration's `owners` (a glob over the file), else CODEOWNERS, else the effective
 * `owner` argument.
 */
import type { Options } from '../model.ts';
import type { ProjectDecisions } from './plan.ts';
import { factText } from './project.ts';
import { configuredOwner } from './routing.ts';

/** Owners by task id, migrated tasks too; a task of which nothing says whose it is is left out. */
export function ownersOf(
  { files, identities }: ProjectDecisions,
  { owners }: Options,
  codeowners: (file: string) => string | null,
): ReadonlyMap<string, string> {
  const ofFile = (file: string): string | null => configuredOwner(file, owners) ?? codeowners(file);
  return new Map(
    files.flatMap(({ facts, tasks }) => {
      const fileOwner = ofFile(facts.source.path);
      const calls = [
        ...tasks.map(({ prepared: { task, subject } }) => ({ task, own: subject.owner })),
        ...facts.migrated.map((task) => ({ task, own: factText(task.dag?.defaultArgs.entries.get('owner')?.value) })),
      ];
      return calls.flatMap(({ task, own }) => {
        const owner = fileOwner ?? own;
        const identity = identities.get(task);
        return owner === null || identity === undefined ? [] : [[identity.id, owner] as const];
      });
    }),
  );
}
