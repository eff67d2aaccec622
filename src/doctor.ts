/** `doctor`: what the target operator can do, what its gaps mean for these DAGs, and which route each task takes. */
import type { Capability, Diagnosis, Options, PayloadStyle, ProfileSplit, RouteUse, TargetOperator } from './model.ts';
import { openProject } from './open-project.ts';
import { findingEntries } from './rewriter/entries.ts';
import { decideProject, type ProjectDecisions } from './rewriter/plan.ts';
import type { TaskPlan } from './rewriter/plan-file.ts';
import type { Project } from './rewriter/project.ts';
import { projectFindings } from './rewriter/project-findings.ts';
import { conditionText, shadowingRule } from './rewriter/routing.ts';
import { payloadStyle, rendersTemplates } from './target/payload-style.ts';
import { profiledOperator, profileNames } from './target/profiles.ts';

export type Diagnosed =
  | { readonly ok: true; readonly diagnosis: Diagnosis }
  /** Paths that were asked for and are not there. */
  | { readonly ok: false; readonly problems: readonly { readonly path: string; readonly message: string }[] };

/** Reads and decides, writes nothing. `paths` as for a plan. */
export async function diagnose(options: Options, paths: readonly string[], today: string | null): Promise<Diagnosed> {
  const { project, discovery } = await openProject(options, paths, today, () => {});
  if (discovery.problems.length > 0) return { ok: false, problems: discovery.problems };
  return { ok: true, diagnosis: examine(project) };
}

function examine(project: Project): Diagnosis {
  const { options } = project;
  const decisions = decideProject(project);
  const legacy = legacyTasks(decisions);
  const { target, style, era } = project;
  const profiles = [splitOf(`at hand (${target.className})`, legacy), ...builtInSplits(project)];
  return {
    schemaVersion: 1,
    configuration: options.configFile,
    airflow: era.airflow,
    provider: era.provider,
    behaviour: era.behaviour,
    operator: {
      name: `${target.module}.${target.className}`,
      origin: target.origin,
      assumed: target.assumed,
      style,
      parameters: [...target.parameters].sort(),
      capabilities: capabilitiesOf(target, style, legacy),
    },
    profiles,
    routes: routeUses(options, legacy),
    matches: legacy.map((plan) => {
      const { subject, routed, task } = plan.prepared;
      const { connection, namespace, dag, owner } = subject;
      const rule = routed.route === null ? null : options.routing.indexOf(routed.route) + 1;
      const id = decisions.identities.get(task)?.id ?? '';
      return { task: id, connection, namespace, dag, owner, rule, queue: routed.queue };
    }),
    findings: findingEntries(projectFindings(project, decisions), options),
    isolationBroken: legacy.some(({ prepared }) => prepared.routed.isolationBroken),
    next: nextCommand(options, profiles, legacy),
  };
}

function legacyTasks(decisions: ProjectDecisions): readonly TaskPlan[] {
  return decisions.files.flatMap(({ tasks }) => tasks.filter(({ prepared }) => prepared.task.ignored === null));
}

function splitOf(name: string, tasks: readonly TaskPlan[]): ProfileSplit {
  const count = (wanted: TaskPlan['verdict']): number => tasks.filter(({ verdict }) => verdict === wanted).length;
  return { name, safe: count('safe'), review: count('review'), manual: count('manual') };
}

/** The same tasks decided anew as if one of the built-in operators were installed. */
function builtInSplits(project: Project): ProfileSplit[] {
  return profileNames.map((name) => {
    const target = profiledOperator(project.options.target.operator, name);
    const style = payloadStyle(target, project.options.target.payload);
    return splitOf(name, legacyTasks(decideProject({ ...project, target, style })));
  });
}

interface Question {
  readonly name: string;
  /** The property of `TargetOperator` whose place is the evidence. */
  readonly property: string;
  /** Findings of tasks that suffer where it is missing. */
  readonly codes: readonly string[];
  readonly has: (target: TargetOperator, style: PayloadStyle | null) => boolean;
  readonly meaning: (tasks: number) => string;
}

const tasksText = (count: number): string => (count === 1 ? '1 task' : `${count} tasks`);

const questions: readonly Question[] = [
  {
    name: 'renders Jinja in the document',
    property: 'templateFields',
    codes: ['jinja-not-rendered'],
    has: (target, style) => style !== null && rendersTemplates(target, style),
    meaning: (tasks) => `${tasksText(tasks)} with Jinja in the document can not be migrated without it`,
  },
  {
    name: 'finds a running job again on a retry',
    property: 'parameters',
    codes: ['retry-resubmits'],
    has: ({ reattaches }) => reattaches,
    meaning: (tasks) => `${tasksText(tasks)} may submit a job twice`,
  },
  {
    name: 'cancels the job of a killed task',
    property: 'cancels',
    codes: ['kill-leaves-running'],
    has: ({ cancels }) => cancels,
    meaning: (tasks) => `${tasksText(tasks)} leave a job running when they are killed, cleared or time out`,
  },
  {
    name: 'waits without a worker slot (deferrable)',
    property: 'parameters',
    codes: ['slot-held'],
    has: ({ deferrable }) => deferrable,
    meaning: (tasks) => `${tasksText(tasks)} will hold a worker slot that they did not hold before`,
  },
  {
    name: 'accepts a dict as the document',
    property: 'templateFields',
    codes: ['payload-is-dict', 'native-rendering'],
    has: ({ acceptsDict }) => acceptsDict,
    meaning: (tasks) => `${tasksText(tasks)} give a dict, or may be rendered to one`,
  },
  {
    name: 'loads on the Airflow of the DAGs',
    property: 'breaks',
    codes: ['target-not-on-airflow-3'],
    has: ({ breaks }) => breaks.length === 0,
    meaning: (tasks) => `${tasksText(tasks)} on Airflow 3 can not be migrated`,
  },
];

function capabilitiesOf(target: TargetOperator, style: PayloadStyle | null, tasks: readonly TaskPlan[]): Capability[] {
  return questions.map(({ name, property, codes, has, meaning }) => {
    const concerned = tasks.filter(({ findings }) => findings.some(({ code }) => codes.includes(code))).length;
    const there = has(target, style);
    return {
      name,
      has: there,
      evidence: target.evidence[property] ?? null,
      meaning: there ? '' : meaning(concerned),
      tasks: concerned,
    };
  });
}

function routeUses(options: Options, tasks: readonly TaskPlan[]): RouteUse[] {
  return options.routing.map((route, index) => ({
    rule: index + 1,
    condition: conditionText(route),
    queue: route.queue,
    tasks: tasks.filter(({ prepared }) => prepared.routed.route === route).length,
    shadowedBy: shadowingRule(options.routing, index),
  }));
}

/** What frees the most tasks comes first. */
function nextCommand(options: Options, profiles: readonly ProfileSplit[], tasks: readonly TaskPlan[]): string {
  if (options.configFile === null) return 'bpg-migrate init';
  const [now, ...others] = profiles;
  const best = others.reduce((a, b) => (b.manual < a.manual ? b : a), now as ProfileSplit);
  if (now !== undefined && best.manual < now.manual)
    return `set target.profile: ${best.name} in ${options.configFile} once that operator is installed: ${now.manual - best.manual} fewer manual tasks`;
  if (tasks.some(({ findings }) => findings.some(({ code }) => code === 'no-route')))
    return `give every connection its queue in ${options.configFile}, then bpg-migrate scan`;
  return tasks.length === 0 ? 'bpg-migrate report' : 'bpg-migrate diff';
}
