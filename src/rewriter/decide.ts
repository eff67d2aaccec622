/** The verdict of a task: the worst of its findings', with what the configuration demotes. */
import { kindOf } from '../findings/catalogue.ts';
import type { Finding, Options, PromisedDifference, Verdict } from '../model.ts';

const ranks: readonly Verdict[] = ['safe', 'review', 'manual'];

export function verdictOf(findings: readonly Finding[], options: Options): Verdict {
  const worst = Math.max(0, ...findings.map(({ code }) => ranks.indexOf(findingVerdict(code, options))));
  return ranks[worst] ?? 'manual';
}

/** `strict` demotes a promised difference to `review`. */
export function findingVerdict(code: string, options: Options): Verdict {
  const { verdict, promised } = kindOf(code);
  return verdict === 'safe' && promised !== undefined && options.strict.includes(promised) ? 'review' : verdict;
}

/** Differences that every migrated task shows, whether or not a finding says so. */
const always: readonly PromisedDifference[] = ['gateway-decides', 'log-and-xcom', 'waits', 'time-limit'];

/** Those of `always` that `strict` names and no finding of the task stands for. */
export function unsaidDifferences(findings: readonly Finding[], options: Options): readonly PromisedDifference[] {
  const said = new Set(findings.map(({ code }) => kindOf(code).promised));
  return always.filter((name) => options.strict.includes(name) && !said.has(name));
}
