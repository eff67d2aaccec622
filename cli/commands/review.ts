import { acceptedIn, type Decisions, kindOf, type ProjectPlan, tallyOf } from '../../src/index.ts';
import { decidedPlan } from '../decided-plan.ts';
import { openDecisions } from '../decision-store.ts';
import type { Run } from '../description.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Flags } from '../flags.ts';
import { uncommitted } from '../git-state.ts';
import { exitCodeOf, type Planned, planFor } from '../planning.ts';
import { createChangeDrawer } from '../review/draw-change.ts';
import { runEditor } from '../review/editor.ts';
import { openOffice } from '../review/office.ts';
import { runReview } from '../review/start.ts';
import { initialState, type Preview } from '../review/state.ts';
import { createTheme } from '../review/theme.ts';
import type { Session } from '../session.ts';
import { writeAccepted } from './apply.ts';

type Plan = Extract<Planned, { ok: true }>;

/** `review`: the full screen, then `apply` if it was asked for. Decisions are saved as they are made. */
export const run: Run = async (session, paths, flags) => {
  if (!process.stdin.isTTY || !process.stdout.isTTY || process.env['TERM'] === 'dumb')
    return withoutTerminal(session, paths, flags);
  const planned = await planFor(session, paths, flags, 'write');
  if (!planned.ok) return 2;
  const opened = openDecisions(planned.options.root);
  if (!opened.ok) {
    session.warn(`bpg-migrate: ${opened.reason}`);
    return 2;
  }
  const { store } = opened;
  const { made, options } = planned;
  let lend: <T>(use: () => T) => T = (use) => use();
  const office = openOffice(
    made,
    options,
    store,
    (paths) => lend(() => runEditor(paths)),
    () => drawChange.forget(),
  );
  const drawChange = createChangeDrawer(office.filesOf);
  const { detailsOf, hasCode } = office;
  const steps = { undo: store.history.done.length, redo: store.history.undone.length };
  const ending = await runReview(
    (size) => initialState(office.candidates(), store.decisions, steps, size, hasCode),
    { theme: createTheme(session.color), color: session.color, kindOf, drawChange, detailsOf },
    (lending) => {
      lend = lending;
      return { ...office, preview: (decisions) => previewOf(decidedNow(planned, office.made(), decisions), flags) };
    },
  );
  const decided = decidedNow(planned, office.made(), store.decisions);
  if (ending === 'apply') return writeAccepted(session, decided, { ...flags, accepted: true });
  const { accepted, rejected, skipped, undecided } = tallyOf(office.candidates(), store.decisions);
  session.say(`${accepted} accepted, ${rejected} rejected, ${skipped} skipped, ${undecided} undecided: all saved`);
  if (accepted > 0) session.say('`bpg-migrate apply --accepted` writes the accepted ones');
  return exitCodeOf(decided, flags);
};

/** The plan as the decisions are now. */
function decidedNow(planned: Plan, made: ProjectPlan, decisions: Decisions): Plan {
  return { ...planned, made, decisions, plan: decidedPlan(made, decisions) };
}

function previewOf({ plan, options }: Plan, { allowDirty }: Flags): Preview {
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
