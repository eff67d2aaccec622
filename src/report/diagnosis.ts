/** `doctor` in a terminal: one screen, the routes on request. */
import type { Diagnosis, Place } from '../model.ts';
import { type Paint, padTo, painter, widthOf } from './terminal.ts';
import { visible } from './visible.ts';

/** As text; `routes` adds the table of what every legacy task matches, and why. */
export function renderDiagnosis(
  diagnosis: Diagnosis,
  { color, routes }: { readonly color: boolean; readonly routes: boolean },
): string {
  const paint = painter(color);
  const parts = [settingLines(diagnosis), operatorLines(diagnosis, paint), profileLines(diagnosis, paint)];
  parts.push(routes ? matchLines(diagnosis, paint) : ruleLines(diagnosis, paint));
  parts.push(findingLines(diagnosis, paint), [`${paint('bold', 'next')}  ${visible(diagnosis.next)}`]);
  return `${parts
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** As JSON, indented by two. */
export function renderDiagnosisJson(diagnosis: Diagnosis): string {
  return `${JSON.stringify(diagnosis, null, 2)}\n`;
}

const behaviours: Readonly<Record<Diagnosis['behaviour'], string>> = {
  submits: 'tasks submitted and returned',
  streams: 'tasks followed the log and ignored failure',
  waits: 'tasks waited and failed with their job',
  unknown: 'not known what tasks did',
};

function settingLines({ configuration, airflow, provider, behaviour }: Diagnosis): string[] {
  return [
    `configuration  ${visible(configuration ?? 'none (everything by default)')}`,
    `Airflow        ${visible(airflow ?? 'not known')}`,
    `provider       ${visible(provider ?? 'not known')}: ${behaviours[behaviour]}`,
  ];
}

function operatorLines({ operator }: Diagnosis, paint: Paint): string[] {
  const how = operator.assumed
    ? 'assumed, nothing names it'
    : operator.origin === 'inspected'
      ? 'read from its source'
      : `profile ${operator.origin}`;
  const lines = [
    `${paint('bold', visible(operator.name))}  (${how}; document as ${operator.style ?? 'nothing it could take'})`,
  ];
  const width = Math.max(...operator.capabilities.map(({ name }) => widthOf(name)));
  for (const { name, has, evidence, meaning, tasks } of operator.capabilities) {
    const mark = has ? paint('green', '✓ yes') : paint(tasks > 0 ? 'red' : 'dim', '✗ no ');
    const note = [evidence === null ? '' : placeText(evidence), tasks > 0 ? meaning : ''].filter((part) => part !== '');
    lines.push(`  ${mark}  ${padTo(name, width)}  ${visible(note.join('; '))}`.trimEnd());
  }
  return lines;
}

const placeText = ({ file, line }: Place): string => `${file}:${line}`;

function profileLines({ profiles }: Diagnosis, paint: Paint): string[] {
  const width = Math.max(10, ...profiles.map(({ name }) => widthOf(visible(name))));
  const number = (count: number): string => String(count).padStart(6);
  return [
    `${padTo('operator', width)}   safe review manual`,
    ...profiles.map(
      ({ name, safe, review, manual }) =>
        `${padTo(visible(name), width)} ${number(safe)} ${number(review)} ${manual > 0 ? paint('red', number(manual)) : number(manual)}`,
    ),
  ];
}

function ruleLines({ routes, matches }: Diagnosis, paint: Paint): string[] {
  const lines = routes.map(({ rule, condition, queue, tasks, shadowedBy }) => {
    const note = shadowedBy === null ? '' : paint('yellow', `  never reached: rule ${shadowedBy} matches before it`);
    return `  ${rule}. ${visible(condition)} → ${visible(queue ?? '(no queue yet)')}: ${tasks}${note}`;
  });
  const unrouted = matches.filter(({ queue }) => queue === null).length;
  if (unrouted > 0) lines.push(paint('yellow', `  no queue: ${unrouted}   (doctor --routes lists them)`));
  return lines.length === 0 ? [] : ['routes, and the legacy tasks that take them', ...lines];
}

function matchLines({ matches }: Diagnosis, paint: Paint): string[] {
  const rows = matches.map(({ task, connection, namespace, dag, owner, rule, queue }) => [
    task,
    connection ?? '?',
    namespace ?? '?',
    dag ?? '?',
    owner ?? '?',
    rule === null ? 'none' : String(rule),
    queue ?? '-',
  ]);
  const table = [['task', 'connection', 'namespace', 'dag', 'owner', 'rule', 'queue'], ...rows].map((row) =>
    row.map(visible),
  );
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => widthOf(row[column] ?? ''))));
  return table.map((row, index) => {
    const line = row
      .map((cell, column) => padTo(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
    return index === 0 ? paint('bold', line) : line;
  });
}

function findingLines({ findings }: Diagnosis, paint: Paint): string[] {
  const colours = { info: 'dim', warning: 'yellow', error: 'red' } as const;
  return findings.map(
    ({ severity, code, message }) => `${paint(colours[severity], severity)} ${visible(message)}  [${code}]`,
  );
}
