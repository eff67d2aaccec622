/** CSV, JSON lines, SARIF, JUnit, GitHub's annotations and text: valid for their readers, whatever users write. */
import { readFileSync } from 'node:fs';
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv, type ValidateFunction } from 'ajv';
import * as formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { Report } from '../../src/model.ts';
import { renderCsv, renderGithub, renderJsonl, renderJunit, renderSarif, renderText } from '../../src/report/index.ts';
import { fullReport } from './full-report.ts';
import { anyKind, finding, loss, report, sensor, task } from './sample.ts';

/** What a name, a value or a sentence may hold to break out of a format. */
const hostile = [
  '"><script>alert(1)</script>',
  ']]></failure><!--',
  '&amp; &#0; \u0000 \u001b[31m',
  'a\r\n::error::pwned\n##[command]x',
  '=HYPERLINK("http://x";"y")',
  '\t=1+1, "two"; three',
  '100%25, a:b,c::d',
  '[a](http://x) \ud800 \uffff \u202e \u2028',
];
const hostileReport: Report = report({
  tasks: hostile.map((text, index) =>
    task({
      file: `dags/${text}.py`,
      dagId: text,
      taskId: text,
      line: index + 1,
      verdict: 'review',
      connection: text,
      losses: [loss({ path: text })],
      findings: [finding({ file: `dags/${text}.py`, line: index + 1, message: text })],
    }),
  ),
  files: hostile.map((text) => ({ file: `left/${text}.py`, tasks: 0, skipped: text })),
  findings: [finding({ code: 'target-assumed', file: '.', message: hostile.join(' ') })],
});
const reports: readonly [string, Report][] = [
  ['an empty report', report()],
  ['one of everything', fullReport],
  ['hostile text', hostileReport],
];

describe('SARIF', () => {
  const isValid: ValidateFunction = (() => {
    const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true });
    formats.default.default(ajv);
    // It says draft 4, of which it uses nothing that draft 7 reads otherwise.
    const { $schema: _, id: __, ...schema } = sarifSchema;
    return ajv.compile(schema);
  })();
  const read = (subject: Report, prefix = '', baseline: ReadonlySet<string> | null = null) =>
    JSON.parse(renderSarif(subject, { prefix, baseline }, anyKind));

  test.each(reports)('%s keeps to the schema', (_, subject) => {
    expect(isValid(read(subject)), JSON.stringify(isValid.errors)).toBe(true);
  });

  test('the schema is looked at: it refuses a wrong level', () => {
    const log = read(fullReport);
    log.runs[0].results[0].level = 'fatal';
    expect(isValid(log)).toBe(false);
  });

  test('every result has its rule with help, its place and what it is about', () => {
    const [run] = read(fullReport, 'team/airflow/').runs;
    expect(run.results).toHaveLength(5);
    for (const result of run.results) {
      const rule = run.tool.driver.rules[result.ruleIndex];
      expect(rule).toMatchObject({ id: result.ruleId, help: { text: expect.stringContaining('Remedy of') } });
      expect(result.locations[0].physicalLocation.artifactLocation.uri).toMatch(/^team\/airflow\//);
    }
    expect(run.results[1]).toMatchObject({
      ruleId: 'sensor-unpaired',
      level: 'warning',
      locations: [
        {
          physicalLocation: { region: { startLine: 20, startColumn: 5 } },
          logicalLocations: [{ fullyQualifiedName: 'dags/pi.py#spark_pi.monitor' }],
        },
      ],
    });
  });

  test('what has no place is a notification, and what the source ignores is suppressed', () => {
    const [run] = read(
      report({
        tasks: [task({ status: 'ignored', findings: [finding()] })],
        findings: [finding({ code: 'unused-accept', file: '.' })],
        files: [{ file: 'dags/ä b.py', tasks: 0, skipped: 'unreadable' }],
      }),
    ).runs;
    expect(run.results).toMatchObject([{ suppressions: [{ kind: 'inSource' }] }]);
    expect(run.invocations[0]).toMatchObject({
      toolConfigurationNotifications: [{ associatedRule: { id: 'unused-accept' } }],
      toolExecutionNotifications: [
        { locations: [{ physicalLocation: { artifactLocation: { uri: 'dags/%C3%A4%20b.py' } } }] },
      ],
    });
  });

  test('fingerprints survive moves of lines and other words, and tell findings apart', () => {
    const prints = (shift: number, message: string): string[] =>
      read(
        report({
          tasks: [
            task({ findings: [finding({ line: 1 + shift, message }), finding({ line: 2 + shift, message })] }),
            task({ taskId: 'other', findings: [finding({ line: 3 + shift })] }),
          ],
        }),
      ).runs[0].results.map((result: { partialFingerprints: object }) => Object.values(result.partialFingerprints)[0]);
    const before = prints(0, 'a');
    expect(prints(40, 'b')).toEqual(before);
    expect(new Set(before).size).toBe(3);
  });
});

describe('JUnit', () => {
  const schema = readFileSync(new URL('./junit.xsd', import.meta.url), 'utf8');
  const problems = async (xml: string) =>
    (await validateXML({ xml: [{ fileName: 'junit.xml', contents: xml }], schema: [schema] })).errors.map(
      ({ message }) => message,
    );

  test.each(reports)('%s keeps to the schema', async (_, subject) => {
    expect(await problems(renderJunit(subject, { baseline: null }))).toEqual([]);
  });

  test('the schema is looked at: it refuses another element and a count that is none', async () => {
    const xml = renderJunit(fullReport, { baseline: null });
    expect(await problems(xml.replaceAll('failure', 'mishap'))).not.toEqual([]);
    expect(await problems(xml.replace('tests="', 'tests="x'))).not.toEqual([]);
  });

  test('a case a task: migrated passes, ignored is skipped, legacy fails, a file left out is an error', () => {
    const xml = renderJunit(fullReport, { baseline: null });
    expect(xml).toContain('<testsuites name="bpg-migrate" tests="6" failures="3" errors="1">');
    expect(xml).toContain('<testcase classname="dags/pi.py" name="spark_pi.done"/>');
    expect(xml).toMatch(/name="spark_pi\.left">\n\s+<skipped /);
    expect(xml).toMatch(/name="spark_pi\.\?">\n\s+<failure type="manual" [^>]*>[^<]*payload-runtime/);
    expect(xml).toMatch(/<error type="left-out" message="larger than 1 MB"\/>/);
  });
});

describe('CSV', () => {
  /** As RFC 4180 says, written apart from the renderer. */
  function cells(csv: string): string[][] {
    const rows: string[][] = [[]];
    for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
      if (end === '') break;
      rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
      if (end === '\r\n') rows.push([]);
    }
    return rows.slice(0, -1);
  }

  test.each(reports)('%s: a row a task under the header, all of one width', (_, subject) => {
    const rows = cells(renderCsv(subject));
    expect(rows).toHaveLength(subject.tasks.length + 1);
    expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([25]));
  });

  test('no cell is a formula, and no line breaks inside of one', () => {
    const csv = renderCsv(hostileReport);
    for (const cell of cells(csv).flat()) expect(cell).not.toMatch(/^\s*[=+\-@]|[\r\n\t]/);
    expect(csv).toContain('\'=HYPERLINK(""http');
  });

  test('says state, reasons and losses', () => {
    const [head = [], ...rows] = cells(renderCsv(fullReport));
    const row = Object.fromEntries(
      head.map((name, index) => [name, rows.find(([id]) => id?.startsWith('dags/score'))?.[index]]),
    );
    expect(row).toMatchObject({
      state: 'review',
      queue: 'poc',
      codes: 'retry-resubmits; told-core-limit',
      reasons: 'retry-resubmits: A retry submits the job again.',
      losses: 'lost driver.tolerations; moved driver.nodeSelector',
    });
  });
});

describe('JSON lines', () => {
  test.each(reports)('%s: each line is an object with an event, the totals last', (_, subject) => {
    const lines = renderJsonl(subject).split(/\r\n|[\n\r\u0085\u2028\u2029]/);
    expect(lines.pop()).toBe('');
    const events = lines.map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({ event: 'start', schemaVersion: 1 });
    expect(events.at(-1)).toEqual({ event: 'summary', ...subject.summary });
    expect(events.filter(({ event }) => event === 'task')).toHaveLength(subject.tasks.length);
  });

  test('a finding says what it is about, once', () => {
    const both = finding({ code: 'sensor-removed' });
    const events = renderJsonl(
      report({ tasks: [task({ findings: [both] })], sensors: [sensor({ findings: [both] })] }),
    );
    expect(events.match(/"event":"finding".*/g)).toEqual([
      expect.stringContaining('"subject":"dags/pi.py#spark_pi.monitor","code":"sensor-removed"'),
    ]);
  });
});

describe('annotations for GitHub', () => {
  const lines = (subject: Report, prefix = '', baseline: ReadonlySet<string> | null = null) =>
    renderGithub(subject, { prefix, baseline }, anyKind).trimEnd().split('\n');

  test('errors, then warnings, at their places from the top of the repository, then the totals', () => {
    expect(lines(fullReport, 'team/airflow/')).toEqual([
      expect.stringMatching(/^::error file=team\/airflow\/dags\/pi\.py,line=30,col=5,title=payload-runtime%3A Title/),
      ...Array.from({ length: 4 }, () => expect.stringMatching(/^::warning /)),
      '::notice title=bpg-migrate::3 legacy tasks (1 safe, 1 review, 1 manual), 1 migrated, 1 ignored; 1 note not shown here',
    ]);
  });

  test('no text opens a command of its own', () => {
    const shown = lines(hostileReport);
    for (const line of shown) expect(line).toMatch(/^::(?:error|warning|notice)(?: [^:]*)?::/);
    expect(shown.join('\n')).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(shown.join('\n')).toContain('100%2525');
  });

  test('ten of a type at most, the last of which sums up the rest', () => {
    const many = (count: number) =>
      lines(
        report({
          tasks: [task({ findings: Array.from({ length: count }, (_, line) => finding({ line: line + 1 })) })],
        }),
      );
    expect(many(10).filter((line) => line.startsWith('::warning'))).toHaveLength(10);
    expect(many(10).join()).not.toContain('more, of which');
    const shown = many(25).filter((line) => line.startsWith('::warning'));
    expect(shown).toHaveLength(10);
    expect(shown.at(-1)).toContain('::16 more, of which GitHub would show none: 16 retry-resubmits.');
  });

  test('what the source ignores is not annotated', () => {
    expect(lines(report({ tasks: [task({ status: 'ignored', findings: [finding()] })] }))).toHaveLength(1);
  });
});

describe('text', () => {
  test('a line for each finding, task and file left out, then the totals', () => {
    const lines = renderText(fullReport).trimEnd().split('\n');
    expect(lines).toContain(
      'dags/pi.py:30:5: error payload-runtime The document is build(name). [dags/pi.py#spark_pi.?]',
    );
    expect(lines).toContain('dags/pi.py:50:5: ignored dags/pi.py#spark_pi.left');
    expect(lines).toContain('dags/huge.py: left out: larger than 1 MB');
    expect(lines.at(-1)).toBe('3 legacy tasks (1 safe, 1 review, 1 manual), 1 migrated, 1 ignored, 1 file left out');
  });

  test('nothing in it moves a terminal or breaks a line', () => {
    const text = renderText(hostileReport);
    expect(text.trimEnd().split('\n')).toHaveLength(8 + 8 + 8 + 2);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });
});

test('the order of a report makes no difference', () => {
  const turned = {
    ...fullReport,
    tasks: fullReport.tasks.toReversed(),
    sensors: fullReport.sensors.toReversed(),
    files: fullReport.files.toReversed(),
    connections: fullReport.connections.toReversed(),
  };
  for (const render of [renderCsv, renderJsonl, renderText]) expect(render(turned)).toBe(render(fullReport));
  expect(renderJunit(turned, { baseline: null })).toBe(renderJunit(fullReport, { baseline: null }));
  expect(renderSarif(turned, { prefix: '', baseline: null }, anyKind)).toBe(
    renderSarif(fullReport, { prefix: '', baseline: null }, anyKind),
  );
  expect(renderGithub(turned, { prefix: '', baseline: null }, anyKind)).toBe(
    renderGithub(fullReport, { prefix: '', baseline: null }, anyKind),
  );
});
