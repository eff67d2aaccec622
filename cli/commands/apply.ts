import { type PlannedFile, standingOf, type TaskEntry } from '../../src/index.ts';
import { acceptedChanges, tellWithdrawn } from '../accepted.ts';
import { compareWith, entryText, isSelecting, loadBaseline } from '../baseline.ts';
import { amendmentsOf } from '../decided-plan.ts';
import type { Run } from '../description.ts';
import { type ExitCode, highest } from '../exit-codes.ts';
import type { Flags } from '../flags.ts';
import { uncommitted } from '../git-state.ts';
import { exitCodeOf, type Planned, planFor, type Told, tellFor, tellPlan } from '../planning.ts';
import { tellRunsInFlight } from '../runs-in-flight.ts';
import type { Session } from '../session.ts';
import { rememberSources } from '../sources-file.ts';
import { modeContradiction, movedText, tellOrder } from '../switch-mode.ts';
import { writeRun } from '../write-run.ts';

/** `apply`: writes the accepted changes, all or none; `--check` only looks whether a legacy task is left. */
export const run: Run = async (session, paths, flags) => {
  const contradiction = contradictionIn(flags);
  if (contradiction !== null) {
    session.warn(`bpg-migrate: ${contradiction}`);
    return 2;
  }
  if (flags.check !== true) {
    const planned = await planFor(session, paths, flags, 'write');
    return planned.ok ? writeAccepted(session, planned, flags) : 2;
  }
  const told = await tellFor(session, paths, flags);
  if (!told.ok) return 2;
  tellPlan(session, told, flags);
  return highest(exitCodeOf(told, flags), check(session, told, flags));
};

/** Writes what the flags accept, all files or none, and tells what was done and what is left. */
export function writeAccepted(session: Session, planned: Extract<Planned, { ok: true }>, flags: Flags): ExitCode {
  const { plan, options } = planned;
  const accepted = acceptedChanges(plan, flags);
  const materialized = plan.materialize(accepted);
  if (flags.allowDirty !== true && !isClean(session, options.root, materialized.files)) return 2;
  const { outcome, run: written } = writeRun(options.root, materialized.files);
  if (!outcome.ok) {
    for (const problem of outcome.problems) session.warn(`bpg-migrate: ${problem}`);
    session.warn(outcome.changed ? 'see above for what was changed' : 'nothing was changed');
    return 2;
  }
  for (const { path, before, gone: removed } of outcome.written)
    session.print(`${before === null ? 'new    ' : removed === true ? 'removed' : 'changed'} ${path}\n`);
  const forgotten = rememberSources(options.root, outcome.written, plan.report.tasks);
  if (forgotten !== null) session.warn(`bpg-migrate: ${forgotten}: what is edited later will not be noticed`);
  const { documentsOnly } = amendmentsOf(plan.report.tasks, planned.decisions);
  const gone = new Set([...materialized.withdrawn.map(({ change }) => change), ...documentsOnly]);
  tellResult(session, planned, new Set([...accepted].filter((id) => !gone.has(id))), flags);
  if (written !== null) session.say(`\`bpg-migrate undo\` takes it back (run ${written})`);
  tellPlan(session, planned, flags);
  return highest(exitCodeOf(planned, flags), tellWithdrawn(session, plan, materialized));
}

function contradictionIn(flags: Flags): string | null {
  const { check, include, allowDirty, accepted } = flags;
  const ofMode = modeContradiction(flags);
  if (ofMode !== null) return ofMode;
  if (accepted === true && include !== undefined)
    return '--accepted takes what was accepted, whatever its verdict: --include says nothing beside it';
  if (check !== true) return null;
  if (accepted === true) return '--check counts every legacy task, so --accepted says nothing beside it';
  if (allowDirty === true) return '--check writes nothing, so --allow-dirty says nothing beside it';
  if (include !== undefined) return '--check counts every legacy task, so --include says nothing beside it';
  return null;
}

/** Legacy tasks that are left and not in the baseline, and documents that drifted, one a line as `file:line:column: …`. */
function check(session: Session, planned: Extract<Told, { ok: true }>, flags: Flags): ExitCode {
  const { report, drifted } = planned.plan;
  const baseline = loadBaseline(planned.options.root);
  if (!baseline.ok) {
    session.warn(`bpg-migrate: ${baseline.reason}`);
    return 2;
  }
  const { known, gone } = compareWith(planned, baseline.entries ?? [], isSelecting(flags));
  const legacy = report.tasks.filter(({ id, status }) => status === 'legacy' && !known.has(id));
  for (const task of legacy)
    session.print(`${task.file}:${task.line}:${task.column}: legacy ${nameOf(task)} (${task.verdict})\n`);
  const { migrated, ignored } = report.summary;
  for (const { file, line, column, message } of report.findings.filter(({ code }) => code === 'document-drifted'))
    session.print(`${file}:${line}:${column}: drifted ${message}\n`);
  const inBaseline = baseline.entries === null ? '' : `, ${known.size} in the baseline`;
  session.say(`${legacy.length} legacy${inBaseline}, ${migrated} migrated, ${ignored} ignored`);
  for (const entry of gone) session.say(`no longer there: ${entryText(entry)}`);
  if (gone.length > 0) session.say('`bpg-migrate baseline` takes these off the baseline');
  return legacy.length > 0 || drifted ? 1 : 0;
}

/** False, and said, when files that would be written hold what git has not recorded. */
function isClean(session: Session, root: string, files: readonly PlannedFile[]): boolean {
  const state = uncommitted(
    root,
    files.filter(({ before }) => before !== null).map(({ path }) => path),
  );
  if (!state.ok) {
    session.warn(`bpg-migrate: git does not say which files are unchanged: ${state.reason}`);
    session.warn('nothing was changed; --allow-dirty writes without asking git');
    return false;
  }
  if (state.dirty.length === 0) return true;
  session.warn('bpg-migrate: these files hold what git has not recorded:');
  for (const { path, state: why } of state.dirty) session.warn(`  ${path} (${why})`);
  session.warn('nothing was changed; commit or stash them first, or say --allow-dirty');
  return false;
}

/** What was left and why, as a result; what running DAGs need, as a hint. */
function tellResult(
  session: Session,
  { plan, decisions }: Extract<Planned, { ok: true }>,
  moved: ReadonlySet<string>,
  flags: Flags,
): void {
  const { tasks, sensors } = plan.report;
  const isMoved = (task: TaskEntry): boolean => task.change !== null && moved.has(task.change);
  const left = tasks.filter((task) => task.status === 'legacy' && !isMoved(task));
  const movedTasks = tasks.filter(isMoved);
  for (const task of left) {
    const rejected = task.decision === 'rejected' ? ', rejected' : '';
    session.print(`left    ${task.file}:${task.line}:${task.column} ${nameOf(task)} (${task.verdict}${rejected})\n`);
    const reasons = task.findings.filter(({ severity, code }) => severity !== 'info' || code === 'switched');
    for (const { code, message } of reasons) session.print(`          ${code}: ${message}\n`);
  }
  session.say(`${movedText(flags, movedTasks.length)}, ${left.length} left`);
  const changed = left.filter((task) => standingOf(task, decisions).changedSince === 'accepted');
  if (changed.length > 0)
    session.say(
      `${changed.length} changed since accepted, so not taken as accepted: ${changed.map(({ id }) => id).join(', ')}`,
    );
  if (flags.mode !== 'final' && left.some(({ verdict, change }) => verdict === 'review' && change !== null))
    session.say('review: read `bpg-migrate diff --include review`, then `bpg-migrate apply --include review`');
  if (tellOrder(session, flags, movedTasks)) return;
  const ids = new Set(movedTasks.map(({ id }) => id));
  tellRunsInFlight(session, sensors, ids);
}

const nameOf = ({ dagId, taskId }: TaskEntry): string => `${dagId ?? '?'}.${taskId ?? '?'}`;
