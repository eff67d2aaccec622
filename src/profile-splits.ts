/** What each built-in operator would make of the same tasks: decided anew from the same facts, nothing is read again. */
import type { ProfileSplit, SlotUse, TargetOperator } from './model.ts';
import { isOfTheOperator } from './operator-gap.ts';
import { decideProject, type ProjectDecisions } from './rewriter/plan.ts';
import type { TaskPlan } from './rewriter/plan-file.ts';
import type { Project } from './rewriter/project.ts';
import { payloadStyle } from './target/payload-style.ts';
import { type ProfileName, profiledOperator, profileNames } from './target/profiles.ts';

/** How many plans are manual for what the target operator can't do. */
export function heldPlans(plans: readonly TaskPlan[]): number {
  return plans.filter(({ verdict, findings }) => verdict === 'manual' && isOfTheOperator(findings)).length;
}

/** Worker slots of all legacy tasks, by id. */
export function slotUses(decisions: ProjectDecisions): ReadonlyMap<string, SlotUse> {
  return new Map(
    legacyPlans(decisions).flatMap(({ prepared, slots }) => {
      const id = decisions.identities.get(prepared.task)?.id;
      return id === undefined ? [] : [[id, { task: id, ...slots }]];
    }),
  );
}

/** The legacy tasks of a project, those that are ignored left out. */
export function legacyPlans({ files }: ProjectDecisions): readonly TaskPlan[] {
  return files.flatMap(({ tasks }) => tasks.filter(({ prepared }) => prepared.task.ignored === null));
}

/**
 * The operator at hand first, then the built-in ones, weakest first; of the legacy tasks that `counts` takes. These are decided on trial: their results are not
 * made and looked at again, so that a change which would be withdrawn counts with the verdict that it was offered with.
 */
export function profileSplits(
  project: Project,
  decisions: ProjectDecisions,
  counts: (id: string) => boolean = () => true,
): readonly ProfileSplit[] {
  const { target } = project;
  const counted = (decided: ProjectDecisions): readonly TaskPlan[] =>
    legacyPlans(decided).filter(({ prepared }) => counts(decisions.identities.get(prepared.task)?.id ?? ''));
  const now = splitOf(`at hand (${target.className})`, null, counted(decisions));
  const others = profileNames.map((name) =>
    name === target.origin ? { ...now, name, profile: name } : splitOf(name, name, counted(decidedFor(project, name))),
  );
  return [now, ...others];
}

function decidedFor(project: Project, name: ProfileName): ProjectDecisions {
  const { operator, payload } = project.options.target;
  const target: TargetOperator = profiledOperator(operator, name);
  const anew: Project = { ...project, target, style: payloadStyle(target, payload) };
  return decideProject(
    anew,
    () => {},
    new Map(),
    () => ({ ok: true, after: '' }),
  );
}

function splitOf(name: string, profile: ProfileName | null, tasks: readonly TaskPlan[]): ProfileSplit {
  const count = (wanted: TaskPlan['verdict']): number => tasks.filter(({ verdict }) => verdict === wanted).length;
  return { name, profile, safe: count('safe'), review: count('review'), manual: count('manual') };
}
