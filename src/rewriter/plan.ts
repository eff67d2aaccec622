/** Decides the whole project: facts in, plans out. Nothing is written here, and nothing is told. */
import type { Alternatives, FileFacts, Shard, SparkTask } from '../model.ts';
import { filesTouched, type PlannedChange } from './change.ts';
import { placeDocuments } from './documents.ts';
import { type Identity, identify } from './identities.ts';
import { type FilePlan, planFile, prepareFile, type TaskPlan } from './plan-file.ts';
import { finding, type Project } from './project.ts';
import { inShard } from './shard.ts';
import { rememberingVerifier, type Verifier } from './verify.ts';

export interface ProjectDecisions {
  readonly files: readonly FilePlan[];
  /** Makes accepted changes of one file and looks at the result; remembers what planning has tried. */
  readonly verify: Verifier;
  readonly identities: ReadonlyMap<
    FileFacts['tasks'][number] | FileFacts['migrated'][number] | FileFacts['sensors'][number],
    Identity
  >;
}

/**
 * `onFile` is called after each file, with how many are done. `alternatives` are what people chose for single tasks, by id;
 * an id of no task says nothing. `verify` looks at the result of a file's changes. Of a `shard` only the files are
 * decided; all are prepared, for tasks share documents.
 */
export function decideProject(
  configured: Project,
  onFile: (done: number) => void = () => {},
  alternatives: ReadonlyMap<string, Alternatives> = new Map(),
  verify: Verifier = rememberingVerifier(configured.python, configured.options.target.operator),
  shard?: Shard,
): ProjectDecisions {
  const identities: Map<SparkTask | FileFacts['migrated'][number] | FileFacts['sensors'][number], Identity> = new Map();
  for (const facts of configured.files) for (const [call, identity] of identify(facts)) identities.set(call, identity);
  const project = { ...configured, chosen: chosenIn(configured, identities, alternatives) };
  const prepared = new Map(project.files.map((facts) => [facts, prepareFile(project, facts)]));
  const targets = placeDocuments(project, [...prepared.values()].flat());
  const idOf = (task: SparkTask): string => identities.get(task)?.id ?? '';
  const own = project.files.filter(({ source }) => inShard(source.path, shard));
  const files = own.map((facts, index) => {
    const planned = withdrawBroken(verify, planFile(project, facts, prepared.get(facts) ?? [], targets, idOf));
    const plan = withdrawElsewhere(verify, planned);
    onFile(index + 1);
    return plan;
  });
  return { files, verify, identities };
}

function chosenIn(
  { files }: Project,
  identities: ProjectDecisions['identities'],
  alternatives: ReadonlyMap<string, Alternatives>,
): ReadonlyMap<SparkTask, Alternatives> {
  const chosen = new Map<SparkTask, Alternatives>();
  if (alternatives.size === 0) return chosen;
  for (const task of files.flatMap(({ tasks }) => tasks)) {
    const own = alternatives.get(identities.get(task)?.id ?? '');
    if (own !== undefined) chosen.set(task, own);
  }
  return chosen;
}

/** All changes of a file are made on trial at once; only where that fails each is tried by itself, to find the culprit. */
function withdrawBroken(verify: Verifier, plan: FilePlan): FilePlan {
  const changes = plan.tasks.flatMap(({ change }) => change ?? []);
  if (changes.length === 0 || verify(plan.facts, changes).ok) return plan;
  const tasks = plan.tasks.map((task) =>
    task.change === null ? task : verifiedAlone(verify, plan, task, task.change),
  );
  return { ...plan, tasks };
}

/** What a change does in other files is tried there by itself. */
function withdrawElsewhere(verify: Verifier, plan: FilePlan): FilePlan {
  if (plan.tasks.every(({ change }) => change === null || change.callers.length === 0)) return plan;
  const tasks = plan.tasks.map((task) => {
    const { change } = task;
    if (change === null) return task;
    for (const facts of filesTouched(change).slice(1)) {
      const made = verify(facts, [change]);
      if (!made.ok) return withdrawnFor(task, `${facts.source.path}: ${made.reason}`);
    }
    return task;
  });
  return { ...plan, tasks };
}

function withdrawnFor(task: TaskPlan, reason: string): TaskPlan {
  const withdrawn = finding('change-withdrawn', task.prepared.task.place, { reason });
  return { ...task, change: null, verdict: 'manual', findings: [...task.findings, withdrawn] };
}

function verifiedAlone(verify: Verifier, plan: FilePlan, task: TaskPlan, change: PlannedChange): TaskPlan {
  const alone = verify(plan.facts, [change]);
  return alone.ok ? task : withdrawnFor(task, alone.reason);
}
