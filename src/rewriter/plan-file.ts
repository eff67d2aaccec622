/** Decides every task of one file: what is said of it, and the change that would move it. */
import type {
  AcceptedLoss,
  Edit,
  FileFacts,
  Finding,
  Loss,
  SlotUse,
  SparkSensor,
  SparkTask,
  TargetOperator,
  Verdict,
} from '../model.ts';
import { breakageOn, breakageText } from '../target/breakages.ts';
import { acceptLosses } from './accept.ts';
import { barriersOn } from './barriers.ts';
import { behaviourOf } from './behaviour.ts';
import { type BuiltChange, buildChange } from './build-change.ts';
import type { PlannedChange } from './change.ts';
import { changeId } from './change-id.ts';
import { unsaidDifferences, verdictOf } from './decide.ts';
import type { DocumentTarget } from './documents.ts';
import { gatewayFindings } from './gateway-check.ts';
import { hazardsOf } from './hazards.ts';
import { mappedFindings } from './mapped.ts';
import { watchersOf } from './pairs.ts';
import { type PreparedTask, prepareTask } from './prepare.ts';
import { effective, factText, finding, knownText, type Project } from './project.ts';
import { reachFindings } from './reach.ts';
import type { SensorPlan } from './sensor-plan.ts';
import { planSensors } from './sensors.ts';
import { slotUseOf } from './slots.ts';
import { switchOf } from './switch-places.ts';
import { inForm } from './switch-plan.ts';
import { timeLimits } from './time.ts';
import { xcomReaders } from './xcom-readers.ts';

export interface TaskPlan {
  readonly prepared: PreparedTask;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly losses: readonly Loss[];
  readonly sensors: readonly SensorPlan[];
  readonly documentTarget: DocumentTarget | null;
  readonly change: PlannedChange | null;
  readonly acceptsUsed: readonly AcceptedLoss[];
  readonly slots: Omit<SlotUse, 'task'>;
}

/** The first look: sensors that watch a task tell what its provider does, so they are found before. */
export function prepareFile(project: Project, facts: FileFacts): readonly PreparedTask[] {
  return facts.tasks.map((task) => {
    const sensors = watchersOf(facts, task);
    const { behaviour } = behaviourOf(task, sensors, project.era);
    return prepareTask(project, facts, task, behaviour, (queue) => timesOf(project, task, sensors, behaviour, queue));
  });
}

function timesOf(
  project: Project,
  task: SparkTask,
  sensors: readonly SparkSensor[],
  behaviour: ReturnType<typeof behaviourOf>['behaviour'],
  queue: string | null,
): ReturnType<typeof timeLimits> {
  const limit = queue === null ? null : (project.options.queues[queue]?.maxRunning ?? null);
  return timeLimits(
    task,
    sensors,
    behaviour,
    project.options.target.applicationTimeout,
    limit,
    project.chosen?.get(task)?.timeout,
  );
}

export interface FilePlan {
  readonly facts: FileFacts;
  readonly tasks: readonly TaskPlan[];
  readonly sensors: readonly SensorPlan[];
}

/** The second look, with the targets of documents known for the whole project. */
export function planFile(
  project: Project,
  facts: FileFacts,
  prepared: readonly PreparedTask[],
  targets: ReadonlyMap<PreparedTask, DocumentTarget>,
  idOf: (task: SparkTask) => string,
): FilePlan {
  const names = new Map(prepared.map(({ task, request }) => [task, request?.applicationName ?? null]));
  const nameOf = (task: SparkTask): string | null => names.get(task) ?? null;
  const sensors = facts.errors.length > 0 ? [] : planSensors(project, facts, nameOf);
  const twins = new Map<string, string>();
  const sensorsOf = new Map<SparkTask, SensorPlan[]>(prepared.map(({ task }) => [task, []]));
  for (const plan of sensors) for (const task of plan.tasks) sensorsOf.get(task)?.push(plan);
  const switches = new Map(
    prepared
      .filter(({ task }) => switchOf(facts, task) !== null)
      .map((one) => [one, inForm(project, one, null, sensorsOf.get(one.task) ?? [], sensors)]),
  );
  const standing = new Set(
    [...switches].flatMap(([{ task }, { built }]) => (built === null ? (sensorsOf.get(task) ?? []) : [])),
  );
  const planned = prepared.map((one) => {
    const own = (sensorsOf.get(one.task) ?? []).map((plan) => (standing.has(plan) ? asKept(plan) : plan));
    const { built: edited, ...plan } = planTask(project, facts, one, own, targets.get(one) ?? null, twins);
    const { built, findings: said } = switches.get(one) ?? inForm(project, one, edited, plan.sensors, sensors);
    const findings = [...plan.findings, ...(facts.errors.length > 0 ? [] : said)];
    const verdict = verdictOf(findings, project.options);
    // What its switch has on the new path already needs no second consent.
    const offered = built !== null && (verdict !== 'manual' || built.form === 'final') && one.task.ignored === null;
    return { ...plan, findings, verdict, change: offered ? { ...built, verdict, task: idOf(one.task) } : null };
  });
  const told = sensors.map((plan) => (standing.has(plan) ? asKept(plan) : plan));
  return { facts, tasks: withPartners(planned, project.options), sensors: told };
}

/** A sensor while the switch of its task stands: it neither goes nor becomes empty, so nothing is said of that. */
function asKept(plan: SensorPlan): SensorPlan {
  const moves = plan.outcome === 'removed' || plan.outcome === 'placeholder';
  return moves ? { ...plan, outcome: 'kept', findings: [] } : plan;
}

/** A sensor that waits for several tasks goes with all of them: where one can not move, none does. */
function withPartners(plans: readonly TaskPlan[], options: Project['options']): readonly TaskPlan[] {
  const moving = new Set(plans.flatMap(({ prepared, change }) => (change === null ? [] : [prepared.task])));
  const result = plans.map((plan) => {
    if (plan.change === null) return plan;
    const held = plan.sensors.find(({ tasks }) => tasks.length > 1 && tasks.some((task) => !moving.has(task)));
    if (held === undefined) return plan;
    const stays = held.tasks.filter((task) => !moving.has(task)).map(({ place }) => `line ${place.line}`);
    const because = `it waits for the task of ${stays.join(', ')} too, which is not changed`;
    const sensor = factText(held.sensor.taskId) ?? 'without a known id';
    const findings = [...plan.findings, finding('sensor-keeps-reading', held.sensor.place, { sensor, because })];
    return { ...plan, findings, verdict: verdictOf(findings, options), change: null };
  });
  return result.some(({ change }, index) => change !== plans[index]?.change) ? withPartners(result, options) : result;
}

function planTask(
  project: Project,
  facts: FileFacts,
  prepared: PreparedTask,
  sensors: readonly SensorPlan[],
  documentTarget: DocumentTarget | null,
  twins: Map<string, string>,
): Omit<TaskPlan, 'change'> & { readonly built: Extract<BuiltChange, { ok: true }>['change'] | null } {
  const { task, subject, routed, request, runtime } = prepared;
  const [error] = facts.errors;
  const watching = sensors.map(({ sensor }) => sensor);
  const { behaviour, findings: eraFindings } = behaviourOf(task, watching, project.era);
  const time = timesOf(project, task, watching, behaviour, routed.queue);
  const readers = xcomReaders(project, facts, task, watching, behaviour);
  const hazards = hazardsOf(task, watching, behaviour, project.target);
  const raw: Finding[] = [
    ...fileFindings(project, prepared),
    ...eraFindings,
    ...prepared.findings,
    ...(documentTarget?.findings ?? []),
    ...sensors.flatMap(({ findings }) => findings),
    ...readers.findings,
    ...barriersOn(project, task, request?.applicationName ?? null),
  ];
  raw.push(...namespaceContradiction(project, prepared), ...reachFindings(project, facts, task));
  if (request !== null || runtime !== null) raw.push(...time.findings, ...hazards.findings);
  if (request !== null) {
    raw.push(...gatewayFindings(project.gateway, request.translation.request, routed.queue, task.place));
  }
  // Where the file does not parse, all else that is read of its calls is a guess.
  const [said, lost] =
    error === undefined ? [raw, prepared.losses] : [[finding('file-has-errors', error, { line: error.line })], []];
  const accepted = acceptLosses(project.options.accept, subject, routed.queue, project.today, said, lost);
  const findings = [...accepted.findings];
  const waiting = { longest: time.applicationTimeout, defers: hazards.defer };
  const slots = slotUseOf(task, watching, behaviour, project.target, waiting);
  const common = { prepared, losses: accepted.losses, sensors, documentTarget, acceptsUsed: accepted.used, slots };
  const built =
    switchOf(facts, task) !== null ||
    (request === null && runtime === null) ||
    verdictOf(findings, project.options) === 'manual'
      ? null
      : buildChange(project, prepared, request, sensors, documentTarget, time, hazards.defer, twins);
  if (built !== null && !built.ok) findings.push(built.finding);
  for (const name of unsaidDifferences(findings, project.options))
    if (built?.ok === true) findings.push(finding('promised-difference', task.place, { name }));
  const verdict = verdictOf(findings, project.options);
  return { ...common, verdict, findings, built: built?.ok === true ? withReaders(built.change, readers.edits) : null };
}

/** The change with the edits of those who read the task's XCom. */
function withReaders(
  change: Extract<BuiltChange, { ok: true }>['change'],
  readers: readonly Edit[],
): Extract<BuiltChange, { ok: true }>['change'] {
  if (readers.length === 0) return change;
  return { ...change, readers, id: changeId([change.id, ...readers.map(({ text }) => text)]) };
}

/** Call and document name two namespaces, and a route or an isolation rule asks for one: the one that counted is told. */
function namespaceContradiction({ options }: Project, { task, subject, request }: PreparedTask): Finding[] {
  const conditions = [...options.routing, ...options.isolation.map(({ match }) => match)];
  if (!conditions.some((one) => one.namespace !== undefined || one['not-namespace'] !== undefined)) return [];
  const call = knownText(effective(task, 'namespace'));
  const document = request?.translation.namespace ?? null;
  if (call === null || document === null || call === document) return [];
  return [finding('namespaces-contradict', task.place, { call, document, counted: subject.namespace ?? 'neither' })];
}

/** Why no style works with the operator. */
function refusalOf({ parameters, contentType }: TargetOperator): string {
  if (!parameters.has('application_content') && !parameters.has('application_file_type')) return 'takes none';
  const { content, file } = contentType;
  const sent = parameters.has('application_content') ? content : file;
  return sent === 'json' ? 'sends everything as JSON' : 'sends no Content-Type with it';
}

/** What holds for the task because of the target, whatever the call says. */
function fileFindings(project: Project, prepared: PreparedTask): Finding[] {
  const { task } = prepared;
  const findings: Finding[] = [];
  const { target, era } = project;
  const broken = breakageOn(target.breaks, era.airflow);
  if (broken !== null)
    findings.push(
      finding('target-not-on-airflow-3', task.place, {
        operator: target.className,
        airflow: era.airflow ?? '',
        what: breakageText(broken),
      }),
    );
  findings.push(...mappedFindings(task, prepared.runtime?.translate != null));
  if (effective(task, 'application_file').from === 'defaults' && task.payload.kind !== 'none')
    findings.push(finding('payload-in-default-args', task.place));
  const { document } = prepared;
  const readWhereParsed = project.style === 'content' || project.style === 'file-with-type';
  if (readWhereParsed && document?.from.kind === 'file' && document.from.searched)
    findings.push(finding('search-path-layout', task.place, { path: document.from.path }));
  if (project.style === null)
    findings.push(
      finding('form-not-handled', task.place, {
        what: `a YAML document for ${target.className}, which ${refusalOf(target)},`,
      }),
    );
  return findings;
}
