/** Builds the change of one task out of what was decided about it. */
import type { Edit, FileFacts, Finding } from '../model.ts';
import { literalEdits } from './at-callers.ts';
import { callEdits, type NewCall } from './call.ts';
import type { PlannedChange, SensorEdit } from './change.ts';
import { changeId } from './change-id.ts';
import type { DocumentTarget } from './documents.ts';
import { type ImportNeed, localName } from './imports.ts';
import { layOut } from './lay-out.ts';
import { copyText } from './materialize.ts';
import { passedEdits } from './passed-keywords.ts';
import type { DocumentText } from './payload.ts';
import { placeholderEdits } from './placeholder.ts';
import type { PreparedTask, Request } from './prepare.ts';
import { factText, finding, type Project } from './project.ts';
import { emptyClass, releasedSpans } from './released.ts';
import { helperName } from './runtime-payload.ts';
import type { SensorPlan } from './sensor-plan.ts';
import type { TimeLimits } from './time.ts';
import { allTargets, writePayload } from './write-payload.ts';

export type BuiltChange =
  | { readonly ok: true; readonly change: Omit<PlannedChange, 'verdict' | 'task'> }
  | { readonly ok: false; readonly finding: Finding };

export function buildChange(
  project: Project,
  prepared: PreparedTask,
  request: Request | null,
  sensors: readonly SensorPlan[],
  documentTarget: DocumentTarget | null,
  time: TimeLimits,
  defer: boolean,
  twins: Map<string, string>,
): BuiltChange {
  const { facts, task, document, plan } = prepared;
  const { style, target, options } = project;
  if ((document === null && prepared.runtime === null) || style === null)
    return notHandled(prepared, 'a task without a document');
  const atCallers = literalEdits(project, prepared, request, documentTarget);
  const passed = passedEdits(project, prepared, request, documentTarget);
  if (passed === null) return notHandled(prepared, 'keywords that callers pass on, which can not be edited there,');
  const isPassed = [...plan.fates].some(([{ unpacked }, fate]) => fate === 'payload' && unpacked?.passed === true);
  const reference = isPassed ? '' : atCallers.reference;
  const payload =
    reference === null
      ? writePayload(project, prepared, request, documentTarget, twins)
      : { reference, constant: null, needs: [], wrap: () => reference };
  if (payload === null) return notHandled(prepared, cannotWrite(document));
  const needs = [...neededImports(project, prepared, sensors), ...payload.needs];
  const names = new Map<ImportNeed, string>();
  for (const need of needs) {
    const local = localName(facts, need);
    if (local === null) return { ok: false, finding: finding('name-taken', task.place, { name: need.name }) };
    names.set(need, local);
  }
  const nameOf = (name: string): string => [...names].find(([need]) => need.name === name)?.[1] ?? name;
  const call: NewCall = {
    callee: nameOf(target.className),
    target,
    options,
    plan,
    time,
    style,
    defer,
    connection: atCallers.connection,
    translate: prepared.runtime?.translate ?? null,
    text: facts.source.text,
  };
  const empty = emptyClass(project);
  const local = localName(facts, empty);
  const sensorEdits = editSensors(facts, sensors, { local, need: empty });
  const documents = allTargets(documentTarget).flatMap(({ file }) => file ?? []);
  const edits = callEdits(task, call, payload.reference);
  const subject = [facts.source.text.slice(task.span.start, task.span.end), ...edits.map(({ text }) => text)];
  const id = changeId([
    facts.source.path,
    factText(task.dag?.id) ?? '',
    ...subject,
    payload.constant?.literal ?? '',
    ...documents.map(({ text }) => text),
    ...sensorTexts(facts, sensors),
  ]);
  const needsPath = new Set([...atCallers.needsPath, ...passed.needsPath]);
  const shared = task.reached?.definitions[0]?.shared === true;
  const change = (inside: readonly Edit[]): Omit<PlannedChange, 'verdict' | 'task'> => ({
    id,
    file: facts.source.path,
    facts,
    sparkTask: task,
    callEdits: (held) => [...callEdits(task, call, held === '' ? payload.reference : payload.wrap(held)), ...inside],
    // The definition that stays reads it still.
    constant: payload.constant === null ? null : { ...payload.constant, shared: payload.constant.shared || shared },
    request,
    documents,
    documentSource: document?.from.kind === 'file' ? document.from.path : null,
    sensors: sensorEdits,
    needs,
    callers: [],
    twin: null,
    released: releasedSpans(prepared, sensors),
  });
  const laid = layOut(project, task, [...atCallers.edits, ...passed.edits], needsPath, (twin, inside) =>
    copyText(facts, { ...change(inside), verdict: 'safe', task: '' }, twin),
  );
  if (!laid.ok) return notHandled(prepared, `a function that is called from elsewhere (${laid.because})`);
  return { ok: true, change: { ...change(laid.inside), callers: laid.callers, twin: laid.twin } };
}

const cannotWrite = (document: DocumentText | null): string =>
  document?.from.kind === 'file'
    ? 'an expression that can not be made to name the translated documents'
    : 'a text that the literal can not hold';

function notHandled({ task }: PreparedTask, what: string): BuiltChange {
  return { ok: false, finding: finding('form-not-handled', task.place, { what }) };
}

function sensorTexts(facts: FileFacts, sensors: readonly SensorPlan[]): string[] {
  return sensors.map(
    ({ sensor, outcome }) => `${outcome} ${facts.source.text.slice(sensor.span.start, sensor.span.end)}`,
  );
}

function neededImports(project: Project, prepared: PreparedTask, sensors: readonly SensorPlan[]): ImportNeed[] {
  const { target } = project;
  const near = prepared.task.import;
  const needs: ImportNeed[] = [{ module: target.module, name: target.className, near }];
  if (prepared.runtime !== null) needs.push({ module: helperName, name: helperName, near });
  const emptied = sensors.find(({ outcome }) => outcome === 'placeholder');
  if (emptied !== undefined) needs.push({ ...emptyClass(project), near: emptied.sensor.import });
  return needs;
}

/** The class of empty tasks, and the name that the file has for it; null where that is taken. */
interface EmptyTask {
  readonly local: string | null;
  readonly need: ReturnType<typeof emptyClass>;
}

function editSensors(facts: FileFacts, sensors: readonly SensorPlan[], empty: EmptyTask): readonly SensorEdit[] {
  return sensors.flatMap((plan): SensorEdit[] => {
    const { sensor, tasks, outcome, id, implied } = plan;
    const own = { sensor, tasks, id, implied };
    if (outcome === 'placeholder')
      return [{ ...own, removal: null, edits: placeholderEdits(plan, facts, empty.local ?? '') }];
    if (outcome !== 'removed') return [];
    const { span, siblings } = { span: sensor.statement, siblings: sensor.around.siblings };
    const removal = { statement: sensor.statementIsCall ? { span, siblings } : null };
    if (plan.together !== true || empty.local === null) return [{ ...own, removal, edits: [] }];
    const fallback = {
      edits: placeholderEdits(plan, facts, empty.local),
      need: { ...empty.need, near: sensor.import },
    };
    return [{ ...own, removal, edits: [], fallback }];
  });
}
