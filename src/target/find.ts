/** The target operator: read from its source where that can be found, else a built-in profile. */
import { posix } from 'node:path';
import type { Finding, OperatorSource, Options, TargetOperator } from '../model.ts';
import type { ProjectFile } from '../parser/project-files.ts';
import type { Python } from '../parser/syntax.ts';
import { inspectOperator, type ReadModule } from './inspect.ts';
import { profiledOperator, splitName } from './profiles.ts';

export interface FoundTarget {
  readonly target: TargetOperator;
  readonly findings: readonly Finding[];
}

/**
 * `target.operatorSource` first; else the module of `target.operator` in plugins, source roots and DAGs, then where the
 * environment that was asked has it (`installed`); else `target.profile`; else the published one is assumed.
 */
export function findTarget(
  options: Options,
  python: Python,
  read: (path: string) => ProjectFile,
  installed: ReadModule = () => null,
): FoundTarget {
  const { operator, operatorSource, profile } = options.target;
  const { module, className } = splitName(operator);
  const place = { file: options.configFile ?? '.', line: 1, column: 1 };
  const instead: TargetOperator = profiledOperator(operator, profile);
  const unreadable = (path: string, reason: string): FoundTarget => {
    const args = { path, reason, assumed: profile ?? 'published' };
    return { target: instead, findings: [{ code: 'operator-source-unreadable', place, args }] };
  };
  const inProject = projectModules(options, read);
  const readModule: ReadModule = (name) => inProject(name) ?? installed(name);
  const found = whereItIs(operatorSource, module, read, inProject, installed);
  if (found === null) return { target: instead, findings: [] };
  if (!found.ok) return unreadable(found.source.path, found.reason);
  const inspected = inspectOperator(python, found.source.path, found.text, className, readModule);
  if (!inspected.ok) return unreadable(found.source.path, inspected.reason);
  const target = { ...inspected.operator, module, className, source: found.source };
  const { path, found: how } = found.source;
  const code = how === 'configured' ? null : profile === null ? 'target-found' : 'profile-not-used';
  return { target, findings: code === null ? [] : [{ code, place, args: { path, profile: profile ?? '' } }] };
}

type Found =
  | { readonly ok: true; readonly source: OperatorSource; readonly text: string }
  | { readonly ok: false; readonly source: OperatorSource; readonly reason: string };

function whereItIs(
  operatorSource: string | null,
  module: string,
  read: (path: string) => ProjectFile,
  inProject: ReadModule,
  installed: ReadModule,
): Found | null {
  if (operatorSource !== null) {
    const source: OperatorSource = { path: operatorSource, found: 'configured' };
    const file = read(operatorSource);
    return file.ok ? { ok: true, source, text: file.text } : { ok: false, source, reason: file.reason };
  }
  const own = inProject(module);
  if (own !== null) return { ok: true, source: { path: own.path, found: 'project' }, text: own.text };
  const theirs = installed(module);
  return theirs === null ? null : { ok: true, source: { path: theirs.path, found: 'environment' }, text: theirs.text };
}

/** Modules as Airflow finds them: in plugins, DAGs and the source roots, beside the configured source, from the root. */
function projectModules({ source, target, paths }: Options, read: (path: string) => ProjectFile): ReadModule {
  const beside = target.operatorSource === null ? [] : [posix.dirname(target.operatorSource)];
  const roots = [...new Set([...beside, 'plugins', ...source.sourceRoots, 'dags', ...paths, '.'])];
  return (module) => {
    const way = module.replaceAll('.', '/');
    for (const root of roots)
      for (const name of [`${way}.py`, `${way}/__init__.py`]) {
        const path = posix.join(root, name);
        const file = read(path);
        if (file.ok) return { path, text: file.text };
      }
    return null;
  };
}
