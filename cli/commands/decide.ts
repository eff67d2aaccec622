import {
  type Candidate,
  candidatesOf,
  type Decided,
  type Decision,
  type Decisions,
  matchesFilter,
  parseFilter,
} from '../../src/index.ts';
import { openDecisions, type Saved } from '../decision-store.ts';
import type { Run } from '../description.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Flags } from '../flags.ts';
import { exitCodeOf, planFor, tellPlan } from '../planning.ts';
import type { Session } from '../session.ts';

type Action = Decision | 'reset' | 'undo' | 'redo';

/** `decide`: what the review does, for scripts. Without an action it only lists what would be decided. */
export const run: Run = async (session, words, flags) => {
  const usage = (problem: string): ExitCode => {
    session.warn(`bpg-migrate: ${problem}`);
    return 2;
  };
  const asked = actionOf(flags);
  if (!asked.ok) return usage(asked.reason);
  const { action } = asked;
  const back = action === 'undo' || action === 'redo';
  if (back && words.length > 0) return usage(`--${action} takes the last step, so a change or filter says nothing`);
  if (!back && words.length === 0)
    return usage('decide about what? name a change, a task or a filter, as verdict:safe');
  const planned = await planFor(session, [], flags);
  if (!planned.ok) return 2;
  const opened = openDecisions(planned.options.root);
  if (!opened.ok) return usage(opened.reason);
  const { store } = opened;
  if (back) return tellSaved(session, action, action === 'undo' ? store.undo() : store.redo());

  const candidates = candidatesOf(planned.plan.report.tasks, planned.plan.owners);
  const chosen = choose(candidates, words, planned.decisions);
  if (!chosen.ok) return usage(chosen.reason);
  const decidable = chosen.candidates.filter(({ entry }) => entry.change !== null);
  const rest = chosen.candidates.length - decidable.length;
  if (action === null) {
    for (const { entry } of decidable) session.print(`${entry.decision ?? 'undecided'} ${entry.id} ${entry.change}\n`);
    session.say(`${counted(decidable.length)}, nothing was decided: add --accept, --reject, --skip or --reset`);
  } else {
    const wanted = decidable.map(({ entry: { id, change, verdict } }): [string, Decided | null] => [
      id,
      action === 'reset' || change === null || verdict === null ? null : { change, verdict, decision: action },
    ]);
    const code = tellSaved(session, action, store.decide(new Map(wanted)));
    if (code !== 0) return code;
  }
  if (rest > 0) session.say(`${counted(rest)} without a change: nothing to decide, \`bpg-migrate scan\` says why`);
  tellPlan(session, planned, flags);
  return exitCodeOf(planned, flags);
};

type Asked = { readonly ok: true; readonly action: Action | null } | { readonly ok: false; readonly reason: string };

function actionOf({ accept, reject, skip, reset, undo, redo }: Flags): Asked {
  const given = Object.entries({ accepted: accept, rejected: reject, skipped: skip, reset, undo, redo })
    .filter(([, flag]) => flag === true)
    .map(([name]) => name as Action);
  if (given.length > 1) return { ok: false, reason: 'one action at a time' };
  return { ok: true, action: given[0] ?? null };
}

type Chosen =
  | { readonly ok: true; readonly candidates: readonly Candidate[] }
  | { readonly ok: false; readonly reason: string };

/** A change id or a task id stands for just that; everything else is a filter. */
function choose(candidates: readonly Candidate[], words: readonly string[], decisions: Decisions): Chosen {
  const [word = ''] = words;
  if (words.length === 1) {
    const named = candidates.filter(({ entry }) => entry.change === word || entry.id === word);
    if (named.length > 0) return { ok: true, candidates: named };
    if (/^[0-9a-f]{12}$/.test(word)) return { ok: false, reason: `no legacy task has the change ${word} (any more)` };
  }
  const parsed = parseFilter(words.join(' '));
  if (!parsed.ok) return parsed;
  if (parsed.filter.length === 0) return { ok: false, reason: 'the filter is empty; dag:* is all' };
  return { ok: true, candidates: candidates.filter((one) => matchesFilter(parsed.filter, one, decisions)) };
}

const past: Readonly<Record<Action, string>> = {
  accepted: 'accepted',
  rejected: 'rejected',
  skipped: 'skipped',
  reset: 'undecided',
  undo: 'taken back',
  redo: 'decided again',
};

/** The tasks whose decision changed, one a line with what holds now. */
function tellSaved(session: Session, action: Action, saved: Saved): ExitCode {
  if (!saved.ok) {
    session.warn(`bpg-migrate: ${saved.reason}`);
    return 2;
  }
  for (const { task } of saved.moved) session.print(`${saved.decisions.get(task)?.decision ?? 'undecided'} ${task}\n`);
  session.say(saved.moved.length === 0 ? 'nothing changed' : `${counted(saved.moved.length)} ${past[action]}`);
  return 0;
}

const counted = (number: number): string => `${number} ${number === 1 ? 'task' : 'tasks'}`;
