/**
 * To whom a task belongs: the configuration's `owners` (a glob over the file), else CODEOWNERS, else the effective
 * `owner` argument, else the tags of its DAG.
 */
import type { DagMention, Options, SparkCall } from '../model.ts';
import { ownerOfTags } from './owner-tags.ts';
import type { ProjectDecisions } from './plan.ts';
import { factText } from './project.ts';
import { ownerOfFile } from './routing.ts';

/** Owners by task id, migrated tasks too; a task of which nothing says whose it is is left out. */
export function ownersOf(
  { files, identities }: ProjectDecisions,
  { owners }: Options,
  codeowners: (file: string) => string | null,
): ReadonlyMap<string, string> {
  const ofFile = (file: string): string | null => ownerOfFile(file, owners, codeowners);
  return new Map(
    files.flatMap(({ facts, tasks }) => {
      const fileOwner = ofFile(facts.source.path);
      const calls = [
        ...tasks.map(({ prepared: { task, subject } }) => ({ task, own: subject.owner })),
        ...facts.migrated.map((task) => ({ task, own: factText(task.dag?.defaultArgs.entries.get('owner')?.value) })),
      ];
      return calls.flatMap(({ task, own }) => {
        const owner = fileOwner ?? own ?? ownerOfTags(tagsOf(facts.mentions, task));
        const identity = identities.get(task);
        return owner === null || identity === undefined ? [] : [[identity.id, owner] as const];
      });
    }),
  );
}

/** The tags of the DAG around a task; none where its id is not known, for they could be another's. */
function tagsOf(mentions: readonly DagMention[], { dag }: Pick<SparkCall, 'dag'>): readonly string[] {
  const id = factText(dag?.id);
  return id === null ? [] : mentions.flatMap((one) => (one.kind === 'tag' && one.dag === id ? [one.name] : []));
}
