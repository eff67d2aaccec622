/** Hand-made observations: what the probe would say of a small DAG before and after its migration. */
import type { Json, Translation } from '../../src/model.ts';
import { type ComparisonInput, compareObservations } from '../../src/verify/compare.ts';
import type { Observation, ObservedDocument, ObservedTask } from '../../src/verify/observation.ts';

export interface EditableTask
  extends Omit<
    { -readonly [K in keyof ObservedTask]: ObservedTask[K] },
    'base' | 'own' | 'upstream' | 'downstream' | 'given' | 'documents'
  > {
  base: Record<string, Json>;
  own: Record<string, Json>;
  upstream: string[];
  downstream: string[];
  given: string[];
  documents: ObservedDocument[];
}
export interface EditableDag {
  file: string;
  attributes: Record<string, Json>;
  tasks: Record<string, EditableTask>;
}

/** A copy of which every part can be set. */
export const editable = (value: ObservedTask): EditableTask => JSON.parse(JSON.stringify(value)) as EditableTask;

const base = {
  owner: 'team',
  retries: 0,
  pool: 'default_pool',
  trigger_rule: 'all_success',
  execution_timeout: null,
  do_xcom_push: true,
  params: {},
};

export function task(changes: Partial<ObservedTask> = {}): ObservedTask {
  return {
    class: 'EmptyOperator',
    module: 'airflow.operators.empty',
    role: 'other',
    mapped: false,
    group: null,
    upstream: [],
    downstream: [],
    given: [],
    base,
    own: {},
    expand: null,
    templateFields: [],
    documents: [],
    ...changes,
  };
}

export const document = (text: string, index: number | null = null): ObservedDocument => ({
  index,
  kind: 'text',
  text,
  overrides: {},
  standIns: [],
});

/** The stand-in for the translator: a text is the request of its document behind an arrow. */
const manifest = (request: string): string => `manifest => ${request}`;
const translate: ComparisonInput['translate'] = (text, { queue }): Translation => {
  const request = /^manifest => ([\s\S]*)$/.exec(text)?.[1];
  if (request === undefined) return { ok: false, findings: [{ code: 'not-a-mapping', args: {}, offset: 0 }] };
  const names = { serviceAccounts: [], secrets: [], configMaps: [], claims: [], pullSecrets: [] };
  const rest = { document: {}, findings: [], losses: [], names, name: null, namespace: null, placeholders: [] };
  return { ok: true, text: `queue: ${queue}\n${request}`, request: {}, ...rest };
};

const spark = (changes: Partial<ObservedTask> = {}): ObservedTask =>
  task({
    class: 'SparkKubernetesOperator',
    module: 'airflow.providers.cncf.kubernetes.operators.spark_kubernetes',
    role: 'operator',
    given: ['application_file', 'kubernetes_conn_id'],
    own: { application_file: 'x', kubernetes_conn_id: 'c', get_logs: true },
    templateFields: ['application_file'],
    documents: [document(manifest('driver: {cores: 1}'))],
    ...changes,
  });

const gateway = (changes: Partial<ObservedTask> = {}): ObservedTask =>
  task({
    class: 'BPGOperator',
    module: 'bpg_operator',
    role: 'target',
    given: ['application_content', 'application_timeout', 'connection_id'],
    own: { application_content: 'x', application_timeout: 3600, connection_id: 'bpg_connection' },
    documents: [document('queue: poc\ndriver:\n  cores: "1"\n')],
    ...changes,
  });

/** prepare >> submit >> monitor >> [publish, notify], as in the example. */
export const before: Observation = {
  airflow: '2.10.3',
  provider: '9.0.1',
  python: '3.11.7',
  importErrors: {},
  dags: {
    score: {
      file: 'dags/score.py',
      attributes: { catchup: false, timetable: '0 6 * * 1' },
      tasks: {
        prepare: task({ downstream: ['submit'] }),
        submit: spark({ upstream: ['prepare'], downstream: ['monitor'] }),
        monitor: task({
          class: 'SparkKubernetesSensor',
          module: 'airflow.providers.cncf.kubernetes.sensors.spark_kubernetes',
          role: 'sensor',
          upstream: ['submit'],
          downstream: ['publish', 'notify'],
        }),
        publish: task({ upstream: ['monitor'] }),
        notify: task({ upstream: ['monitor'] }),
      },
    },
  },
};

export const after: Observation = {
  ...before,
  dags: {
    score: {
      file: 'dags/score.py',
      attributes: { catchup: false, timetable: '0 6 * * 1' },
      tasks: {
        prepare: task({ downstream: ['submit'] }),
        submit: gateway({ upstream: ['prepare'], downstream: ['publish', 'notify'] }),
        publish: task({ upstream: ['submit'] }),
        notify: task({ upstream: ['submit'] }),
      },
    },
  },
};

/** The same with one task mapped over two literal documents. */
export const mappedBefore: Observation = {
  ...before,
  dags: {
    each: {
      file: 'dags/each.py',
      attributes: {},
      tasks: {
        run: spark({
          mapped: true,
          base: { pool: 'spark' },
          own: { kubernetes_conn_id: 'c' },
          expand: { application_file: ['a.yaml', 'b.yaml'] },
          documents: [document(manifest('driver: {cores: 1}'), 0), document(manifest('driver: {cores: 2}'), 1)],
        }),
      },
    },
  },
};
export const mappedAfter: Observation = {
  ...before,
  dags: {
    each: {
      file: 'dags/each.py',
      attributes: {},
      tasks: {
        run: gateway({
          mapped: true,
          base: { pool: 'spark' },
          own: { connection_id: 'bpg_connection', application_timeout: 3600 },
          expand: { application_content: ['a', 'b'] },
          documents: [
            document('{"queue": "poc", "driver": {"cores": 1}}', 0),
            document('queue: poc\ndriver: {cores: 2}', 1),
          ],
        }),
      },
    },
  },
};

type Given = Partial<Omit<ComparisonInput, 'before' | 'after'>>;

export function compare(
  one: Observation,
  other: Observation,
  given: Given = {},
): ReturnType<typeof compareObservations> {
  return compareObservations({
    before: one,
    after: other,
    tasks: [
      { dagId: 'score', taskId: 'submit', queue: 'poc' },
      { dagId: 'each', taskId: 'run', queue: 'poc' },
    ],
    options: {
      routing: [],
      target: { accountingLabels: false, connectionId: 'bpg_connection', operator: 'bpg_operator.BPGOperator' },
    },
    translate,
    changedFiles: new Set(),
    ...given,
  });
}

/** `kind task subject` of every unexplained difference. */
export const faults = (one: Observation, other: Observation, given: Given = {}): string[] =>
  compare(one, other, given)
    .differences.filter(({ explained }) => !explained)
    .map(({ kind, taskId, subject }) => [kind, taskId, subject].filter((part) => part !== null).join(' '));
