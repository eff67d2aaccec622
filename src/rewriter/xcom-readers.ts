/** Who reads the XComs that the operator used to push, and what becomes of them. */
import type { Edit, FileFacts, Finding, Span, SparkSensor, SparkTask, StringFact } from '../model.ts';
import { escaped, inQuotes } from '../parser/escaped.ts';
import { placeAt } from '../parser/places.ts';
import type { Behaviour } from './era.ts';
import { factText, finding, isSameDag, type Project } from './project.ts';
import { callAt, stringsEqual, stringsQuoting } from './string-index.ts';

export interface XcomReaders {
  readonly findings: readonly Finding[];
  /** Readers of the application's name ask for the submission id instead: it is the name that the gateway gives. */
  readonly edits: readonly Edit[];
}

/**
 * All readers but the task's own sensors. The name of the application has an equivalent, the submission id, which is the
 * name of the resource that the gateway creates; the rest of the resource, and the pod's name, have none.
 */
export function xcomReaders(
  project: Project,
  facts: FileFacts,
  task: SparkTask,
  sensors: readonly SparkSensor[],
  behaviour: Behaviour,
): XcomReaders {
  const id = factText(task.taskId);
  const { path, text } = facts.source;
  const findings: Finding[] = [];
  const edits: Edit[] = [];
  const shown = id ?? 'this task';
  const say = (code: string, offset: number): void => {
    const place = placeAt(path, text, offset);
    findings.push(finding(code, place, { where: `line ${place.line}`, task: shown }));
  };
  // Templates of tasks of another DAG read the XComs of that DAG.
  const isSilent = (offset: number): boolean => {
    const call = callAt(facts, offset);
    if (call === null) return false;
    return sensors.some((sensor) => sensor === call) || (call.dag !== null && !isSameDag(call.dag, task.dag));
  };
  for (const use of task.variable?.uses ?? [])
    if (use.attribute === 'output' && !isSilent(use.span.start)) say('xcom-reader', use.span.start);
  if (id === null) {
    const written = task.arguments.find(({ name }) => name === 'task_id')?.value;
    const [possible] = written?.kind === 'known' ? readsOfSuffix(facts, String(written.value)) : [];
    if (possible !== undefined && !isSilent(possible)) say('xcom-reader-possible', possible);
    return { findings, edits };
  }
  const named = namedReads(facts, id, task);
  for (const fact of [...stringsQuoting(facts, id), ...stringsEqual(facts, id)]) {
    if (isSilent(fact.span.start) || !reads(text, fact, task, id)) continue;
    const whole = named.filter(({ pull }) => touch(pull, fact));
    const covers = fact.value === id || whole.length === pulls(fact.value, id);
    if (behaviour !== 'submits' && behaviour !== 'unknown' && readsResult(text, fact, id)) {
      say('xcom-never-held', fact.span.start);
    } else if (whole.length > 0 && covers && callAt(facts, fact.span.start) === null) {
      say('xcom-reader-moved', fact.span.start);
      edits.push(...whole.map(({ edit }) => edit));
    } else say('xcom-reader', fact.span.start);
  }
  findings.push(...otherFiles(project, path, id, factText(task.dag?.id)));
  return { findings, edits };
}

const touch = (span: Span, { span: own }: StringFact): boolean => span.start < own.end && own.start < span.end;

/** True when the string is what an `xcom_pull` reads, or a template with one; the submission id may be read. */
function reads(text: string, { span, value }: StringFact, task: SparkTask, id: string): boolean {
  if (span.start >= task.span.start && span.end <= task.span.end && value === id) return false;
  if (value === id) return pulledAt(text, span.start) && !readsSubmission(text.slice(span.start, span.end + 60));
  return value.includes('xcom_pull') && inQuotes(id).test(value) && !readsSubmission(value);
}

const readsSubmission = (template: string): boolean =>
  /^[^()]*\bkey\s*=\s*\\?['"]submission_id\\?['"]|xcom_pull\([^()]*\bkey\s*=\s*\\?['"]submission_id/.test(template);

/** How often a template pulls from the task. */
function pulls(template: string, id: string): number {
  return template.match(new RegExp(`xcom_pull\\([^()]*['"]${escaped(id)}['"]`, 'g'))?.length ?? 0;
}

/** True when it asks for what `execute` returned: no other key. */
function readsResult(text: string, { span, value }: StringFact, id: string): boolean {
  const template = value === id ? text.slice(span.start, span.end + 60) : value;
  return !/\bkey\s*=\s*\\?['"](?!return_value)/.test(template);
}

/** A pull of the name, from `xcom_pull` on, and how it reads the submission id. */
interface NamedRead {
  readonly pull: Span;
  readonly edit: Edit;
}

/** `xcom_pull(task_ids='X')['metadata']['name']` wherever it stands in the file, as it reads with the submission id. */
function namedReads({ source: { text }, tasks }: FileFacts, id: string, task: SparkTask): readonly NamedRead[] {
  // Another task of the same id, in another DAG or branch: the reader may mean that one.
  const alike = tasks.filter((other) => factText(other.taskId) === id || other.taskIds?.includes(id) === true);
  if (alike.length > 1 || alike[0] !== task || !text.includes('xcom_pull')) return [];
  const quote = `\\\\?["']`;
  const part = (name: string): string => `(?:\\[\\s*${quote}${name}${quote}\\s*\\]|\\.${name}\\b)`;
  const read = new RegExp(
    `xcom_pull\\(\\s*(?:task_ids\\s*=\\s*)?(${quote})${escaped(id)}\\1(\\s*,\\s*key\\s*=\\s*${quote}return_value${quote})?(\\s*,?\\s*\\))(${part('metadata')}${part('name')})`,
    'g',
  );
  return Array.from(text.matchAll(read), (match): NamedRead => {
    const [whole, mark = '"', key = '', closing = ')', path = ''] = match;
    const end = match.index + whole.length;
    const start = end - path.length - closing.length - key.length;
    const fresh = `, key=${mark}submission_id${mark}${closing.replace(/^\s*,/, '')}`;
    return { pull: { start: match.index, end }, edit: { span: { start, end }, text: fresh } };
  });
}

/** True when the string at the offset is what an `xcom_pull(` right before it reads. */
function pulledAt(text: string, offset: number): boolean {
  return /xcom_pull\(\s*(?:[^()'"]*,\s*)?(?:task_ids\s*=\s*)?\[?\s*$/.test(
    text.slice(Math.max(0, offset - 120), offset),
  );
}

/** Other files that pull from the DAG's task: nothing is edited there. A pull of just this task blocks, others are told. */
function otherFiles({ others }: Project, own: string, id: string, dag: string | null): readonly Finding[] {
  if (dag === null) return [];
  const pull = new RegExp(`xcom_pull\\((?=[^()]*(['"])${escaped(id)}\\1)(?=[^()]*(['"])${escaped(dag)}\\2)`);
  return others
    .quoting(id)
    .filter(({ path, text }) => path !== own && text.includes('xcom_pull') && inQuotes(dag).test(text))
    .map(({ path, text }) => {
      const at = text.search(pull);
      const place = placeAt(path, text, Math.max(0, at === -1 ? text.search(inQuotes(id)) : at));
      const code = at === -1 ? 'xcom-reader-possible' : 'xcom-reader';
      return finding(code, place, { where: `${path}:${place.line}`, task: id });
    });
}

/** Offsets of templates that read an XCom of this id behind any group: for a task whose group is not known. */
function readsOfSuffix(facts: FileFacts, id: string): readonly number[] {
  const ends = new RegExp(`(['"])(?:[^'"]*\\.)?${escaped(id)}\\1`);
  return facts.strings.flatMap(({ value, span }) =>
    value.includes('xcom_pull') && ends.test(value) ? [span.start] : [],
  );
}
