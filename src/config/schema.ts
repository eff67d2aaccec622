import { posix } from 'node:path';
import * as v from 'valibot';
import type { Options, PromisedDifference } from '../model.ts';
import { bytesFrom, durationPattern, secondsFrom, sizePattern } from './units.ts';

/** What the file says once defaults are filled in: the options without the place they were found. */
export type Configuration = Omit<Options, 'root' | 'configFile'>;

// A message below is the end of «it must be …»; `problems.ts` makes the sentence.
const words = 'text';
const quoted = 'text in quotes, for example "2.10.3"';
const relative = 'a path inside the root, relative to it';
const duration = 'a duration of at least one second: 12h, 90m, 1h30m, or a number of seconds';
const size = 'a size such as 1MB, 500kB, or a number of bytes';
const dotted = 'a dotted name such as bpg_operator.BPGOperator';

/** An object with these keys and no others; every unknown key is an issue of its own. */
const closed = <const E extends v.ObjectEntries>(
  entries: E,
): v.ObjectWithRestSchema<E, v.NeverSchema<undefined>, string> => v.objectWithRest(entries, v.never(), 'a mapping');
const about = <T>(text: string): v.DescriptionAction<T, string> => v.description(text);

const text = v.pipe(v.string(words), v.nonEmpty('text that is not empty'));
const glob = v.pipe(v.string('a glob'), v.nonEmpty('a glob that is not empty'), v.maxLength(1000, 'a shorter glob'));
const list = <const S extends v.GenericSchema>(item: S): v.ArraySchema<S, string> => v.array(item, 'a list');
const path = v.pipe(v.string(relative), v.check(isInside, relative), v.transform(normalised));
const seconds = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(durationPattern, duration))], duration),
  v.check((written) => secondsFrom(written) !== null, duration),
  v.transform((written) => secondsFrom(written) ?? 0),
);
const bytes = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(sizePattern, size))], size),
  v.check((written) => bytesFrom(written) !== null, size),
  v.transform((written) => bytesFrom(written) ?? 0),
);
const date = v.pipe(
  v.string('a date such as 2027-03-31'),
  v.isoDate('a date such as 2027-03-31'),
  v.check(exists, 'a date of the calendar'),
);
const dottedName = v.pipe(v.string(dotted), v.regex(/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/, dotted));
const yesNo = v.boolean('true or false');

/** A mapping whose keys are names of the user's: looked up, so it must not inherit names from Object. */
const named = <const S extends v.GenericSchema>(value: S, key: string) =>
  v.pipe(
    v.record(v.pipe(v.string(), v.nonEmpty(`${key} that is not empty`)), value, `a mapping from ${key}`),
    v.transform((entries): Record<string, v.InferOutput<S>> => Object.assign(Object.create(null), entries)),
  );

const conditions = {
  connection: v.exactOptional(glob),
  namespace: v.exactOptional(glob),
  dag: v.exactOptional(glob),
  owner: v.exactOptional(glob),
  'not-connection': v.exactOptional(glob),
  'not-namespace': v.exactOptional(glob),
  'not-dag': v.exactOptional(glob),
  'not-owner': v.exactOptional(glob),
};

const source = closed({
  airflow: v.pipe(v.nullish(v.string(quoted), null), about('Airflow version that the DAGs run on; quote it')),
  provider: v.pipe(
    v.nullish(v.string(quoted), null),
    about('Version of apache-airflow-providers-cncf-kubernetes; quote it'),
  ),
  sourceRoots: v.nullish(list(path), []),
  templateSearchPath: v.nullish(list(path), []),
  ignoreSyntax: v.pipe(
    v.nullish(v.picklist(['regexp', 'glob']), null),
    about('Dialect of .airflowignore; else by version'),
  ),
});

const target = closed({
  operator: v.nullish(dottedName, 'bpg_operator.BPGOperator'),
  operatorSource: v.pipe(
    v.nullish(path, null),
    about('Its source file; inspected, so that only what it accepts is written'),
  ),
  profile: v.pipe(
    v.nullish(v.picklist(['published', 'aws-blog', 'standalone']), null),
    about('Only where no source can be inspected'),
  ),
  connectionId: v.nullish(text, 'bpg_connection'),
  payload: v.nullish(v.picklist(['auto', 'templated', 'content', 'file-with-type', 'file']), 'auto'),
  applicationTimeout: v.nullish(seconds, '12h'),
  accountingLabels: v.pipe(
    v.nullish(yesNo, false),
    about('Write dag_name and task_name into driver and executor labels'),
  ),
  gatewayConfig: v.pipe(
    v.nullish(path, null),
    about("The gateway's own configuration; routing is then checked against it"),
  ),
});

const route = closed({
  ...conditions,
  queue: v.pipe(
    v.nullable(v.string('the name of a queue, or empty for none yet')),
    v.transform((name) => name || null),
  ),
  spotInstance: v.exactOptional(yesNo),
  labels: v.exactOptional(named(v.string('text in quotes'), 'a label')),
});

const names = v.exactOptional(
  v.pipe(
    v.nullable(list(glob)),
    v.transform((found) => found ?? []),
  ),
);
const queue = closed({
  maxRunning: v.nullish(seconds, null),
  provides: v.pipe(
    v.nullish(
      v.union(
        [
          v.literal('all'),
          closed({ serviceAccounts: names, secrets: names, configMaps: names, claims: names, pullSecrets: names }),
        ],
        '`all`, or a mapping with serviceAccounts, secrets, configMaps, claims, pullSecrets',
      ),
      {},
    ),
    about("Names that exist in the queue's namespace; globs"),
  ),
});

const promised: readonly PromisedDifference[] = [
  'gateway-decides',
  'provided-names',
  'log-and-xcom',
  'waits',
  'pod-keywords',
  'core-limit',
  'time-limit',
];
const sensorMode = v.picklist(['remove', 'placeholder', 'keep']);
const severity = v.picklist(['info', 'warning', 'error']);

const configuration = closed({
  version: v.literal(1, 'the number 1'),
  paths: v.pipe(v.nullish(list(path), []), about('Files and directories to look at; else dags/ if it exists, else .')),
  exclude: v.nullish(list(glob), []),
  maxFileSize: v.pipe(v.nullish(bytes, '1MB'), about('Larger files are skipped, said')),
  source: v.nullish(source, {}),
  target: v.nullish(target, {}),
  routing: v.pipe(v.nullish(list(route), []), about('First match wins; without one the task needs review')),
  isolation: v.pipe(
    v.nullish(list(closed({ match: closed(conditions), queues: list(glob) })), []),
    about('No route, default or decision may break it'),
  ),
  queues: v.nullish(named(v.nullish(queue, {}), 'a queue'), {}),
  classes: v.nullish(
    list(
      closed({
        name: dottedName,
        as: v.picklist(['operator', 'sensor']),
        replace: v.nullish(v.picklist(['call-site', 'definition']), 'call-site'),
      }),
    ),
    [],
  ),
  sharedDefinitions: v.nullish(v.picklist(['twin', 'in-place']), 'twin'),
  sensors: v.pipe(
    v.nullish(
      v.union(
        [
          sensorMode,
          closed({ default: v.nullish(sensorMode, 'remove'), dags: v.nullish(named(sensorMode, 'a dag glob'), {}) }),
        ],
        '`remove`, `placeholder`, `keep`, or a mapping with default and dags',
      ),
      'remove',
    ),
    about('What becomes of a sensor whose task moves: one word for all, or one by dag glob (first match wins)'),
  ),
  strict: v.nullish(list(v.picklist(promised)), []),
  severity: v.nullish(
    named(
      v.union([severity, named(severity, 'a path glob')], 'info, warning or error, or one per path glob'),
      'a finding code',
    ),
    {},
  ),
  accept: v.nullish(
    list(
      closed({
        field: text,
        queue: v.exactOptional(glob),
        connection: v.exactOptional(glob),
        namespace: v.exactOptional(glob),
        dag: v.exactOptional(glob),
        reason: text,
        until: v.exactOptional(date),
      }),
    ),
    [],
  ),
  owners: v.nullish(named(text, 'a glob'), {}),
  waves: v.nullish(
    named(
      v.pipe(v.number('a wave number'), v.integer('a whole number'), v.minValue(0, 'a wave number from 0')),
      'a dag glob',
    ),
    {},
  ),
});

/** The schema of `bpg-migrate.yaml`, for checking a file and for the JSON Schema that editors read. */
export const configurationSchema: v.GenericSchema<unknown, Configuration> = configuration;

function isInside(written: string): boolean {
  if (written === '' || /[\0\\]/.test(written) || /^(?:[/~]|[A-Za-z]:)/.test(written)) return false;
  const plain = posix.normalize(written);
  return plain !== '..' && !plain.startsWith('../');
}

/** `./dags/` → `dags`; the root itself is `.`. */
function normalised(written: string): string {
  return posix.normalize(written).replace(/\/+$/, '') || '.';
}

function exists(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
