/** Many decisions as one: what stands on a DAG or a team. */
import type { Verdict } from '../model.ts';
import { type Decisions, standingOf } from './decisions.ts';
import type { Candidate } from './filter.ts';

export interface Tally {
  readonly tasks: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly skipped: number;
  /** Those that can be decided and are not. */
  readonly undecided: number;
  /** Of these, those that were decided before their change became another. */
  readonly changed: number;
  /** Tasks that have no change: nothing to decide. */
  readonly undecidable: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
}

/** What stands on a parent: the decision that all below it share, else that it is mixed; `none`: nothing to decide. */
export type TriState = 'accepted' | 'rejected' | 'skipped' | 'undecided' | 'mixed' | 'none';

export function tallyOf(candidates: readonly Candidate[], decisions: Decisions): Tally {
  const counts = { accepted: 0, rejected: 0, skipped: 0, undecided: 0, changed: 0, undecidable: 0 };
  const verdicts = { safe: 0, review: 0, manual: 0 };
  for (const { entry } of candidates) {
    if (entry.verdict !== null) verdicts[entry.verdict]++;
    if (entry.change === null) {
      counts.undecidable++;
      continue;
    }
    const { decision, changedSince } = standingOf(entry, decisions);
    counts[decision ?? 'undecided']++;
    if (changedSince !== null) counts.changed++;
  }
  return { tasks: candidates.length, ...counts, verdicts };
}

export function triStateOf(tally: Tally): TriState {
  const states = (['accepted', 'rejected', 'skipped', 'undecided'] as const).filter((state) => tally[state] > 0);
  return states.length > 1 ? 'mixed' : (states[0] ?? 'none');
}
