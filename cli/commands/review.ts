import { acceptedIn, candidatesOf, type Decisions, kindOf, tallyOf, withDecisions } from '../../src/index.ts';
import { openDecisions } from '../decision-store.ts';
import type { Run } from '../description.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Flags } from '../flags.ts';
import { uncommitted } from '../git-state.ts';
import { exitCodeOf, type Planned, planFor } from '../planning.ts';
import { createChangeDrawer } from '../review/draw-change.ts';
import { loadApp, runReview } from '../review/start.ts';
import { initialState, type Preview } from '../review/state.ts';
import { createTheme } from '../review/theme.ts';
import type { Session } from '../session.ts';
import { writeAccepted } from './apply.ts';

type Plan = Extract<Planned, { ok: true }>;

/** `review`: the full screen, then `apply` if it was asked for. Decisions are saved as they are made. */
export const run: Run = async (session, paths, flags) => {
  if (!process.stdin.isTTY || !process.stdout.isTTY || process.env['TERM'] === 'dumb')
    return withoutTerminal(session, paths, flags);
  const [app, planned] = await Promise.all([loadApp(), planFor(session, paths, flags, 'write')]);
  if (!planned.ok) return 2;
  const opened = openDecisions(planned.options.root);
  if (!opened.ok) {
    session.warn(`bpg-migrate: ${opened.reason}`);
    return 2;
  }
  const { store } = opened;
  const { plan } = planned;
  const candidates = candidatesOf(plan.report.tasks, plan.owners);
  const steps = { undo: store.history.done.length, redo: store.history.undone.length };
  const ending = await runReview(
    app,
    (size) => initialState(candidates, store.decisions, steps, size),
    { theme: createTheme(session.color), color: session.color, kindOf, drawChange: createChangeDrawer(plan.view) },
    { store, preview: (decisions) => previewOf(planned, decisions, flags) },
  );
  const decided = decidedPlan(planned, store.decisions);
  if (ending === 'apply') return writeAccepted(session, decided, { ...flags, accepted: true });
  const { accepted, rejected, skipped, undecided } = tallyOf(candidates, store.decisions);
  session.say(`${accepted} accepted, ${rejected} rejected, ${skipped} skipped, ${undecided} undecided: all saved`);
  if (accepted > 0) session.say('`bpg-migrate apply --accepted` writes the accepted ones');
  return exitCodeOf(decided, flags);
};

/** The plan as the decisions are now. */
function decidedPlan(planned: Plan, decisions: Decisions): Plan {
  const { plan } = planned;
  return { ...planned, decisions, plan: { ...plan, report: withDecisions(plan.report, decisions) } };
}

function previewOf(planned: Plan, decisions: Decisions, { allowDirty }: Flags): Preview {
  const { plan, options } = decidedPlan(planned, decisions);
  const accepted = acceptedIn(plan.report.tasks);
  const { files, withdrawn } = plan.materialize(accepted);
  const written = files.filter(({ before, after }) => before !== after);
  const state = uncommitted(
    options.root,
    written.filter(({ before }) => before !== null).map(({ path }) => path),
  );
  const dirty = allowDirty === true || !state.ok ? [] : state.dirty;
  return {
    changes: accepted.size,
    files: written.map(({ path, before }) => ({ path, isNew: before === null })),
    warnings: [
      ...dirty.map(({ path, state: why }) => `${path}: ${why}; apply will refuse without --allow-dirty`),
      ...withdrawn.map(({ change, reason }) => `left out: ${change}: ${reason}`),
    ],
  };
}

/** What to type instead. */
function withoutTerminal(session: Session, paths: readonly string[], flags: Flags): ExitCode {
  const rest = [...paths, ...selectionOf(flags)].map((word) => ` ${quoted(word)}`).join('');
  session.warn('bpg-migrate: review needs a terminal; the same without one:');
  session.print(
    [
      `bpg-migrate scan${rest}`,
      `bpg-migrate diff --include review --format side-by-side${rest}`,
      'bpg-migrate decide verdict:safe             # lists them; the same with --accept decides',
      'bpg-migrate decide verdict:safe --accept',
      'bpg-migrate decide <change or task> --accept | --reject | --skip | --reset',
      'bpg-migrate decide --undo',
      `bpg-migrate apply --accepted${rest}`,
      '',
    ].join('\n'),
  );
  return 2;
}

function selectionOf({ dag, task, connection, verdict }: Flags): string[] {
  return Object.entries({ dag, task, connection, verdict }).flatMap(([name, globs]) =>
    (globs ?? []).flatMap((glob) => [`--${name}`, glob]),
  );
}

const quoted = (word: string): string => (/^[\w./=:@,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
