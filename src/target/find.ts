/** The target operator: read from its source where the configuration names it, else a built-in profile. */
import type { Finding, Options, TargetOperator } from '../model.ts';
import type { ProjectFile } from '../parser/project-files.ts';
import type { Python } from '../parser/syntax.ts';
import { inspectOperator } from './inspect.ts';
import { profiledOperator, splitName } from './profiles.ts';

export interface FoundTarget {
  readonly target: TargetOperator;
  readonly findings: readonly Finding[];
}

export function findTarget(options: Options, python: Python, read: (path: string) => ProjectFile): FoundTarget {
  const { operator, operatorSource, profile } = options.target;
  if (operatorSource === null) return { target: profiledOperator(operator, profile), findings: [] };
  const file = read(operatorSource);
  const inspected = file.ok ? inspectOperator(python, operatorSource, file.text, splitName(operator).className) : null;
  if (inspected?.ok === true) return { target: { ...inspected.operator, ...splitName(operator) }, findings: [] };
  const reason = !file.ok ? file.reason : inspected?.ok === false ? inspected.reason : '';
  const place = { file: options.configFile ?? operatorSource, line: 1, column: 1 };
  const finding = { code: 'operator-source-unreadable', place, args: { path: operatorSource, reason } };
  return { target: profiledOperator(operator, profile), findings: [finding] };
}
