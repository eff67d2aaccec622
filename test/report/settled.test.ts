/** The formats that CI acts on: what a baseline says is no news. */
import { describe, expect, test } from 'vitest';
import { renderGithub, renderJunit, renderSarif } from '../../src/report/index.ts';
import { anyKind, finding, report, task } from './sample.ts';

describe('what the baseline knows', () => {
  const shared = finding({ code: 'field-lost', file: 'dags/pi.yaml', line: 3 });
  const subject = report({
    tasks: [
      task({ findings: [finding(), shared] }),
      task({ taskId: 'fresh', line: 40, findings: [finding({ line: 40 }), shared] }),
    ],
  });
  const baseline = new Set(['dags/pi.py#spark_pi.submit']);

  test('is skipped by JUnit, unchanged in SARIF and not annotated; what concerns a new task too is new', () => {
    const xml = renderJunit(subject, { baseline });
    expect(xml).toContain('tests="2" failures="1" errors="0" skipped="1"');
    expect(xml).toMatch(/name="spark_pi\.submit">\n\s+<skipped message="in the baseline"\/>/);
    const sarif = JSON.parse(renderSarif(subject, { prefix: '', baseline }, anyKind));
    expect(
      sarif.runs[0].results.map(({ ruleId, baselineState }: Record<string, string>) => [ruleId, baselineState]),
    ).toEqual([
      ['retry-resubmits', 'unchanged'],
      ['retry-resubmits', 'new'],
      ['field-lost', 'new'],
    ]);
    const lines = renderGithub(subject, { prefix: '', baseline }, anyKind).trimEnd().split('\n');
    expect(lines).toEqual([
      expect.stringContaining('line=40'),
      expect.stringContaining('file=dags/pi.yaml'),
      expect.stringContaining('2 legacy tasks (2 safe, 0 review, 0 manual), 1 of them in the baseline'),
    ]);
  });

  test('is told in full where there is none', () => {
    expect(JSON.stringify(renderSarif(subject, { prefix: '', baseline: null }, anyKind))).not.toContain(
      'baselineState',
    );
    expect(renderGithub(subject, { prefix: '', baseline: null }, anyKind).split('\n')).toHaveLength(5);
  });
});
