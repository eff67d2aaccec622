/** JUnit's XML, as Jenkins, GitLab and others show it: a suite a file, a case a task. */
import type { Report, TaskEntry } from '../model.ts';
import { compareText, groupBy, sortFindings, sortTasks, stateOf } from './order.ts';
import type { ExchangeOptions } from './told.ts';
import { visible } from './visible.ts';
import * as wording from './wording.ts';

/**
 * What `apply --check` says, case by case: a migrated task passes, one that is ignored or in the baseline is skipped,
 * another legacy one fails with its verdict and reasons. A file that was left out is an error. No times, so equal reports
 * are equal bytes.
 */
export function renderJunit(report: Report, { baseline }: Pick<ExchangeOptions, 'baseline'>): string {
  const passedOver = (task: TaskEntry): string | null =>
    task.status === 'ignored'
      ? 'ignored by a comment in the source'
      : task.status === 'legacy' && baseline?.has(task.id) === true
        ? 'in the baseline'
        : null;
  const byFile = groupBy(sortTasks(report.tasks), ({ file }) => file);
  const left = new Map(
    report.files.flatMap(({ file, skipped }) => (skipped === null ? [] : [[file, skipped] as const])),
  );
  const suites = [...new Set([...byFile.keys(), ...left.keys()])].sort(compareText).map((file) => {
    const tasks = byFile.get(file) ?? [];
    const why = left.get(file);
    const cases = [
      ...(why === undefined ? [] : [leftOut(file, why)]),
      ...tasks.map((task) => taskCase(task, passedOver(task))),
    ];
    return {
      ...countsOf(tasks, tasks.filter((task) => passedOver(task) !== null).length, why === undefined ? 0 : 1),
      open: `  <testsuite name="${xml(file)}"`,
      body: [...cases, '  </testsuite>'],
    };
  });
  const sum = (name: keyof Counts): number => suites.reduce((total, suite) => total + suite[name], 0);
  const all: Counts = {
    tests: sum('tests'),
    failures: sum('failures'),
    errors: sum('errors'),
    skipped: sum('skipped'),
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    // The root has no `skipped` in the schemas that are about.
    `<testsuites name="bpg-migrate" tests="${all.tests}" failures="${all.failures}" errors="${all.errors}">`,
    ...suites.flatMap(({ open, body, tests, failures, errors, skipped }) => [
      `${open} tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}">`,
      ...body,
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

function countsOf(tasks: readonly TaskEntry[], skipped: number, errors: number): Counts {
  const migrated = tasks.filter(({ status }) => status === 'migrated').length;
  return { tests: tasks.length + errors, failures: tasks.length - migrated - skipped, errors, skipped };
}

function taskCase(task: TaskEntry, passedOver: string | null): string {
  const start = `    <testcase classname="${xml(task.file)}" name="${xml(task.id.slice(task.file.length + 1))}"`;
  if (task.status === 'migrated') return `${start}/>`;
  if (passedOver !== null) return `${start}>\n      <skipped message="${passedOver}"/>\n    </testcase>`;
  const state = stateOf(task);
  const reasons = sortFindings(task.findings).map(
    (finding) => `${wording.placeText(finding)}: ${finding.severity} ${finding.code} ${finding.message}`,
  );
  const message = `${state}: ${wording.stateWords[state].meaning}`;
  const body = [`${wording.placeText(task)}: ${wording.routeText(task)}`, ...reasons].map(xml).join('\n');
  return `${start}>\n      <failure type="${state}" message="${xml(message)}">${body}</failure>\n    </testcase>`;
}

function leftOut(file: string, why: string): string {
  return `    <testcase classname="${xml(file)}" name="(file)">\n      <error type="left-out" message="${xml(why)}"/>\n    </testcase>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text or attribute on one line, without what XML 1.0 can not hold even as an entity. */
function xml(text: string): string {
  return visible(text)
    .replace(/[\ufffe\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}
