/** What a plan knows, as the rollout wants to have it. */
import type { SlotUse, TaskEntry, WavePlan } from './model.ts';
import { connectionUsers } from './rewriter/connection-users.ts';
import type { ProjectDecisions } from './rewriter/plan.ts';
import type { Project } from './rewriter/project.ts';
import { requestSizes } from './rewriter/request-size.ts';
import type { Estate } from './rollout/estate.ts';
import { planWaves } from './rollout/waves.ts';

export function estateOf(
  project: Project,
  decisions: ProjectDecisions,
  tasks: readonly TaskEntry[],
  owners: ReadonlyMap<string, string>,
  slots: ReadonlyMap<string, SlotUse>,
): Estate {
  return {
    tasks,
    owners,
    waves: wavesFor(project, tasks, owners, slots),
    slots,
    sizes: requestSizes(decisions),
    users: connectionUsers(project, decisions),
    operator: project.target.className,
  };
}

export function wavesFor(
  project: Project,
  tasks: readonly TaskEntry[],
  owners: ReadonlyMap<string, string>,
  slots: ReadonlyMap<string, SlotUse>,
): WavePlan {
  return planWaves({
    tasks,
    mentions: project.files.flatMap(({ mentions }) => mentions),
    owners,
    intervals: new Map([...slots].map(([id, { interval }]) => [id, interval])),
    pins: project.options.waves,
  });
}
