/**
 * Compares what Airflow saw of a tree before a migration with what it sees after. Every difference is either explained
 * by the migration or not; what could not be compared is told apart. Pure: the caller runs Airflow.
 */
import type { TaskEntry } from '../model.ts';
import { compareDag } from './compare-dag.ts';
import { type Difference, type NotCompared, otherOperator } from './difference.ts';
import { Differences } from './differences.ts';
import type { RequestOptions, Translate } from './expected-request.ts';
import type { Observation } from './observation.ts';

export interface ComparisonInput {
  readonly before: Observation;
  readonly after: Observation;
  /** The tasks of the plan over the tree before: they say which queue each goes to. */
  readonly tasks: readonly Pick<TaskEntry, 'dagId' | 'taskId' | 'taskIds' | 'queue'>[];
  readonly options: RequestOptions;
  readonly translate: Translate;
  /** Files whose text differs, relative to the root. */
  readonly changedFiles: ReadonlySet<string>;
}

/**
 * The result of `verify --format json` is this under `schemaVersion: 1`, with `before` and `after` naming the sides.
 * `differences` are sorted: unexplained ones first, then by file, DAG, task.
 */
export interface Comparison {
  readonly summary: {
    /** On both sides. */
    readonly dags: number;
    readonly tasks: number;
    /** Tasks that are the gateway's now. */
    readonly migrated: number;
    /** Tasks that are still the Spark operator's. */
    readonly legacy: number;
    /** Requests that equal the translation of the document before. */
    readonly requests: number;
    readonly explained: number;
    readonly unexplained: number;
    readonly notCompared: number;
  };
  readonly differences: readonly Difference[];
  readonly notCompared: readonly NotCompared[];
}

/** What differs between both sides, each difference explained by the migration or not; pure. */
export function compareObservations(input: ComparisonInput): Comparison {
  const { before, after, tasks, translate } = input;
  const options = { ...input.options, provider: before.provider };
  const found = new Differences();
  compareErrors(input, found);
  const queues = queuesOf(tasks);
  for (const [dagId, dag] of Object.entries(before.dags)) {
    const other = after.dags[dagId];
    if (other === undefined) {
      if (!(dag.file in after.importErrors)) found.unexplained('dag-lost', { file: dag.file, dagId, taskId: null });
      continue;
    }
    compareDag(dagId, dag, other, (taskId) => ({ options, translate, queue: queueOf(queues, dagId, taskId) }), found);
  }
  for (const [dagId, dag] of Object.entries(after.dags))
    if (!(dagId in before.dags) && !(dag.file in before.importErrors))
      found.unexplained('dag-new', { file: dag.file, dagId, taskId: null });
  return { summary: summarize(input, found), differences: sorted(found.all), notCompared: found.notCompared };
}

function compareErrors({ before, after, changedFiles, options }: ComparisonInput, found: Differences): void {
  for (const [file, error] of Object.entries(after.importErrors)) {
    const spot = { file, dagId: null, taskId: null };
    if (!(file in before.importErrors)) {
      const name = options.target.operator.split('.').at(-1) ?? '';
      const isOperator = error.includes(`Invalid arguments were passed to ${name} `);
      found.unexplained('import-error', spot, {
        after: lastWords(error),
        ...(isOperator ? { remedy: otherOperator } : {}),
      });
    } else if (changedFiles.has(file)) found.unexplained('never-loaded', spot, { after: lastWords(error) });
    else found.skip(spot, `does not load, before and after: ${lastWords(error)}`);
  }
  for (const [file, error] of Object.entries(before.importErrors))
    if (!(file in after.importErrors))
      found.skip({ file, dagId: null, taskId: null }, `did not load before: ${lastWords(error)}`);
}

/**
 * The queue of each task by DAG and id. Tasks whose id the plan does not know (they are made in a loop) share the entry
 * without an id. Where calls of the plan share an entry and go to different queues, none is known.
 */
function queuesOf(tasks: ComparisonInput['tasks']): ReadonlyMap<string, string | null> {
  const queues = new Map<string, string | null>();
  const several = new Set<string>();
  for (const { dagId, taskId, taskIds, queue } of tasks)
    for (const id of taskIds ?? [taskId]) {
      if (dagId === null) continue;
      const key = keyOf(dagId, id);
      if (queues.has(key) && queues.get(key) !== queue) several.add(key);
      queues.set(key, queue);
    }
  for (const key of several) queues.delete(key);
  return queues;
}

/** Undefined: not known. Null: the plan says that there is none. */
function queueOf(queues: ReadonlyMap<string, string | null>, dagId: string, taskId: string): string | null | undefined {
  const own = queues.get(keyOf(dagId, taskId));
  return own === undefined ? queues.get(keyOf(dagId, null)) : own;
}

const keyOf = (dagId: string, taskId: string | null): string => `${dagId}\n${taskId ?? ''}`;

function summarize({ before, after }: ComparisonInput, found: Differences): Comparison['summary'] {
  const shared = Object.entries(after.dags).filter(([dagId]) => dagId in before.dags);
  const tasks = shared.flatMap(([, dag]) => Object.values(dag.tasks));
  const explained = found.all.filter((one) => one.explained);
  return {
    dags: shared.length,
    tasks: tasks.length,
    migrated: explained.filter(({ kind }) => kind === 'operator-replaced').length,
    legacy: tasks.filter(({ role }) => role === 'operator').length,
    requests: explained.filter(({ kind }) => kind === 'request-translated').length,
    explained: explained.length,
    unexplained: found.all.length - explained.length,
    notCompared: found.notCompared.length,
  };
}

function sorted(all: readonly Difference[]): Difference[] {
  const key = ({ explained, file, dagId, taskId }: Difference): string =>
    [explained ? '1' : '0', file ?? '', dagId ?? '', taskId ?? ''].join('\n');
  return [...all].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** What a traceback is about: its last line that names an exception, and what follows it. */
function lastWords(text: string): string {
  const lines = text.trim().split('\n');
  const start = lines.findLastIndex((line) => /^[A-Za-z_][\w.]*(?:: |$)/.test(line));
  return lines
    .slice(Math.max(start, 0))
    .map((line) => line.trim())
    .join(' ');
}
