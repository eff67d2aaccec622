/** Who else speaks of a task: strings that name its id, expressions that read its XCom. */

import type { DagFacts, FileFacts, Finding, SparkCall, SparkSensor, SparkTask, StringContext } from '../model.ts';
import { escaped } from '../parser/escaped.ts';
import { placeAt } from '../parser/places.ts';
import { keyPattern } from '../parser/text-keys.ts';
import { factText, finding, isSameDag, type Project } from './project.ts';

/** A place that refers to the id of a sensor that is to vanish, as text for a message; null where there is none. */
export function referencesTo(project: Project, facts: FileFacts, sensor: SparkSensor): string | null {
  const names = idsOf(sensor);
  const { path, text } = facts.source;
  const own = facts.strings.find(
    ({ span, value, context }) =>
      (names.isId(value) || names.within(value)) &&
      !definesTask(context) &&
      !(span.start >= sensor.span.start && span.end <= sensor.span.end),
  );
  if (own !== undefined) return `line ${placeAt(path, text, own.span.start).line}`;
  const dag = factText(sensor.dag?.id);
  const candidates =
    names.known === null
      ? referenceWords.flatMap((word) => project.others.naming(word)).filter((file) => names.within(file.text))
      : names.known.flatMap((id) => project.others.quoting(id).filter(({ text: there }) => speaksOf(there, id)));
  const other = candidates.find(
    (file) => file.path !== path && (dag === null || quoted(dag).test(file.text) || awaitsUnknownDag(file.text, names)),
  );
  return other === undefined ? null : other.path;
}

/** True when the text quotes the id other than to give it to a task of its own. */
function speaksOf(text: string, id: string): boolean {
  for (const found of text.matchAll(new RegExp(quoted(id), 'g'))) {
    const before = text.slice(Math.max(0, found.index - 200), found.index);
    const gives = /\btask_id\s*=\s*$/.test(before) && !/(?:get_task|has_task|TaskInstance\w*)\s*\([^()]*$/.test(before);
    if (!gives) return true;
  }
  return false;
}

/** Ways to speak of a task of another file. */
const referenceWords = ['external_task_id', 'external_task_ids', 'get_task', 'has_task', 'xcom_pull', 'task_ids'];

/** The ids that a call gives, with and without the prefix of its groups. */
interface Ids {
  /** Null where only a pattern is known. */
  readonly known: readonly string[] | null;
  isId(value: string): boolean;
  /** True where the text holds one of them in quotes. */
  within(text: string): boolean;
}

function idsOf({ taskId, taskIds, idKey }: SparkSensor): Ids {
  const whole = factText(taskId);
  const known = taskIds ?? (whole === null ? null : [whole]);
  const pattern = known === null && idKey !== null ? keyPattern(idKey.slice(idKey.lastIndexOf('.') + 1)) : null;
  if (known === null) {
    const isId = (value: string): boolean => pattern?.test(value.slice(value.lastIndexOf('.') + 1)) ?? true;
    return {
      known,
      isId,
      within: (text) => [...text.matchAll(/(['"])([^'"\n]*)\1/g)].some((found) => isId(found[2] ?? '')),
    };
  }
  const all = [...new Set(known.flatMap((id) => [id, id.slice(id.lastIndexOf('.') + 1)]))];
  return {
    known: all,
    isId: (value) => all.includes(value),
    within: (text) => known.some((id) => namesInTemplate(text, id)),
  };
}

/** `SomeOperator(task_id="…")` makes a task, it does not speak of one. */
function definesTask({ callee, argument }: StringContext): boolean {
  return argument === 'task_id' && callee !== null && /(?:Operator|Sensor)(?:\.partial)?$/.test(callee);
}

/** True when a sensor for tasks of other DAGs waits for a task of this id, in a DAG that is no plain string there. */
function awaitsUnknownDag(text: string, names: Ids): boolean {
  if (!/external_dag_id\s*=\s*(?!["'\s])/.test(text)) return false;
  const waits = text.match(/external_task_ids?\s*=\s*(?:["'][^"'\n]*["']|[[(][^)\]]{0,500})/g) ?? [];
  return waits.some((wait) => (wait.match(/["'][^"'\n]*["']/g) ?? []).some((id) => names.isId(id.slice(1, -1))));
}

/** Readers of the XCom that the operator used to push, the task's own sensors left out. */
export function xcomReaders(
  project: Project,
  facts: FileFacts,
  task: SparkTask,
  sensors: readonly SparkSensor[],
): readonly Finding[] {
  const id = factText(task.taskId);
  const { path, text } = facts.source;
  const findings: Finding[] = [];
  const report = (offset: number): void => {
    const { line } = placeAt(path, text, offset);
    findings.push(
      finding('xcom-reader', placeAt(path, text, offset), { where: `line ${line}`, task: id ?? 'this task' }),
    );
  };
  // Templates of tasks of another DAG read the XComs of that DAG.
  const silent = [...sensors, ...callsOfOthers(facts, task.dag)];
  const inSensor = (offset: number): boolean => silent.some(({ span }) => offset >= span.start && offset < span.end);
  for (const use of task.variable?.uses ?? [])
    if (use.attribute === 'output' && !inSensor(use.span.start)) report(use.span.start);
  if (id === null) return findings;
  for (const { span, value } of facts.strings) {
    if (inSensor(span.start) || (span.start >= task.span.start && span.end <= task.span.end && value === id)) continue;
    const pulls = value.includes('xcom_pull') ? namesInTemplate(value, id) : value === id && pulledAt(text, span.start);
    if (pulls && !readsSubmission(value)) report(span.start);
  }
  const dag = factText(task.dag?.id);
  if (dag === null) return findings;
  for (const { path: other, text: there } of project.others.quoting(id)) {
    if (other !== path && there.includes('xcom_pull') && quoted(dag).test(there))
      findings.push(finding('xcom-reader', { file: other, line: 1, column: 1 }, { where: other, task: id }));
  }
  return findings;
}

const strangers = new WeakMap<DagFacts, readonly SparkCall[]>();

/** The calls of the file that belong to another DAG. */
function callsOfOthers(facts: FileFacts, own: DagFacts | null): readonly SparkCall[] {
  if (own === null) return [];
  const known = strangers.get(own);
  if (known !== undefined) return known;
  const calls = [...facts.sensors, ...facts.tasks].filter(({ dag }) => dag !== null && !isSameDag(dag, own));
  strangers.set(own, calls);
  return calls;
}

const readsSubmission = (template: string): boolean => /key\s*=\s*['"]submission_id['"]/.test(template);

function namesInTemplate(template: string, id: string): boolean {
  return template.includes(id) && quoted(id).test(template);
}

/** True when the string at the offset is what an `xcom_pull(` right before it reads. */
function pulledAt(text: string, offset: number): boolean {
  return /xcom_pull\(\s*(?:[^()'"]*,\s*)?(?:task_ids\s*=\s*)?\[?\s*$/.test(
    text.slice(Math.max(0, offset - 120), offset),
  );
}

const quoted = (word: string): RegExp => new RegExp(`(['"])${escaped(word)}\\1`);
