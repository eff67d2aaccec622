/** Decisions as entries of the report: plain data, in the words of the contract. */
import { defaultSeverity, kindOf, sentence } from '../findings/catalogue.ts';
import type {
  Finding,
  FindingEntry,
  MigratedTask,
  Options,
  PayloadEntry,
  SensorEntry,
  Severity,
  SparkCall,
  SparkTask,
  TaskEntry,
} from '../model.ts';
import { findingVerdict } from './decide.ts';
import type { Identity } from './identities.ts';
import type { ProjectDecisions } from './plan.ts';
import type { TaskPlan } from './plan-file.ts';
import { factText } from './project.ts';
import { isMatch } from './routing.ts';
import type { SensorPlan } from './sensor-plan.ts';
import { switchOf } from './switch-places.ts';

/** By code unit: the same on every machine. */
export const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byPlace = (a: FindingEntry, b: FindingEntry): number =>
  order(a.file, b.file) ||
  a.line - b.line ||
  a.column - b.column ||
  order(a.code, b.code) ||
  order(a.message, b.message);

export function findingEntries(findings: readonly Finding[], options: Options): readonly FindingEntry[] {
  const entries = findings.map(({ code, args, place }): FindingEntry => {
    const { file, line, column } = place;
    return { code, severity: severityOf(code, file, options), message: sentence(code, args), file, line, column };
  });
  const seen = new Set<string>();
  return entries.sort(byPlace).filter((entry) => {
    const key = JSON.stringify(entry);
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

/** The configuration's word for the code (per path, the first glob that matches), else what its verdict says. */
function severityOf(code: string, file: string, options: Options): Severity {
  const configured = options.severity[code];
  if (typeof configured === 'string') return configured;
  const glob = Object.entries(configured ?? {}).find(([pattern]) => isMatch(file, pattern));
  if (glob !== undefined) return glob[1];
  return findingVerdict(code, options) === kindOf(code).verdict ? defaultSeverity({ code }) : 'warning';
}

/** What an entry of either operator begins with. */
function placed(
  identity: Identity,
  { file, place: { line, column } }: SparkCall | MigratedTask,
): Pick<TaskEntry, 'id' | 'idParts' | 'file' | 'line' | 'column' | 'dagId' | 'taskId'> {
  const { dagId, taskId } = identity.idParts;
  return { ...identity, file, line, column, dagId, taskId };
}

export function taskEntry(
  plan: TaskPlan,
  identity: Identity,
  decisions: ProjectDecisions,
  options: Options,
): TaskEntry {
  const { task, subject, routed, document } = plan.prepared;
  const findings = findingEntries(plan.findings, options);
  return {
    ...placed(identity, task),
    status: task.ignored === null ? 'legacy' : 'ignored',
    verdict: plan.verdict,
    decision: null,
    connection: subject.connection,
    namespace: subject.namespace,
    queue: routed.queue,
    payload: payloadEntry(plan, document),
    sensors: plan.sensors.flatMap(({ sensor }) => decisions.identities.get(sensor)?.id ?? []).sort(order),
    ...(task.taskIds === undefined ? {} : { taskIds: task.taskIds }),
    multiplicity: task.multiplicity,
    losses: [...plan.losses].sort((a, b) => order(a.path, b.path)),
    findings,
    change: plan.change?.id ?? null,
  };
}

function payloadEntry(plan: TaskPlan, document: TaskPlan['prepared']['document']): PayloadEntry | null {
  const { payload } = plan.prepared.task;
  if (payload.kind === 'none') return null;
  if (payload.kind === 'file') {
    const path = document?.from.kind === 'file' ? document.from.path : null;
    return { kind: 'file', path, target: plan.documentTarget?.path ?? null };
  }
  return { kind: payload.kind, path: null, target: null };
}

/** A task that is on the target already. */
export function migratedEntry(task: MigratedTask, identity: Identity): TaskEntry {
  return {
    ...placed(identity, task),
    status: 'migrated',
    verdict: null,
    decision: null,
    connection: formerConnection(task),
    namespace: null,
    queue: null,
    payload: null,
    sensors: [],
    multiplicity: task.multiplicity,
    losses: [],
    findings: [],
    change: null,
  };
}

/** `default_args` keep the key after the migration: it tells which connection the task had. */
function formerConnection(task: MigratedTask): string | null {
  return factText(task.dag?.defaultArgs.entries.get('kubernetes_conn_id')?.value);
}

export function sensorEntry(
  plan: SensorPlan,
  identity: Identity,
  tasks: readonly TaskPlan[],
  decisions: ProjectDecisions,
  options: Options,
): SensorEntry {
  const { sensor } = plan;
  const { dagId, taskId } = identity.idParts;
  const [first] = plan.tasks;
  return {
    id: identity.id,
    file: sensor.file,
    line: sensor.place.line,
    column: sensor.place.column,
    dagId,
    taskId,
    task: first === undefined ? null : (decisions.identities.get(first)?.id ?? null),
    outcome: outcomeOf(plan, tasks),
    findings: findingEntries(plan.findings, options),
  };
}

const byTask = new WeakMap<readonly TaskPlan[], ReadonlyMap<SparkTask, TaskPlan>>();

function plansOf(tasks: readonly TaskPlan[]): ReadonlyMap<SparkTask, TaskPlan> {
  const known = byTask.get(tasks) ?? new Map(tasks.map((plan) => [plan.prepared.task, plan]));
  byTask.set(tasks, known);
  return known;
}

/** A sensor only moves with its task. */
function outcomeOf(plan: SensorPlan, tasks: readonly TaskPlan[]): SensorEntry['outcome'] {
  const plans = plansOf(tasks);
  const own = plan.tasks.flatMap((task) => plans.get(task) ?? []);
  if (plan.outcome === 'kept' || plan.outcome === 'manual') return plan.outcome;
  if (own.every(({ change }) => change !== null)) return plan.outcome;
  const isLeft = ({ task, facts }: TaskPlan['prepared']): boolean =>
    task.ignored !== null || switchOf(facts, task) !== null;
  return own.some(({ prepared }) => isLeft(prepared)) ? 'kept' : 'manual';
}
