import ignore from 'ignore';
import { RE2JS } from 're2js';

/** What one ignore file says about paths; `null` where it says nothing. */
export interface IgnoreRules {
  decide(path: string, isFolder: boolean): boolean | null;
}

export type AirflowIgnoreSyntax = 'regexp' | 'glob';

/** `.airflowignore` holds regular expressions before Airflow 3 and globs since. Unknown version: the older dialect. */
export function airflowIgnoreSyntax(override: AirflowIgnoreSyntax | null, airflow: string | null): AirflowIgnoreSyntax {
  if (override !== null) return override;
  return Number.parseInt(airflow ?? '2', 10) >= 3 ? 'glob' : 'regexp';
}

/** Rules of a `.gitignore` in `folder` (`''` for the top). Case counts, as it does for git on the systems that run Airflow. */
export function gitIgnoreRules(text: string, folder: string): IgnoreRules {
  const rules = ignore({ ignorecase: false }).add(text.replace(/^\uFEFF/, ''));
  const prefix = folder === '' ? '' : `${folder}/`;
  return {
    decide(path, isFolder) {
      if (!path.startsWith(prefix)) return null;
      const answer = rules.test(path.slice(prefix.length) + (isFolder ? '/' : ''));
      return answer.ignored ? true : answer.unignored ? false : null;
    },
  };
}

/**
 * Rules of an `.airflowignore` in `folder`. Globs are relative to that folder; regular expressions are searched in the
 * path relative to the DAGs folder, wherever the file lies, and one that RE2 rejects is passed over, as Airflow does.
 */
export function airflowIgnoreRules(
  text: string,
  folder: string,
  dagsFolder: string,
  syntax: AirflowIgnoreSyntax,
): IgnoreRules {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/\s*#.*/, ''))
    .filter((line) => line !== '');
  if (syntax === 'glob') return gitIgnoreRules(lines.join('\n'), folder);
  const expressions = lines.flatMap(compiled);
  const prefix = dagsFolder === '' ? '' : `${dagsFolder}/`;
  return {
    decide(path) {
      if (!path.startsWith(prefix)) return null;
      const inside = path.slice(prefix.length);
      return expressions.some((expression) => expression.matcher(inside).find()) ? true : null;
    },
  };
}

function compiled(line: string): RE2JS[] {
  try {
    return [RE2JS.compile(line)];
  } catch {
    return [];
  }
}

/** True when the innermost file that says anything about a path says that it is ignored. */
export function isIgnored(chain: readonly IgnoreRules[], path: string, isFolder: boolean): boolean {
  for (let index = chain.length - 1; index >= 0; index -= 1) {
    const answer = chain[index]?.decide(path, isFolder) ?? null;
    if (answer !== null) return answer;
  }
  return false;
}
