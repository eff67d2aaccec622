/** `doctor`: what the target operator can do, what its gaps mean for these DAGs, and which route each task takes. */
import { capabilitiesOf } from './capabilities.ts';
import type {
  Diagnosis,
  FileEntry,
  Options,
  ProfileSplit,
  PythonEnvironment,
  Route,
  RouteMatch,
  RouteUse,
} from './model.ts';
import { type OpenedProject, openProject } from './open-project.ts';
import { heldPlans, legacyPlans, profileSplits, slotUses } from './profile-splits.ts';
import { fileEntries } from './rewriter/assemble.ts';
import { findingEntries } from './rewriter/entries.ts';
import { decideProject } from './rewriter/plan.ts';
import type { TaskPlan } from './rewriter/plan-file.ts';
import { projectFindings } from './rewriter/project-findings.ts';
import { conditionText, reasonsOf, shadowingRule } from './rewriter/routing.ts';
import { type Codeowners, codeownersOf } from './rollout/codeowners.ts';
import { sumSlots } from './rollout/slots.ts';

export type Diagnosed =
  | {
      readonly ok: true;
      readonly diagnosis: Diagnosis;
      /** Files that could not be looked at, each with the reason. */
      readonly leftOut: readonly FileEntry[];
      /** One of them may hold tasks. */
      readonly brokenSources: boolean;
    }
  /** Paths that were asked for and are not there. */
  | { readonly ok: false; readonly problems: readonly { readonly path: string; readonly message: string }[] };

/** Reads and decides, writes nothing. `paths`, `environment` and `codeowners` as for a plan. */
export async function diagnose(
  options: Options,
  paths: readonly string[],
  today: string | null,
  environment?: PythonEnvironment,
  codeowners?: Codeowners,
): Promise<Diagnosed> {
  const opened = await openProject(options, paths, today, () => {}, undefined, environment);
  const { discovery, brokenSources, project } = opened;
  if (discovery.problems.length > 0) return { ok: false, problems: discovery.problems };
  const leftOut = fileEntries(project, discovery, []);
  return { ok: true, diagnosis: examine(opened, codeownersOf(codeowners)), leftOut, brokenSources };
}

function examine({ project: opened, versions }: OpenedProject, codeowners: (file: string) => string | null): Diagnosis {
  const project = { ...opened, codeowners };
  const { options, target, style, era } = project;
  const decisions = decideProject(project);
  const legacy = legacyPlans(decisions);
  const profiles = profileSplits(project, decisions);
  const findings = findingEntries(projectFindings(project, decisions), options);
  const held = heldPlans(legacy);
  const isolationBroken =
    findings.some(({ code }) => code === 'route-breaks-isolation') ||
    legacy.some(({ prepared }) => prepared.routed.isolationBroken);
  return {
    schemaVersion: 1,
    configuration: options.configFile,
    airflow: era.airflow,
    provider: era.provider,
    versions,
    behaviour: era.behaviour,
    operator: {
      name: `${target.module}.${target.className}`,
      origin: target.origin,
      assumed: target.assumed,
      source: target.source,
      style,
      parameters: [...target.parameters].sort(),
      defaults: target.defaults,
      contentType: target.contentType,
      terminalStates: target.terminalStates,
      capabilities: capabilitiesOf(target, style, legacy),
    },
    profiles,
    heldByOperator: held,
    legacy: legacy.length,
    slots: sumSlots(slotUses(decisions).values()),
    gateway: null,
    routes: routeUses(options, legacy),
    matches: legacy.map((plan) => matchOf(plan, options, decisions.identities.get(plan.prepared.task)?.id ?? '')),
    findings,
    isolationBroken,
    next: isolationBroken ? correctRoutes(options) : nextCommand(options, held === 0 ? [] : profiles, legacy),
  };
}

function matchOf({ prepared, findings }: TaskPlan, options: Options, task: string): RouteMatch {
  const { subject, routed } = prepared;
  const { connection, namespace, dag, owner } = subject;
  const { route, queue } = routed;
  return {
    task,
    connection,
    namespace,
    dag,
    owner,
    rule: route === null ? null : options.routing.indexOf(route) + 1,
    queue,
    why: whyOf(route, prepared),
    spotInstance: route?.spotInstance ?? null,
    labels: route?.labels ?? {},
    isolationBroken: findings.some(({ code }) => code === 'isolation-broken'),
  };
}

function whyOf(route: Route | null, { subject, routed }: TaskPlan['prepared']): string {
  const broken = routed.findings.find(({ code }) => code === 'isolation-broken');
  const isolation =
    broken === undefined
      ? ''
      : `; the isolation rule for ${broken.args['match']} allows ${broken.args['allowed']} only`;
  if (route === null) return `no rule matches${isolation}`;
  return `${reasonsOf(route, subject)}${route.queue === null ? ', and has no queue yet' : ''}${isolation}`;
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

const correctRoutes = ({ configFile }: Options): string =>
  `correct what breaks an isolation rule in ${configFile}: bpg-migrate doctor --routes lists it`;

/** What frees the most tasks comes first; `profiles` is empty where no operator frees any. */
function nextCommand(options: Options, profiles: readonly ProfileSplit[], tasks: readonly TaskPlan[]): string {
  if (tasks.length === 0) return 'bpg-migrate report';
  if (options.configFile === null) return 'bpg-migrate init';
  const [now, ...others] = profiles;
  const best = others.toSorted((a, b) => a.manual - b.manual)[0];
  if (now !== undefined && best !== undefined && best.manual < now.manual)
    return best.profile === 'standalone'
      ? 'bpg-migrate scaffold operator --style standalone'
      : `set target.profile: ${best.name} in ${options.configFile}, if that operator is installed`;
  if (tasks.some(({ findings }) => findings.some(({ code }) => code === 'no-route')))
    return `give every connection its queue in ${options.configFile}, then bpg-migrate scan`;
  return 'bpg-migrate diff';
}
