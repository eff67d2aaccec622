/** Who else speaks of a task: strings that name its id, expressions that read its XCom. */
import type { FileFacts, Finding, SparkSensor, SparkTask } from '../model.ts';
import { placeAt } from '../parser/places.ts';
import { factText, finding, type Project } from './project.ts';

/** A place that refers to a task id which is to vanish, as text for a message; null where there is none. */
export function referencesTo(project: Project, facts: FileFacts, sensor: SparkSensor, id: string): string | null {
  const last = id.slice(id.lastIndexOf('.') + 1);
  const { path, text } = facts.source;
  const own = facts.strings.find(
    ({ span, value }) =>
      (value === id || value === last || namesInTemplate(value, id)) &&
      !(span.start >= sensor.span.start && span.end <= sensor.span.end),
  );
  if (own !== undefined) return `line ${placeAt(path, text, own.span.start).line}`;
  const dag = factText(sensor.dag?.id);
  const other = [...project.others.quoting(id), ...project.others.quoting(last)].find(
    (file) => file.path !== path && (dag === null || quoted(dag).test(file.text) || awaitsUnknownDag(file.text, last)),
  );
  return other === undefined ? null : other.path;
}

/** True when a sensor for tasks of other DAGs waits for a task of this id, in a DAG that is no plain string there. */
function awaitsUnknownDag(text: string, id: string): boolean {
  if (!/external_dag_id\s*=\s*(?!["'\s])/.test(text)) return false;
  return new RegExp(`external_task_ids?\\s*=\\s*[\\[("']?[^)\\]]{0,500}["']${escaped(id)}["']`).test(text);
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
  const inSensor = (offset: number): boolean => sensors.some(({ span }) => offset >= span.start && offset < span.end);
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

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const quoted = (word: string): RegExp => new RegExp(`(['"])${escaped(word)}\\1`);
