import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import {
  alternativesIn,
  type Decisions,
  type Options,
  type PlanRequest,
  type ProjectPlan,
  type PythonEnvironment,
  type Seen,
  type Shard,
  withDecisions,
} from '../src/index.ts';
import { buildId } from './build-id.ts';
import { findCodeowners } from './codeowners-file.ts';
import { optionsFor } from './configuration.ts';
import { loadDecisions } from './decision-store.ts';
import { type ExitCode, highest } from './exit-codes.ts';
import type { Flags } from './flags.ts';
import { reportInterrupted } from './interrupted-runs.ts';
import { entryFor, keepPlan, type PlanSummary, recallPlan } from './plan-cache.ts';
import type { Session } from './session.ts';
import { filesChangedSince } from './since.ts';
import { modeRequest } from './switch-mode.ts';

interface PlannedWith<Plan> {
  readonly ok: true;
  /** Its report shows what was decided. */
  readonly plan: Plan;
  readonly options: Options;
  readonly decisions: Decisions;
  /** Where it looked, relative to the root. */
  readonly paths: readonly string[];
}
export type Planned =
  | (PlannedWith<ProjectPlan> & {
      /** The plan without the edits that people made of its results. */
      readonly made: ProjectPlan;
    })
  | { readonly ok: false };
/** What a plan says, without the plan: it may have been made by an earlier run. */
export type Told = PlannedWith<PlanSummary> | { readonly ok: false };

/**
 * Reads the configuration and plans for what the command line names. What the user got wrong is said here; then nothing
 * has changed and the command ends with 2. A command that will write first takes back what an interrupted one wrote.
 */
export async function planFor(
  session: Session,
  paths: readonly string[],
  flags: Flags,
  intent: 'read' | 'write' = 'read',
): Promise<Planned> {
  const asked = await ask(session, paths, flags, intent);
  if (asked === null) return { ok: false };
  const made = await plan(asked);
  const answer = told(session, asked, made);
  if (!answer.ok) return answer;
  const { decidedPlan } = await import('./decided-plan.ts');
  return { ...answer, made, plan: decidedPlan(made, asked.decisions) };
}

/** As `planFor`, for commands that only tell: on a tree that is as it was nothing is planned again. */
export async function tellFor(session: Session, paths: readonly string[], flags: Flags): Promise<Told> {
  const asked = await ask(session, paths, flags, 'read');
  if (asked === null) return { ok: false };
  if (flags.cache === false || buildId === null) return told(session, asked, await plan(asked));
  const { options, request } = asked;
  const entry = entryFor(buildId, options, request);
  const day = today();
  const known = recallPlan(options.root, entry, day);
  session.timing.mark('look again');
  if (known !== null) return told(session, asked, known);
  const seen: Seen[] = [];
  const made = await plan({ ...asked, request: { ...request, remember: (one) => seen.push(one) } });
  keepPlan(options.root, entry, day, seen, made);
  session.timing.mark('keep');
  return told(session, asked, made);
}

interface Asked {
  readonly options: Options;
  readonly decisions: Decisions;
  readonly request: PlanRequest;
}

/** What is known before the tree is looked at; null where something is wrong, which is said. */
async function ask(
  session: Session,
  paths: readonly string[],
  flags: Flags,
  intent: 'read' | 'write',
): Promise<Asked | null> {
  const options = optionsFor(session, flags);
  if (options === null) return null;
  if (intent === 'read') reportInterrupted(session, options.root);
  else {
    const { settleInterrupted } = await import('./settle-runs.ts');
    if ((await settleInterrupted(session, options)) === 'blocked') return null;
  }
  const decided = loadDecisions(options.root);
  if (!decided.ok) {
    session.warn(`bpg-migrate: ${decided.reason}`);
    return null;
  }
  if (session.verbose) session.say(`root ${options.root}, configuration ${options.configFile ?? 'none'}`);
  const since = flags.since === undefined ? null : filesChangedSince(options, flags.since);
  if (since?.ok === false) {
    session.warn(`bpg-migrate: ${since.reason}`);
    return null;
  }
  if (since?.changed === null) session.say(`${since.because} changed since ${flags.since}, which means all files`);
  const shard = flags.shard === undefined ? undefined : shardOf(flags.shard);
  if (shard === null) {
    session.warn(`bpg-migrate: --shard takes i/n, from 1/n to n/n, not '${flags.shard}'`);
    return null;
  }
  const environment = await environmentOf(session, options, flags);
  if (environment === null) return null;
  const codeowners = findCodeowners(options.root);
  const request: PlanRequest = {
    alternatives: alternativesIn(decided.decisions),
    paths: paths.map((path) => fromRoot(options.root, session.cwd, path)),
    selection: {
      dags: flags.dag ?? [],
      tasks: flags.task ?? [],
      connections: flags.connection ?? [],
      verdicts: flags.verdict ?? [],
      owners: flags.owner ?? [],
      waves: flags.wave ?? [],
      ...(since?.changed == null ? {} : { changed: since.changed }),
      ...(shard === undefined ? {} : { shard }),
    },
    ...(codeowners === null ? {} : { codeowners }),
    ...(environment === undefined ? {} : { environment }),
    ...modeRequest(flags),
    today: today(),
    onProgress: session.progress.update,
    onStage: session.timing.mark,
  };
  session.timing.mark('configuration');
  return { options, decisions: decided.decisions, request };
}

/** What `--python` says; undefined where it was not given, null where it can not be asked. */
async function environmentOf(
  session: Session,
  options: Options,
  flags: Flags,
): Promise<PythonEnvironment | undefined | null> {
  if (flags.python === undefined) return undefined;
  const { environmentFor } = await import('./python-environment.ts');
  return environmentFor(session, options, flags);
}

/** Loaded when it is needed: to tell what an earlier run found needs no parser. */
async function plan({ options, request }: Asked): Promise<ProjectPlan> {
  const { planProject } = await import('./planner.ts');
  return planProject(options, request);
}

function told<Plan extends PlanSummary>(
  session: Session,
  { options, decisions, request }: Asked,
  made: Plan,
): PlannedWith<Plan> | { readonly ok: false } {
  session.progress.clear();
  if (made.problems.length > 0) {
    for (const { message } of made.problems) session.warn(`bpg-migrate: ${message}`);
    return { ok: false };
  }
  const report = withDecisions(made.report, decisions);
  const paths = request.paths.length > 0 ? request.paths : usualPaths(options);
  return { ok: true, plan: { ...made, report }, options, decisions, paths };
}

/**
 * The day on which what was agreed `until` a date may have ended; no result holds it. `SOURCE_DATE_EPOCH` (seconds, as
 * reproducible builds have it) makes it another.
 */
export function today(): string {
  const epoch = process.env['SOURCE_DATE_EPOCH'] ?? '';
  return new Date(/^\d{1,10}$/.test(epoch) ? Number(epoch) * 1000 : Date.now()).toISOString().slice(0, 10);
}

/** Null for what is no part of a whole. */
function shardOf(text: string): Shard | null {
  const [index, count] = (/^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? []).slice(1).map(Number);
  return index === undefined || count === undefined || index > count ? null : { index, count };
}

/** Where a plan looks that was told no paths. */
function usualPaths({ root, paths }: Options): readonly string[] {
  return paths.length > 0 ? paths : [existsSync(join(root, 'dags')) ? 'dags' : '.'];
}

/** The path as plans name it: relative to the root, with `/`. */
export function fromRoot(root: string, cwd: string, path: string): string {
  const way = relative(root, resolve(cwd, path));
  return way === '' ? '.' : sep === '/' ? way : way.replaceAll(sep, '/');
}

/** What holds for every command that plans: unreadable sources, isolation, and under `--strict` manual tasks. */
export function exitCodeOf({ plan }: { readonly plan: PlanSummary }, flags: Flags): ExitCode {
  const manual = plan.report.tasks.some((task) => task.status === 'legacy' && task.verdict === 'manual');
  return highest(plan.brokenSources ? 2 : 0, plan.isolationBroken ? 1 : 0, flags.strict === true && manual ? 1 : 0);
}

/**
 * Says what lies outside of single tasks: files left out, findings about the project, a selection that selects nothing.
 * `shown`: the result holds the first two already, so only what raises the exit code is said again.
 */
export function tellPlan(
  session: Session,
  { plan }: { readonly plan: PlanSummary },
  flags: Flags,
  shown: 'shown' | 'unsaid' = 'unsaid',
): void {
  const tell = plan.brokenSources ? session.warn : session.say;
  if (plan.brokenSources || shown === 'unsaid') {
    for (const { file, skipped } of plan.report.files) if (skipped !== null) tell(`${file}: left out: ${skipped}`);
  }
  if (shown === 'unsaid') {
    for (const { file, line, column, severity, code, message } of plan.report.findings)
      session.say(`${file === '.' ? '' : `${file}:${line}:${column}: `}${severity} ${code} ${message}`);
  }
  const given = selectionGiven(flags);
  if (given !== '' && plan.report.tasks.length === 0) session.say(`no task matches ${given}`);
}

/** The flags that select tasks, as they were given; empty where none was. */
export function selectionGiven({ dag, task, connection, owner, wave, verdict, since }: Flags): string {
  const one = since === undefined ? [] : [since];
  return Object.entries({ dag, task, connection, owner, wave, verdict, since: one })
    .flatMap(([name, globs]) => (globs ?? []).map((glob) => `--${name} ${glob}`))
    .join(' ');
}
