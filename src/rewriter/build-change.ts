/** Builds the change of one task out of what was decided about it. */
import type { FileFacts, Finding, Span, StringLiteral } from '../model.ts';
import { callEdits, type NewCall } from './call.ts';
import type { ConstantRequest, PlannedChange, SensorEdit } from './change.ts';
import { changeId } from './change-id.ts';
import type { DocumentTarget } from './documents.ts';
import { airflowMajor } from './era.ts';
import { type ImportNeed, localName } from './imports.ts';
import { baseParameters } from './parameters.ts';
import type { DocumentText } from './payload.ts';
import { placeholderEdits } from './placeholder.ts';
import type { PreparedTask, Request } from './prepare.ts';
import { factText, finding, type Project } from './project.ts';
import { fileReference, textLiteral } from './reference.ts';
import { helperName } from './runtime-payload.ts';
import type { SensorPlan } from './sensors.ts';
import type { TimeLimits } from './time.ts';

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
  const pathNeed: ImportNeed = { module: 'pathlib', name: 'Path', near: null };
  const pathName = localName(facts, pathNeed);
  const payload = writePayload(project, prepared, request, documentTarget, pathName ?? 'Path', twins);
  if (payload === null) return notHandled(prepared, cannotWrite(document));
  const needs = [...neededImports(project, prepared, sensors), ...(payload.usesPath ? [pathNeed] : [])];
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
    text: facts.source.text,
  };
  const sensorEdits = editSensors(facts, sensors, nameOf('EmptyOperator'));
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
  return {
    ok: true,
    change: {
      id,
      file: facts.source.path,
      facts,
      sparkTask: task,
      callEdits: (reference) => callEdits(task, call, reference === '' ? payload.reference : payload.wrap(reference)),
      constant: payload.constant,
      request,
      documents,
      documentSource: document?.from.kind === 'file' ? document.from.path : null,
      sensors: sensorEdits,
      needs,
      released: releasedSpans(prepared, sensors),
    },
  };
}

const allTargets = (target: DocumentTarget | null): readonly DocumentTarget[] =>
  target === null ? [] : [target, ...target.more];

const cannotWrite = (document: DocumentText | null): string =>
  document?.from.kind === 'file'
    ? 'an expression that can not be made to name the translated documents'
    : 'a text that the literal can not hold';

/** Where names are no longer read: replaced callees, dropped arguments, sensors that went. */
function releasedSpans({ task, plan }: PreparedTask, sensors: readonly SensorPlan[]): Span[] {
  const dropped = [...plan.fates].flatMap(([argument, fate]) => (fate === 'drop' ? [argument.span] : []));
  const ofSensors = sensors.flatMap(({ sensor, outcome }) => {
    if (outcome === 'removed') return [sensor.span];
    const own = sensor.arguments.filter(({ name }) => name !== null && !baseParameters.has(name));
    return outcome === 'placeholder' ? [sensor.callee, ...own.map(({ span }) => span)] : [];
  });
  return [task.callee, ...dropped, ...ofSensors];
}

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
  if (emptied !== undefined)
    needs.push({ module: emptyModule(project), name: 'EmptyOperator', near: emptied.sensor.import });
  return needs;
}

/** On 2.x the class lives in Airflow itself, from 3.0 on in the standard provider. */
function emptyModule({ era }: Project): string {
  return (airflowMajor(era) ?? 2) >= 3 ? 'airflow.providers.standard.operators.empty' : 'airflow.operators.empty';
}

interface WrittenPayload {
  readonly reference: string;
  readonly constant: ConstantRequest | null;
  readonly usesPath: boolean;
  /** What stands around the name of the constant in the call. */
  readonly wrap: (name: string) => string;
}

function writePayload(
  project: Project,
  { facts, task, document, routed, more, runtime }: PreparedTask,
  request: Request | null,
  documentTarget: DocumentTarget | null,
  pathName: string,
  twins: Map<string, string>,
): WrittenPayload | null {
  if (runtime !== null) return { ...nothingAround, reference: runtime };
  if (document === null || request === null || !('argument' in task.payload)) return null;
  const { from } = document;
  if (from.kind === 'file') {
    if (documentTarget === null) return null;
    const sources = [{ document, request }, ...more];
    const moved = allTargets(documentTarget).flatMap(({ path }, index) => {
      const source = sources[index]?.document.from;
      return source?.kind === 'file' ? [{ from: source, target: path }] : [];
    });
    const ascii = sources.every(({ request: { text } }) => /^[\0-\x7f]*$/.test(text));
    const reference = fileReference(project, facts, task, moved, ascii, pathName);
    return reference === null ? null : { ...nothingAround, reference: reference.text, usesPath: reference.usesPath };
  }
  const text = notAPath(request.text, project.target.templateExtensions);
  const { argument } = task.payload;
  const source = facts.source.text;
  if (from.kind === 'inline') {
    if (request.isFolded) {
      const plain = textLiteral(facts, plainForm(from.literal), text);
      return plain === null ? null : { ...nothingAround, reference: plain };
    }
    const literal = textLiteral(facts, from.literal, text);
    if (literal === null) return null;
    return { ...nothingAround, reference: replaced(source, argument.valueSpan, from.literal.span, literal) };
  }
  if (task.payload.kind !== 'constant') return null;
  const { slot } = task.payload;
  const { constant } = from;
  const whole = request.isFolded
    ? textLiteral(facts, plainForm(constant.literal), text)
    : textLiteral(facts, constant.literal, text);
  if (whole === null) return null;
  const value = request.isFolded ? whole : replaced(source, constant.valueSpan, constant.literal.span, whole);
  const twin = twinName(facts, constant.name, routed.queue, factText(task.taskId), value, twins);
  const shared = project.others.naming(constant.name).some(({ path }) => path !== facts.source.path);
  const line = source.lastIndexOf('\n', constant.statement.start - 1) + 1;
  return {
    reference: argument.text,
    constant: {
      constant: { ...constant, literal: { ...constant.literal, span: constant.valueSpan } },
      literal: value,
      twin,
      indent: source.slice(line, constant.statement.start),
      shared,
    },
    usesPath: false,
    // Filled in already: what stands around the name in the call would find nothing to fill.
    wrap: (name) => (request.isFolded ? name : replaced(source, argument.valueSpan, slot, name)),
  };
}

const nothingAround: Omit<WrittenPayload, 'reference'> = { constant: null, usesPath: false, wrap: (name) => name };

const plainForm = ({ quote, prefix, ...rest }: StringLiteral): StringLiteral => {
  const { holes: _, filledBy: __, ...plain } = rest;
  return { ...plain, quote, prefix: prefix.replace(/f/gi, '') };
};

/** The text of `outer` with `inner` replaced. */
function replaced(source: string, outer: Span, inner: Span, text: string): string {
  return source.slice(outer.start, inner.start) + text + source.slice(inner.end, outer.end);
}

/** Text that ends in a template suffix would be taken for a path; a line break at the end prevents it. */
function notAPath(text: string, extensions: readonly string[]): string {
  return extensions.some((extension) => text.endsWith(extension)) ? `${text}\n` : text;
}

/** `<name>_bpg`, with queue and task id where a different request has that name already; `twins` holds those given. */
function twinName(
  facts: FileFacts,
  name: string,
  queue: string | null,
  task: string | null,
  literal: string,
  twins: Map<string, string>,
): string {
  const word = (text: string | null): string => (text ?? 'default').replace(/\W/g, '_');
  const plain = `${name}_bpg`;
  const candidates = [plain, `${plain}_${word(queue)}`, `${plain}_${word(queue)}_${word(task)}`];
  const free = (candidate: string): boolean => !facts.boundNames.has(candidate) && !twins.has(candidate);
  const twin =
    candidates.find((candidate) => twins.get(candidate) === literal || free(candidate)) ??
    `${plain}_${changeId([literal])}`;
  twins.set(twin, literal);
  return twin;
}

function editSensors(facts: FileFacts, sensors: readonly SensorPlan[], emptyName: string): readonly SensorEdit[] {
  return sensors.flatMap((plan): SensorEdit[] => {
    const { sensor, outcome, id, implied } = plan;
    const own = { sensor, id, implied };
    if (outcome === 'placeholder') return [{ ...own, removal: null, edits: placeholderEdits(plan, facts, emptyName) }];
    if (outcome !== 'removed') return [];
    const { span, siblings } = { span: sensor.statement, siblings: sensor.around.siblings };
    return [{ ...own, removal: { statement: sensor.statementIsCall ? { span, siblings } : null }, edits: [] }];
  });
}
