/** Annotations of GitHub Actions: workflow commands on stdout, which the runner shows beside the lines of a change. */
import { kindOf } from '../findings/catalogue.ts';
import type { FindingEntry, Report, Severity } from '../model.ts';
import { compareText, groupBy } from './order.ts';
import { type ExchangeOptions, fromTop, hasPlace, toldFindings } from './told.ts';
import { visible } from './visible.ts';
import * as wording from './wording.ts';

/** How many annotations of one type the runner shows a step; the others are dropped without a word. */
const shownPerType = 10;

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * A line for each finding that holds a task back or speaks of the project, errors first, but for those that a comment or
 * the baseline settles; the last of each type sums up
 * what the runner would drop. Notes (info) are only counted, in one notice with the totals.
 */
export function renderGithub(
  report: Report,
  { prefix, baseline }: ExchangeOptions,
  kinds: wording.FindKind = kindOf,
): string {
  const findings = toldFindings(report, baseline)
    .filter(({ settled }) => settled === null)
    .map(({ finding }) => finding);
  const skipped = report.files.flatMap(({ file, skipped: why }): FindingEntry[] =>
    why === null ? [] : [{ code: 'left out', severity: 'warning', message: why, file, line: 1, column: 1 }],
  );
  const lines = (['error', 'warning'] as const).flatMap((severity) => {
    const own = [...findings, ...skipped].filter((finding) => finding.severity === severity);
    const shown = own.length > shownPerType ? own.slice(0, shownPerType - 1) : own;
    const rest = own.slice(shown.length);
    return [
      ...shown.map((finding) => annotation(finding, prefix, finding.code === 'left out' ? null : kinds(finding.code))),
      ...(rest.length === 0 ? [] : [command(severity, {}, restText(rest))]),
    ];
  });
  return `${[...lines, totals(report, findings, baseline)].join('\n')}\n`;
}

function annotation(finding: FindingEntry, prefix: string, kind: { title: string; remedy: string } | null): string {
  const { file, line, column, code, message, severity } = finding;
  const place = hasPlace(finding) ? { file: fromTop(prefix, file), line: String(line), col: String(column) } : {};
  const title = kind === null ? code : `${code}: ${kind.title}`;
  return command(
    severity,
    { ...place, title },
    [message, ...(kind === null ? [] : [kind.remedy])].map(visible).join('\n'),
  );
}

function restText(rest: readonly FindingEntry[]): string {
  const byCode = [...groupBy(rest, ({ code }) => code)].map(([code, own]) => ({ code, count: own.length }));
  const counts = byCode
    .toSorted((left, right) => right.count - left.count || compareText(left.code, right.code))
    .map(({ code, count }) => `${count} ${code}`);
  return `${rest.length} more, of which GitHub would show none: ${counts.join(', ')}. \`bpg-migrate scan\` lists them.`;
}

function totals({ summary }: Report, findings: readonly FindingEntry[], baseline: ExchangeOptions['baseline']): string {
  const notes = findings.filter(({ severity }) => severity === 'info').length;
  const { legacy, migrated, ignored, safe, review, manual } = summary;
  const known = baseline === null ? '' : `${baseline.size} of them in the baseline, `;
  return command(
    'info',
    { title: 'bpg-migrate' },
    `${wording.counted(legacy, 'legacy task')} (${safe} safe, ${review} review, ${manual} manual), ${known}${migrated} migrated, ${ignored} ignored; ${wording.counted(notes, 'note')} not shown here`,
  );
}

function command(severity: Severity, properties: Readonly<Record<string, string>>, message: string): string {
  const given = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(visible(value))}`);
  return `::${commands[severity]}${given.length === 0 ? '' : ` ${given.join(',')}`}::${escapeData(message)}`;
}

/** As the runner's own toolkit writes them. */
const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
