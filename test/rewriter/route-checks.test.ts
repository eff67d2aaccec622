import { describe, expect, it } from 'vitest';
import { type ConfigurationProblem, type FindingEntry, loadOptions } from '../../src/index.ts';
import { planFolder, withProject } from '../migration/project.ts';

/** Findings about the routes, and whether an isolation is broken, of a project without a task. */
async function checked(routes: string): Promise<{ findings: readonly FindingEntry[]; isolationBroken: boolean }> {
  return withProject({ 'dags/a.py': '', 'bpg-migrate.yaml': `version: 1\n${routes}` }, async (folder) => {
    const loaded = loadOptions({ cwd: folder });
    const problems: readonly ConfigurationProblem[] = loaded.ok ? [] : loaded.problems;
    expect(problems).toEqual([]);
    const { report, isolationBroken } = await planFolder(folder);
    return { findings: report.findings.filter(({ code }) => code.startsWith('route-')), isolationBroken };
  });
}
const routing = (...rules: readonly string[]): string => `routing:\n${rules.map((rule) => `  - {${rule}}\n`).join('')}`;
const isolation = 'isolation: [{match: {namespace: "phi-*"}, queues: ["phi-*"]}]\n';

describe('routes', () => {
  it('that nothing reaches are told at their line, with what they would have given', async () => {
    const rules = routing(
      'connection: "emr_*", queue: a',
      'connection: emr_x, queue: b',
      'connection: emr_y, queue: a',
    );
    const { findings, isolationBroken } = await checked(rules);
    expect(findings.map(({ code, line, column }) => [code, line, column])).toEqual([
      ['route-unreachable', 4, 5],
      ['route-unreachable', 5, 5],
    ]);
    expect(findings[0]?.message).toContain('route 1 matches all that it could, and gives a instead of b');
    expect(findings[1]?.message).toContain('gives the same queue');
    expect(isolationBroken).toBe(false);
  });

  it.each([
    ['connection: a, not-connection: a, queue: q', 'connection'],
    ['dag: sales_eu, not-dag: "sales_*", queue: q', 'dag'],
    ['not-owner: "*", queue: q', 'owner'],
  ])('that contradict themselves are told: %s', async (rule, name) => {
    const { findings } = await checked(routing(rule));
    expect(findings.map(({ code }) => code)).toEqual(['route-never-matches']);
    expect(findings[0]?.message).toContain(`conditions on ${name} exclude each other`);
  });

  it('that lead out of an isolation break it, although no task takes them', async () => {
    const { findings, isolationBroken } = await checked(routing('namespace: phi-lab, queue: shared') + isolation);
    expect(findings).toMatchObject([{ code: 'route-breaks-isolation', severity: 'error', line: 3 }]);
    expect(isolationBroken).toBe(true);
  });

  it.each([
    ['namespace: phi-lab, queue: phi-batch'],
    ['namespace: lab, queue: shared'],
    // which tasks it takes is not known: each of them is asked
    ['connection: emr_phi, queue: shared'],
    ['namespace: "*", queue: shared'],
    ['namespace: phi-lab, queue: '],
    ['dag: "a_*", not-dag: a_1, queue: shared'],
  ])('that may be right are left alone: %s', async (rule) => {
    expect(await checked(routing(rule) + isolation)).toEqual({ findings: [], isolationBroken: false });
  });
});
