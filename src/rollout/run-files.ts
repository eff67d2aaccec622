/** Exported task states: JSON in the form of Airflow's REST API, or CSV with a header of the same names. */

/** One run of a task. Times are ISO as they were given, null where the run has not ended. */
export interface TaskRun {
  readonly dag: string;
  readonly task: string;
  readonly state: string | null;
  readonly end: string | null;
  /** Name of the operator's class. */
  readonly operator: string | null;
}

export type ReadRuns =
  | { readonly ok: true; readonly runs: readonly TaskRun[] }
  | { readonly ok: false; readonly reason: string };

/** Names under which a member may stand: Airflow's REST API first, then what people call it. */
const names: Readonly<Record<keyof TaskRun, readonly string[]>> = {
  dag: ['dag_id', 'dag'],
  task: ['task_id', 'task'],
  state: ['state'],
  end: ['end_date', 'end'],
  operator: ['operator', 'operator_name'],
};

/** Reads either form, told apart by the first character. */
export function readRuns(text: string): ReadRuns {
  const body = text.replace(/^\uFEFF/, '').trim();
  if (body === '') return { ok: false, reason: 'it is empty' };
  return /^[[{]/.test(body) ? fromJson(body) : fromCsv(body);
}

function fromJson(text: string): ReadRuns {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'it is no JSON' };
  }
  const list = Array.isArray(value) ? value : (value as { task_instances?: unknown }).task_instances;
  if (!Array.isArray(list)) return { ok: false, reason: 'it has no list `task_instances`' };
  const runs: TaskRun[] = [];
  for (const [index, one] of list.entries()) {
    const row = typeof one === 'object' && one !== null ? (one as Record<string, unknown>) : {};
    const run = runOf((name) => (typeof row[name] === 'string' ? (row[name] as string) : null));
    if (typeof run === 'string') return { ok: false, reason: `entry ${index + 1} ${run}` };
    runs.push(run);
  }
  return { ok: true, runs };
}

function fromCsv(text: string): ReadRuns {
  const [head = [], ...rows] = rowsOf(text);
  const columns = new Map(head.map((name, index) => [name.trim().toLowerCase(), index]));
  const missing = (['dag', 'task', 'state'] as const).find((one) => !names[one].some((name) => columns.has(name)));
  if (missing !== undefined) return { ok: false, reason: `its first line names no column ${names[missing][0]}` };
  const runs: TaskRun[] = [];
  for (const [index, row] of rows.entries()) {
    const run = runOf((name) => row[columns.get(name) ?? -1] || null);
    if (typeof run === 'string') return { ok: false, reason: `row ${index + 2} ${run}` };
    runs.push(run);
  }
  return { ok: true, runs };
}

/** The run, or what is wrong with it. */
function runOf(read: (name: string) => string | null): TaskRun | string {
  const member = (one: keyof TaskRun): string | null => names[one].map(read).find((value) => value !== null) ?? null;
  const [dag, task, end] = [member('dag'), member('task'), member('end')];
  if (dag === null || task === null) return 'has no dag_id or no task_id';
  const time = end === null || /^(?:none|null)$/i.test(end) ? null : Date.parse(end.replace(' ', 'T'));
  if (time !== null && Number.isNaN(time)) return `has an end_date that is no time: ${end}`;
  return {
    dag,
    task,
    state: member('state'),
    end: time === null ? null : new Date(time).toISOString(),
    operator: member('operator'),
  };
}

/** RFC 4180: fields in quotes may hold commas, lines and doubled quotes. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r\n|\n|\r|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '') break;
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.some((field) => field !== ''));
}
