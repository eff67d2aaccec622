/** What a comparison finds, and what can be said of each: tables of sentences, like the catalogue of findings. */
import type { Json } from '../model.ts';

/** Differences that a migration does not make. */
export type UnexplainedKind =
  | 'import-error'
  | 'never-loaded'
  | 'dag-lost'
  | 'dag-new'
  | 'dag-changed'
  | 'task-lost'
  | 'task-new'
  | 'task-renamed'
  | 'class-changed'
  | 'edge-lost'
  | 'edge-new'
  | 'argument-changed'
  | 'trigger-rule-changed'
  | 'group-changed'
  | 'mapped-changed'
  | 'document-changed'
  | 'document-unreadable';

/** Differences that it makes on purpose. */
export type ExplainedKind =
  | 'operator-replaced'
  | 'request-translated'
  | 'keywords-dropped'
  | 'keywords-written'
  | 'template-fields'
  | 'xcom-gone'
  | 'execution-timeout-raised'
  | 'sensor-removed'
  | 'sensor-emptied'
  | 'edges-contracted';

export interface Difference {
  readonly kind: UnexplainedKind | ExplainedKind;
  readonly explained: boolean;
  /** Relative to the root. */
  readonly file: string | null;
  readonly dagId: string | null;
  readonly taskId: string | null;
  /** The argument, the edge, or the place in the document; null where the whole task or file is meant. */
  readonly subject: string | null;
  readonly before: Json;
  readonly after: Json;
  readonly message: string;
  /** What to do; null for what is explained. */
  readonly remedy: string | null;
}

/** What could not be compared, so that nothing is said of it. */
export interface NotCompared {
  readonly file: string | null;
  readonly dagId: string | null;
  readonly taskId: string | null;
  readonly reason: string;
}

export const unexplained: Readonly<Record<UnexplainedKind, { readonly message: string; readonly remedy: string }>> = {
  'import-error': {
    message: 'the file no longer loads',
    remedy:
      'Read the error. If a module is missing, install it for this interpreter or put it into the plugins folder (--plugins); the operator itself: `bpg-migrate scaffold operator`. Else undo the change.',
  },
  'never-loaded': {
    message: 'the file was changed, but loads neither before nor after, so nothing of it is verified',
    remedy: 'Give it what it needs: --pass-env for variables of the environment, --plugins for modules.',
  },
  'dag-lost': { message: 'the DAG is gone', remedy: 'Undo the change of its file, or restore the DAG.' },
  'dag-new': { message: 'the DAG was not there before', remedy: 'Verify it apart from the migration.' },
  'dag-changed': {
    message: '{subject} of the DAG differs',
    remedy: 'A migration does not touch the DAG itself: restore it, or record that edit apart.',
  },
  'task-lost': { message: 'the task is gone', remedy: 'Restore it; only sensors of migrated tasks may go.' },
  'task-new': { message: 'the task was not there before', remedy: 'Record that edit apart from the migration.' },
  'task-renamed': {
    message: 'the task has another id',
    remedy: 'Give it its id back: history, XCom readers and ExternalTaskSensors go by it.',
  },
  'class-changed': {
    message: 'the class of the task is another one',
    remedy: 'Only Spark tasks and their sensors may change class: restore it, or record that edit apart.',
  },
  'edge-lost': { message: 'the edge {subject} is gone', remedy: 'Put it back: what stood behind no longer waits.' },
  'edge-new': { message: 'the edge {subject} is new', remedy: 'Remove it, or record that edit apart.' },
  'argument-changed': { message: '{subject} differs', remedy: 'Restore the argument, or record that edit apart.' },
  'trigger-rule-changed': {
    message: 'the trigger rule differs',
    remedy: 'Restore trigger_rule: the task would run, or be skipped, in other cases than before.',
  },
  'group-changed': { message: 'the task is in another task group', remedy: 'Move it back.' },
  'mapped-changed': {
    message: '{subject} of the mapped task differs',
    remedy: 'Restore `partial` and `expand`: other instances would run, or with other arguments.',
  },
  'document-changed': {
    message: '{subject} is not what the document before comes to',
    remedy:
      'Translate the document again (`bpg-migrate translate`), or record that edit of the request apart from the migration.',
  },
  'document-unreadable': {
    message: 'the request can not be read: {subject}',
    remedy: 'Look at what the operator is given: the gateway could not read it either.',
  },
};

/** Instead of the usual remedy, where the operator that is installed can not do what the configuration says. */
export const otherOperator =
  'The operator that is installed there is another one than the `target` of the configuration: name its source in `target.operatorSource` and apply again, or install the one that is meant (`bpg-migrate scaffold operator`).';

export const explained: Readonly<Record<ExplainedKind, string>> = {
  'operator-replaced': 'the gateway’s operator took the place of the Spark operator',
  'request-translated': 'the request is the translation of the document',
  'keywords-dropped': 'keywords of the Spark operator are gone: {subject}',
  'keywords-written': 'keywords of the gateway’s operator: {subject}',
  'template-fields': 'other fields are rendered',
  'xcom-gone': 'do_xcom_push went with the Spark operator',
  'execution-timeout-raised': 'execution_timeout leaves room for the job, which it bounds now',
  'sensor-removed': 'the sensor went: the task itself waits now',
  'sensor-emptied': 'the sensor became an empty task: the task itself waits now',
  'edges-contracted': 'the edges of the removed sensor {subject} pass it by',
};
