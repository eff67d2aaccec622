/** What `verify` says: a comparison, and what was compared. Text for a terminal, JSON for programs. */
import type { Json } from '../model.ts';
import type { Comparison } from './compare.ts';
import type { Difference } from './difference.ts';

/**
 * The document of `verify --format json`: this, sorted as `Comparison` says, with `"schemaVersion": 1` first.
 *
 *     { "schemaVersion": 1, "tool": { "name": "bpg-migrate", "version": "…" },
 *       "airflow": "2.10.3", "provider": "9.0.1", "python": "3.11.7",
 *       "mode": "applied",                       // applied: a commit and the work tree; planned: the work tree and a plan
 *       "before": "HEAD", "after": "the work tree",
 *       "summary": { "dags": 0, "tasks": 0, "migrated": 0, "legacy": 0, "requests": 0,
 *                    "explained": 0, "unexplained": 0, "notCompared": 0 },
 *       "differences": [{ "kind": "edge-lost", "explained": false, "file": "dags/a.py", "dagId": "a", "taskId": "t",
 *                         "subject": "s >> t", "before": "s >> t", "after": null, "message": "…", "remedy": "…" }],
 *       "notCompared": [{ "file": "…", "dagId": "…", "taskId": "…", "reason": "…" }] }
 */
export interface Verification extends Comparison {
  readonly tool: { readonly name: 'bpg-migrate'; readonly version: string };
  readonly airflow: string;
  readonly provider: string | null;
  readonly python: string;
  readonly mode: 'applied' | 'planned';
  /** What the sides are, in words. */
  readonly before: string;
  readonly after: string;
}

/** The verification as JSON, indented by two. */
export function renderVerificationJson(verification: Verification): string {
  const { tool, airflow, provider, python, mode, before, after, summary, differences, notCompared } = verification;
  const told = differences.map((one) => ({ ...one, before: masked(one, one.before), after: masked(one, one.after) }));
  const document = { schemaVersion: 1, tool, airflow, provider, python, mode, before, after, summary };
  return `${JSON.stringify({ ...document, differences: told, notCompared }, null, 2)}\n`;
}

export interface TextOptions {
  readonly color: boolean;
  /** Also each explained difference; else their number only. */
  readonly verbose: boolean;
}

/** Text for a terminal; ends with one line that says how it went. */
export function renderVerificationText(verification: Verification, options: TextOptions): string {
  const { airflow, provider, python, before, after, summary, differences, notCompared } = verification;
  const paint = painter(options.color);
  const lines = [
    `Airflow ${airflow}, Kubernetes provider ${provider ?? 'none'}, Python ${python}`,
    `before: ${before}`,
    `after:  ${after}`,
  ];
  const told = differences.filter((one) => !one.explained || options.verbose);
  let place = '';
  for (const one of told) {
    const own = [one.file, one.dagId].filter((part) => part !== null).join('  ');
    if (own !== place) lines.push('', paint.bold(own));
    place = own;
    lines.push(...linesOf(one, paint));
  }
  if (notCompared.length > 0) lines.push('', paint.bold('not compared'));
  for (const { file, dagId, taskId, reason } of notCompared)
    lines.push(`  ? ${[file, dagId, taskId].filter((part) => part !== null).join('  ')}: ${reason}`);
  lines.push('', ...closing(summary, paint));
  return `${lines.join('\n')}\n`;
}

function linesOf(one: Difference, paint: Paint): string[] {
  const mark = one.explained ? paint.dim('·') : paint.red('✗');
  const head = `  ${mark} ${one.taskId === null ? '' : `${one.taskId}: `}${one.message} ${paint.dim(`(${one.kind})`)}`;
  if (one.explained) return [head];
  const values = [
    ...(one.before === null ? [] : [`      was ${brief(masked(one, one.before))}`]),
    ...(one.after === null ? [] : [`      is  ${brief(masked(one, one.after))}`]),
  ];
  return [head, ...values, ...(one.remedy === null ? [] : [paint.dim(`      → ${one.remedy}`)])];
}

function closing(summary: Comparison['summary'], paint: Paint): string[] {
  const { dags, tasks, migrated, legacy, requests, explained, unexplained, notCompared } = summary;
  const verdict =
    unexplained === 0
      ? paint.green('every difference is explained by the migration')
      : paint.red(`${count(unexplained, 'difference')} that the migration does not explain`);
  return [
    `${count(dags, 'DAG')}, ${count(tasks, 'task')}: ${migrated} migrated (${count(requests, 'request')} equal to the translation), ${legacy} still on the Spark operator`,
    `${verdict}; ${explained} explained, ${notCompared} not compared`,
  ];
}

/** Texts of a terminal stay short; the JSON has all of them. */
const longest = 160;

function brief(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const line = text
    .split('\n')
    .map((one) => one.trim())
    .join(' ⏎ ');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** A value whose name says that it is a secret is not shown. */
function masked({ subject }: Difference, value: Json): Json {
  if (value === null || subject === null) return value;
  return /pass(?:word|wd)?\b|token|secret|credential|api_?key/i.test(subject) ? '(masked)' : value;
}

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
}

function painter(color: boolean): Paint {
  const with_ =
    (code: number, end: number) =>
    (text: string): string =>
      color ? `\u001b[${code}m${text}\u001b[${end}m` : text;
  return { bold: with_(1, 22), dim: with_(2, 22), red: with_(31, 39), green: with_(32, 39) };
}
