/** What is known of a task before its neighbours are looked at: its document, its route, its translation. */

import { catalogue } from '../findings/catalogue.ts';
import type { FileFacts, Finding, Loss, SparkTask, TranslateOptions, Translation } from '../model.ts';
import { placeAt } from '../parser/places.ts';
import { namespaceOf, translate } from '../spec/translate.ts';
import { rendersTemplates } from '../target/payload-style.ts';
import { type ArgumentPlan, planArguments } from './arguments.ts';
import type { Behaviour } from './era.ts';
import { calledElsewhere, type DocumentText, findPayload } from './payload.ts';
import { brief, effective, factText, finding, knownText, type Project } from './project.ts';
import { providedFindings } from './provided.ts';
import { ownerOfFile, type Routed, routeTask, type Subject, subjectOf } from './routing.ts';
import { type RuntimePayload, runtimePayload } from './runtime-payload.ts';
import type { TimeLimits } from './time.ts';

export interface PreparedTask {
  readonly facts: FileFacts;
  readonly task: SparkTask;
  readonly subject: Subject;
  readonly routed: Routed;
  readonly plan: ArgumentPlan;
  readonly document: DocumentText | null;
  readonly request: Request | null;
  /** How the document is translated when the DAG runs, null where it is translated here or not at all. */
  readonly runtime: RuntimePayload | null;
  /** The other documents of a call that makes several tasks, each with its request. */
  readonly more: readonly Translated[];
  readonly findings: readonly Finding[];
  readonly losses: readonly Loss[];
}

export interface Translated {
  readonly document: DocumentText;
  readonly request: Request;
}

/** A translation that went well, with the wish that it answered. */
export interface Request {
  readonly text: string;
  readonly applicationName: string | null;
  readonly translation: Extract<Translation, { ok: true }>;
  /** True when what Python would have filled in is written out. */
  readonly isFolded: boolean;
}

type RunningTime = Pick<TimeLimits, 'applicationTimeout' | 'maxRunningMillis'>;

/** `behaviour` is what the call did before; `timesOf` is how long it waits on a queue, and what that asks of the gateway. */
export function prepareTask(
  project: Project,
  facts: FileFacts,
  task: SparkTask,
  behaviour: Behaviour,
  timesOf: (queue: string | null) => RunningTime,
): PreparedTask {
  const placeOf = (offset: number) => placeAt(facts.source.path, facts.source.text, offset);
  const plan = planArguments(task, project.target, placeOf);
  const payload = findPayload(project, facts, task);
  const document = payload.ok ? payload.document : null;
  const namespace = document === null ? null : namespaceBefore(task, behaviour, document);
  const owner = ownerOfFile(task.file, project.options.owners, project.codeowners);
  const subject = subjectOf(task, placeOf, namespace, owner);
  const routed = routeTask(subject, project.options, task.place, project.chosen?.get(task)?.queue);
  const base = { facts, task, subject, routed, plan, document, runtime: null };
  const findings = [...plan.findings, ...routed.findings];
  const elsewhere = calledElsewhere(project, facts, task);
  if (elsewhere !== null) findings.push(elsewhere);
  const nothing = { request: null, more: [], losses: [] };
  const millis = timesOf(routed.queue).maxRunningMillis;
  if (!payload.ok) {
    const { place, code } = payload.finding;
    // A file of the workers is theirs to read; one that is to be beside the DAG is missing.
    const isOfWorkers = code === 'document-absolute';
    const runtime = runtimePayload(project, task, plan, routed.route, millis, isOfWorkers);
    const expression = expressionOf(task);
    const said = runtime === null ? payload.finding : finding('translated-at-run-time', place, { expression });
    return { ...base, ...nothing, runtime, findings: [...findings, said] };
  }
  findings.push(...payload.findings);
  const options = translateOptions(project, task, plan, routed, behaviour, timesOf(routed.queue));
  const requests: Translated[] = [];
  const losses = new Map<string, Loss>();
  for (const one of [payload.document, ...payload.more]) {
    const answer = translateOne(project, task, routed, plan, one, options);
    const runtime =
      answer.request === null ? runtimeOf(project, task, routed, plan, one, answer.findings, millis) : null;
    if (runtime !== null) {
      const said = finding('translated-at-run-time', one.placeOf(null), { expression: expressionOf(task) });
      return { ...base, ...nothing, runtime, findings: [...findings, said] };
    }
    findings.push(...answer.findings);
    if (answer.request === null) return { ...base, ...nothing, findings };
    requests.push({ document: one, request: answer.request });
    for (const loss of answer.request.translation.losses) losses.set(JSON.stringify(loss), loss);
  }
  const [first, ...more] = requests;
  return { ...base, request: first?.request ?? null, more, findings, losses: [...losses.values()] };
}

/** Said of documents whose form is only there once Jinja or Python has filled it in. */
const UNRENDERED = ['jinja-structure', 'placeholder-structure', 'placeholder-key', 'placeholder-manual'];

/** A document that can not be translated as it stands, but can when it is whole. */
function runtimeOf(
  project: Project,
  task: SparkTask,
  { route }: Routed,
  plan: ArgumentPlan,
  { opaque, text }: DocumentText,
  findings: readonly Finding[],
  millis: number | null,
): RuntimePayload | null {
  if (opaque.length > 0 && task.payload.kind === 'dict') return runtimePayload(project, task, plan, route, millis);
  const isFilled = opaque.length > 0 || /\{[{%]/.test(text);
  const refused = findings.filter(({ code }) => catalogue[code]?.verdict === 'manual');
  const isUnrendered = refused.every(({ code }) => UNRENDERED.includes(code) || code === 'yaml-broken');
  return isFilled && isUnrendered ? runtimePayload(project, task, plan, route, millis, true) : null;
}

const expressionOf = ({ payload }: SparkTask): string => ('argument' in payload ? brief(payload.argument.text) : '');

/** The request of one document, null where a finding says why there is none. */
function translateOne(
  project: Project,
  task: SparkTask,
  routed: Routed,
  plan: ArgumentPlan,
  document: DocumentText,
  options: TranslateOptions,
): { readonly request: Request | null; readonly findings: readonly Finding[] } {
  const { text, opaque, folded } = document;
  const open = translate(text, opaque.length === 0 ? options : { ...options, opaque });
  // Where a value must be known to be translated, the constants that give it are written out.
  const closed = open.ok || folded === null ? null : translate(folded, options);
  const translated = closed?.ok === true ? closed : open;
  const findings = translated.findings.map(({ code, args, offset }) => finding(code, document.placeOf(offset), args));
  if (!translated.ok) return { request: null, findings };
  if (translated === closed) findings.push(finding('constants-written-out', document.placeOf(null)));
  findings.push(...renderingFindings(project, task, document, translated));
  findings.push(...providedFindings(project.options, routed.queue, translated.names, task.place));
  const applicationName = plan.overrides.name ?? translated.name;
  const isFolded = translated === closed;
  return { request: { text: translated.text, applicationName, translation: translated, isFolded }, findings };
}

/** From 7.14 on the keyword decides and defaults to `default`; before, the document's own namespace did. */
function namespaceBefore(task: SparkTask, behaviour: Behaviour, document: DocumentText): string | null {
  const own = effective(task, 'namespace');
  if (knownText(own) !== null || own.from === 'unseen' || behaviour === 'unknown') return knownText(own);
  if (behaviour === 'waits') return own.from === 'nothing' ? 'default' : null;
  return namespaceOf(document.text);
}

function translateOptions(
  project: Project,
  task: SparkTask,
  plan: ArgumentPlan,
  routed: Routed,
  behaviour: Behaviour,
  { applicationTimeout, maxRunningMillis }: RunningTime,
): TranslateOptions {
  const [dag, id] = [factText(task.dag?.id), factText(task.taskId)];
  const accounting =
    project.options.target.accountingLabels && dag !== null && id !== null ? { dag_name: dag, task_name: id } : {};
  const labels = { ...accounting, ...routed.route?.labels };
  const { provider } = project.era;
  const namespace = behaviour === 'waits' ? knownText(effective(task, 'namespace')) : null;
  return {
    queue: routed.queue,
    format: project.style === 'file' ? 'json' : 'yaml',
    ...(routed.route?.spotInstance === undefined ? {} : { spotInstance: routed.route.spotInstance }),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    applicationTimeout,
    ...(maxRunningMillis === null ? {} : { maxRunningMillis }),
    ...(provider === null || project.era.behaviour !== behaviour ? {} : { provider }),
    overrides: { ...plan.overrides, ...(namespace === null ? {} : { namespace }) },
  };
}

function renderingFindings(
  project: Project,
  task: SparkTask,
  document: DocumentText,
  translated: Request['translation'],
): Finding[] {
  const { style, target } = project;
  const [first] = translated.placeholders;
  if (first === undefined || style === null) return [];
  if (!rendersTemplates(target, style)) {
    const at = document.text.indexOf(first.text);
    const place = document.placeOf(at === -1 ? null : at);
    return [finding('jinja-not-rendered', place, { expression: brief(first.text), operator: target.className })];
  }
  const own = effective(task, 'render_template_as_native_obj');
  const native =
    'value' in own ? !(own.value.kind === 'known' && own.value.value === false) : task.dag?.renderNative === true;
  return native && !target.acceptsDict ? [finding('native-rendering', task.place)] : [];
}
