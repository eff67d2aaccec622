/**
 * Every code that a finding can have: its verdict, its sentences, its remedy. Reporters, `explain` and the documentation
 * read this and nothing else; the core knows codes only.
 */
import type { Finding, FindingArguments, FindingKind, Severity } from '../model.ts';
import { documentFindings } from './document.ts';
import { projectFindings } from './project.ts';
import { sensorFindings } from './sensor.ts';
import { switchFindings } from './switch.ts';
import { taskFindings } from './task.ts';

export const catalogue: Readonly<Record<string, FindingKind>> = {
  ...projectFindings,
  ...taskFindings,
  ...documentFindings,
  ...sensorFindings,
  ...switchFindings,
};

/** The kind of a code. An unknown code is a fault of ours, so it throws. */
export function kindOf(code: string): FindingKind {
  const kind = catalogue[code];
  if (kind === undefined) throw new Error(`the finding code '${code}' is not in the catalogue`);
  return kind;
}

/** The sentence of a finding, its arguments filled in. A missing argument is a fault of ours, so it throws. */
export function sentence(code: string, args: FindingArguments): string {
  return kindOf(code).message.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = args[name];
    if (value === undefined) throw new Error(`the finding '${code}' lacks its argument '${name}'`);
    return String(value);
  });
}

/** Whether a migrated task with this finding may behave otherwise than before: only `safe` without a promised difference does not. */
export function changesBehaviour({ verdict, promised }: Pick<FindingKind, 'verdict' | 'promised'>): boolean {
  return verdict === 'review' || (verdict === 'safe' && promised !== undefined);
}

/** The severity that a code has unless the configuration says otherwise. */
export function defaultSeverity(finding: Pick<Finding, 'code'>): Severity {
  const { verdict } = kindOf(finding.code);
  return verdict === 'safe' ? 'info' : verdict === 'review' ? 'warning' : 'error';
}
