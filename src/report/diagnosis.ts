/** `doctor` in a terminal: one screen, the routes on request. */
import type { Diagnosis, Place, VersionFound } from '../model.ts';
import { operatorGapLines, profileTable } from './operator-gap.ts';
import { routeLines } from './routes.ts';
import { type Paint, padTo, painter, widthOf } from './terminal.ts';
import { visible } from './visible.ts';

/** As text; `routes` adds the table of what every legacy task matches, and why. */
export function renderDiagnosis(
  diagnosis: Diagnosis,
  { color, routes }: { readonly color: boolean; readonly routes: boolean },
): string {
  const paint = painter(color);
  const parts = [
    gapLines(diagnosis, paint),
    settingLines(diagnosis, paint),
    operatorLines(diagnosis, paint),
    slotLines(diagnosis),
    routeLines(diagnosis, routes, paint),
    findingLines(diagnosis, paint),
    [`${paint('bold', 'next')}  ${visible(diagnosis.next)}`],
  ];
  return `${parts
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** As JSON, indented by two. */
export function renderDiagnosisJson(diagnosis: Diagnosis): string {
  return `${JSON.stringify(diagnosis, null, 2)}\n`;
}

/** First, what most people need to know first: that the operator holds them up; else the operators side by side. */
function gapLines({ heldByOperator: held, legacy, profiles }: Diagnosis, paint: Paint): string[] {
  if (held > 0) return operatorGapLines({ held, legacy, profiles }, paint);
  if (legacy === 0) return ['no legacy task is left here'];
  const tasks = legacy === 1 ? 'the one legacy task is' : `none of the ${legacy} legacy tasks is`;
  return [`${tasks}${legacy === 1 ? ' not' : ''} held up by the target operator`, ...profileTable(profiles, paint)];
}

const behaviours: Readonly<Record<Diagnosis['behaviour'], string>> = {
  submits: 'tasks submitted and returned',
  streams: 'tasks followed the log and ignored failure',
  waits: 'tasks waited and failed with their job',
  unknown: 'not known what tasks did',
};

function settingLines({ configuration, versions, behaviour, gateway }: Diagnosis, paint: Paint): string[] {
  const version = ({ version, from }: VersionFound): string => visible(`${version ?? 'not known'}  (${from})`);
  const lines = [
    `configuration  ${visible(configuration ?? 'none (everything by default)')}`,
    `Airflow        ${version(versions.airflow)}`,
    `provider       ${version(versions.provider)}: ${behaviours[behaviour]}`,
  ];
  if (gateway !== null)
    lines.push(
      `gateway        ${paint(gateway.ok ? 'green' : 'red', gateway.ok ? 'answers' : 'does not answer')}: ${visible(gateway.what)}`,
    );
  return lines;
}

const found: Readonly<Record<NonNullable<Diagnosis['operator']['source']>['found'], string>> = {
  configured: 'target.operatorSource',
  project: 'found by its module',
  environment: 'found in the environment of --python',
};

function operatorLines({ operator }: Diagnosis, paint: Paint): string[] {
  const { source, origin, assumed, style, capabilities } = operator;
  const how = assumed
    ? 'the published one is assumed: nothing names another, and no source was found'
    : source === null
      ? `profile ${origin}`
      : `read from ${source.path}, ${found[source.found]}`;
  const width = Math.max(...capabilities.map(({ name }) => widthOf(name)));
  return [
    `${paint('bold', visible(operator.name))}  (${visible(how)})`,
    `  the document is written as ${style ?? 'nothing that it could take'}; Content-Type of content: ${operator.contentType.content}, of a file: ${operator.contentType.file}`,
    ...capabilities.map(({ name, has, evidence, meaning, tasks }) => {
      const mark = has ? paint('green', '✓ yes') : paint(tasks > 0 ? 'red' : 'dim', '✗ no ');
      const note = [evidence === null ? '' : placeText(evidence), tasks > 0 || name.startsWith('loads') ? meaning : ''];
      const text = note.filter((part) => part !== '').join('; ');
      return `  ${mark}  ${padTo(name, width)}  ${visible(text)}`.trimEnd();
    }),
  ];
}

const placeText = ({ file, line }: Place): string => `${file}:${line}`;

function slotLines({ slots, legacy }: Diagnosis): string[] {
  if (legacy === 0) return [];
  const { before, after, atMost, beforeUnknown, dynamic, pools } = slots;
  const today =
    beforeUnknown === 0
      ? `${before} today`
      : `${before} today and those of ${beforeUnknown} calls, which are not known`;
  const more =
    dynamic === 0 ? '' : `; ${dynamic} calls make a number of tasks that is not known, one is counted of each`;
  const lines = [
    `worker slots   ${after} once all have moved (${today}), if every DAG is in one run; at most ${atMost} where runs overlap${more}`,
  ];
  const named = pools.filter(({ pool }) => pool !== 'default_pool');
  if (named.length > 0)
    lines.push(
      ...pools.map(
        (one) => `  pool ${visible(one.pool ?? '(not known)')}: ${one.before} → ${one.after}, at most ${one.atMost}`,
      ),
    );
  return lines;
}

function findingLines({ findings }: Diagnosis, paint: Paint): string[] {
  const colours = { info: 'dim', warning: 'yellow', error: 'red' } as const;
  return findings.map(({ severity, code, message, file, line }) => {
    const place = file === '.' ? '' : `${file}:${line}: `;
    return `${paint(colours[severity], severity)} ${visible(`${place}${message}`)}  [${code}]`;
  });
}
