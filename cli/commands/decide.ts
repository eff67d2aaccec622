import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type Alternatives,
  type Candidate,
  candidatesOf,
  counted,
  type Decided,
  type Decision,
  type Decisions,
  decidedOn,
  matchesFilter,
  parseFilter,
  secondsFrom,
  type TaskEntry,
} from '../../src/index.ts';
import { chooseAlternatives } from '../choose.ts';
import { openDecisions, type Saved } from '../decision-store.ts';
import type { Run } from '../description.ts';
import { editedDecision, fileMeantBy, whyNotFirst } from '../edit-result.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Flags } from '../flags.ts';
import { exitCodeOf, type Planned, planFor, selectionGiven, tellPlan } from '../planning.ts';
import type { Session } from '../session.ts';
import { reasonOf } from '../write-failure.ts';

type Action = Decision | 'reset' | 'undo' | 'redo';
type Plan = Extract<Planned, { ok: true }>;

/** `decide`: what the review does, for scripts. Without an action it only lists what would be decided. */
export const run: Run = async (session, words, flags) => {
  const usage = (problem: string): ExitCode => {
    session.warn(`bpg-migrate: ${problem}`);
    return 2;
  };
  const asked = askedBy(flags);
  if (!asked.ok) return usage(asked.reason);
  const { action, alternatives } = asked;
  const back = action === 'undo' || action === 'redo';
  if (back && words.length > 0) return usage(`--${action} takes the last step, so a change or filter says nothing`);
  const selection = selectionGiven(flags);
  const bySelection = words.length === 0 && selection !== '';
  if (!back && words.length === 0 && !bySelection)
    return usage('decide about what? name a change, a task or a filter, as verdict:safe, or select by --dag');
  const planned = await planFor(session, [], flags);
  if (!planned.ok) return 2;
  const opened = openDecisions(planned.options.root);
  if (!opened.ok) return usage(opened.reason);
  const { store } = opened;
  if (back) return tellSaved(session, past[action], action === 'undo' ? store.undo() : store.redo());

  const candidates = candidatesOf(planned.plan.report.tasks, planned.plan.owners);
  // The plan holds what the flags select and nothing else.
  const chosen: Choice = bySelection ? { ok: true, candidates } : choose(candidates, words, planned.decisions);
  if (!chosen.ok) return usage(chosen.reason);
  const entries = chosen.candidates.map(({ entry }) => entry);
  const wanted = wantedBy(session, planned, entries, asked, flags);
  if (!wanted.ok) return usage(wanted.reason);
  if (bySelection) session.say(`${counted(entries.length, 'task')}: ${selection}`);
  const isDecided = action !== null || alternatives !== null || flags.edit !== undefined;
  if (!isDecided) {
    list(session, entries);
  } else {
    const code = tellSaved(session, saidOf(asked, flags), store.decide(wanted.decided));
    if (code !== 0) return code;
  }
  const rest = alternatives === null ? entries.filter(({ change }) => change === null).length : 0;
  if (rest > 0)
    session.say(`${counted(rest, 'task')} without a change: nothing to decide, \`bpg-migrate scan\` says why`);
  tellPlan(session, planned, flags);
  return exitCodeOf(planned, flags);
};

type Asked =
  | { readonly ok: true; readonly action: Action | null; readonly alternatives: Alternatives | 'as-planned' | null }
  | { readonly ok: false; readonly reason: string };

function askedBy(flags: Flags): Asked {
  const { accept, reject, skip, reset, undo, redo, sensor, queue, timeout, asPlanned, edit, part } = flags;
  const no = (reason: string): Asked => ({ ok: false, reason });
  const given = Object.entries({ accepted: accept, rejected: reject, skipped: skip, reset, undo, redo })
    .filter(([, flag]) => flag === true)
    .map(([name]) => name as Action);
  if (given.length > 1) return no('one action at a time');
  const action = given[0] ?? null;
  const seconds = timeout === undefined ? undefined : secondsFrom(timeout);
  if (seconds === null) return no(`--timeout ${timeout} is no time; write 90m, 2h, 1h30m or seconds`);
  const chosen: Alternatives = {
    ...(sensor === undefined ? {} : { sensor }),
    ...(queue === undefined ? {} : { queue }),
    ...(seconds === undefined ? {} : { timeout: seconds }),
  };
  const chooses = Object.keys(chosen).length > 0;
  if (asPlanned === true && chooses) return no('--as-planned takes back what --sensor, --queue and --timeout choose');
  if (edit !== undefined && (chooses || asPlanned === true))
    return no('--edit is of a result; choose --sensor, --queue and --timeout first, they make another one');
  if (part !== undefined && action !== 'accepted') return no('--part says what --accept accepts');
  if (
    (action === 'reset' || action === 'undo' || action === 'redo') &&
    (chooses || asPlanned === true || edit !== undefined)
  )
    return no(`--${action} goes alone`);
  return { ok: true, action, alternatives: asPlanned === true ? 'as-planned' : chooses ? chosen : null };
}

type Wanted =
  | { readonly ok: true; readonly decided: ReadonlyMap<string, Decided | null> }
  | { readonly ok: false; readonly reason: string };

/** What is to be saved: alternatives and edit first, then the decision on what they make. */
function wantedBy(
  session: Session,
  planned: Plan,
  entries: readonly TaskEntry[],
  { action, alternatives }: Extract<Asked, { ok: true }>,
  flags: Flags,
): Wanted {
  const { made, options } = planned;
  const decided = new Map<string, Decided | null>();
  let { decisions } = planned;
  let subjects = entries;
  const take = (wanted: ReadonlyMap<string, Decided | null>): void => {
    const next = new Map(decisions);
    for (const [id, one] of wanted) {
      decided.set(id, one);
      if (one === null) next.delete(id);
      else next.set(id, one);
    }
    decisions = next;
  };
  if (alternatives !== null) {
    const chosen = chooseAlternatives(made, options, decisions, entries, ({ id }) =>
      alternatives === 'as-planned' ? {} : { ...decisions.get(id)?.alternatives, ...alternatives },
    );
    if (!chosen.ok) return chosen;
    take(chosen.wanted);
    const ids = new Set(entries.map(({ id }) => id));
    subjects = chosen.plan.report.tasks.filter(({ id }) => ids.has(id));
  }
  if (flags.edit !== undefined) {
    const edited = readEdit(session, planned, entries, decisions, flags.edit);
    if (!edited.ok) return edited;
    take(edited.decided);
  }
  if (action === null) return { ok: true, decided };
  for (const entry of subjects) {
    if (action === 'reset') {
      take(new Map([[entry.id, null]]));
      continue;
    }
    if (entry.change === null || action === 'undo' || action === 'redo') continue;
    if (flags.part !== undefined) {
      const why = whyNotFirst(made, entry, (path) => existsSync(join(options.root, path)));
      if (why !== null) return { ok: false, reason: `${entry.id}: ${why}` };
    }
    take(new Map([[entry.id, decidedOn(entry, action, decisions, flags.part)]]));
  }
  return { ok: true, decided };
}

function readEdit(
  session: Session,
  { made }: Plan,
  entries: readonly TaskEntry[],
  decisions: Decisions,
  path: string,
): Wanted {
  const [entry, ...others] = entries;
  if (entry === undefined || others.length > 0)
    return { ok: false, reason: `--edit is of one task, and ${counted(entries.length, 'task')} match` };
  const file = fileMeantBy(path, entry.change === null ? [] : (made.view(entry.change) ?? []));
  if (typeof file === 'string') return { ok: false, reason: file };
  let text: string;
  try {
    text = readFileSync(resolve(session.cwd, path), 'utf8');
  } catch (error) {
    return { ok: false, reason: `${path} can not be read: ${reasonOf(error)}` };
  }
  const edited = editedDecision(made, entry, decisions, new Map([[file.target, text]]));
  return edited.ok ? { ok: true, decided: new Map([[entry.id, edited.decided]]) } : edited;
}

function list(session: Session, entries: readonly TaskEntry[]): void {
  const decidable = entries.filter(({ change }) => change !== null);
  for (const { decision, id, change } of decidable) session.print(`${decision ?? 'undecided'} ${id} ${change}\n`);
  session.say(`${counted(decidable.length, 'task')}, nothing was decided: add --accept, --reject, --skip or --reset`);
}

type Choice =
  | { readonly ok: true; readonly candidates: readonly Candidate[] }
  | { readonly ok: false; readonly reason: string };

/** A change id or a task id stands for just that; everything else is a filter. */
function choose(candidates: readonly Candidate[], words: readonly string[], decisions: Decisions): Choice {
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

function saidOf({ action, alternatives }: Extract<Asked, { ok: true }>, { edit, part }: Flags): string {
  return [
    ...(alternatives === null ? [] : [alternatives === 'as-planned' ? 'as planned' : 'planned another way']),
    ...(edit === undefined ? [] : ['edited']),
    ...(action === null ? [] : [part === undefined ? past[action] : `${past[action]}: the document first`]),
  ].join(', ');
}

/** The tasks whose decision changed, one a line with what holds now. */
function tellSaved(session: Session, what: string, saved: Saved): ExitCode {
  if (!saved.ok) {
    session.warn(`bpg-migrate: ${saved.reason}`);
    return 2;
  }
  for (const { task } of saved.moved) session.print(`${saved.decisions.get(task)?.decision ?? 'undecided'} ${task}\n`);
  session.say(saved.moved.length === 0 ? 'nothing changed' : `${counted(saved.moved.length, 'task')} ${what}`);
  return 0;
}
