/** SARIF 2.1.0, for code scanning: the findings as results, the catalogue as rules. */
import { createHash } from 'node:crypto';
import { kindOf } from '../findings/catalogue.ts';
import type { FindingEntry, FindingKind, Report, Severity } from '../model.ts';
import { compareText } from './order.ts';
import { type ExchangeOptions, fromTop, hasPlace, type ToldFinding, toldFindings } from './told.ts';
import { visible } from './visible.ts';
import type { FindKind } from './wording.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const verdictLevels: Readonly<Record<FindingKind['verdict'], string>> = {
  manual: 'error',
  review: 'warning',
  safe: 'note',
};

/**
 * One run. Findings about the project as a whole have no line, which code scanning demands of a result, so they are
 * notifications of the run; so are files that were left out. What a comment in the source ignores is suppressed,
 * and where there is a baseline each result says whether it is new.
 */
export function renderSarif(report: Report, { prefix, baseline }: ExchangeOptions, kinds: FindKind = kindOf): string {
  const told = toldFindings(report, baseline);
  const codes = [...new Set(told.map(({ finding }) => finding.code))].sort(compareText);
  const placed = told.filter(({ finding }) => hasPlace(finding));
  const fingerprints = fingerprintsOf(placed);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            version: report.tool.version,
            rules: codes.map((code) => ruleOf(code, kinds(code))),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolConfigurationNotifications: told.flatMap(({ finding }) =>
              hasPlace(finding) ? [] : [notificationOf(finding, codes.indexOf(finding.code))],
            ),
            toolExecutionNotifications: report.files
              .toSorted((left, right) => compareText(left.file, right.file))
              .flatMap(({ file, skipped }) => (skipped === null ? [] : [leftOut(fromTop(prefix, file), skipped)])),
          },
        ],
        results: placed.map((one, index) => ({
          ...resultOf(one, codes, prefix, fingerprints[index] ?? ''),
          ...(baseline === null ? {} : { baselineState: one.settled === 'baseline' ? 'unchanged' : 'new' }),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(code: string, { title, why, remedy, verdict, promised }: FindingKind): object {
  return {
    id: code,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: why },
    help: {
      text: `${why}\n\nWhat to do: ${remedy}`,
      markdown: `${why}\n\n**What to do:** ${remedy}\n\n\`bpg-migrate explain ${code}\` says the same.`,
    },
    defaultConfiguration: { level: verdictLevels[verdict] },
    properties: { verdict, ...(promised === undefined ? {} : { promised }), tags: ['migration', verdict] },
  };
}

function resultOf(
  { finding, subject, settled }: ToldFinding,
  codes: readonly string[],
  prefix: string,
  fingerprint: string,
): object {
  const { code, severity, message, file, line, column } = finding;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: plain(message) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(fromTop(prefix, file)) },
          region: { startLine: line, startColumn: column },
        },
        ...(subject === null ? {} : { logicalLocations: [{ fullyQualifiedName: subject }] }),
      },
    ],
    partialFingerprints: { 'bpgMigrate/v1': fingerprint },
    ...(settled === 'ignored' ? { suppressions: [{ kind: 'inSource' }] } : {}),
  };
}

function notificationOf({ code, severity, message }: FindingEntry, index: number): object {
  return { associatedRule: { id: code, index }, level: levels[severity], message: { text: plain(message) } };
}

function leftOut(file: string, why: string): object {
  return {
    level: 'warning',
    message: { text: plain(`left out: ${why}`) },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) } } }],
  };
}

/**
 * What stays the same when lines move or a sentence is reworded: the code, what it is about, the file, and which of the
 * same kind it is there. As long as a finding keeps it, code scanning takes it for the same alert.
 */
function fingerprintsOf(told: readonly ToldFinding[]): string[] {
  const seen = new Map<string, number>();
  return told.map(({ finding: { code, file }, subject }) => {
    const key = JSON.stringify([code, subject, file]);
    const ordinal = (seen.get(key) ?? 0) + 1;
    seen.set(key, ordinal);
    return createHash('sha256').update(`${key} ${ordinal}`).digest('hex').slice(0, 32);
  });
}

/** Text that is no link, whatever stands in it: viewers make one of `[…](…)`. */
const plain = (text: string): string => visible(text).replaceAll('](', '\\](');

/** A path as a relative URI: its segments percent-encoded; a half of a surrogate pair, which no URI holds, replaced. */
function uriOf(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}
