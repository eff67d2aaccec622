/** A plan with what people decided: in its report, in what it shows of a change, and in the files that it makes. */
import {
  type Amendments,
  type Decisions,
  editsOf,
  type FileView,
  type ProjectPlan,
  standingOf,
  type TaskEntry,
  withDecisions,
  withEdit,
} from '../src/index.ts';

/** The plan was made with the alternatives of these decisions; this adds the rest. Nothing is worked out before it is asked for. */
export function decidedPlan(plan: ProjectPlan, decisions: Decisions): ProjectPlan {
  const amendments = amendmentsOf(plan.report.tasks, decisions);
  const amend = (id: string, files: readonly FileView[]): readonly FileView[] => amendedFiles(files, id, amendments);
  const report = withDecisions(plan.report, decisions);
  const shown = Object.defineProperty({ ...withoutChanges(report), changes: [] }, 'changes', {
    get: () => report.changes.map((change) => ({ ...change, files: amend(change.id, change.files) })),
    enumerable: true,
  });
  return {
    ...plan,
    report: shown,
    view: (id) => {
      const files = plan.view(id);
      return files === null ? null : amend(id, files);
    },
    materialize: (accepted) => plan.materialize(accepted, amendments),
  };
}

/** What holds of edits and parts: those of the very change that each task has. */
export function amendmentsOf(tasks: readonly TaskEntry[], decisions: Decisions): Amendments {
  const edits = new Map(
    tasks.flatMap((task) => {
      const own = editsOf(task, decisions);
      return task.change === null || own.length === 0 ? [] : [[task.change, own] as const];
    }),
  );
  const first = tasks.filter(
    (task) => decisions.get(task.id)?.part === 'document' && standingOf(task, decisions).decision === 'accepted',
  );
  return { edits, documentsOnly: new Set(first.flatMap(({ change }) => change ?? [])) };
}

/** The files as they will be written; an edit that no longer fits is left out here, and told where it would be written. */
export function amendedFiles(
  files: readonly FileView[],
  id: string,
  { edits, documentsOnly }: Amendments,
): readonly FileView[] {
  const own = edits.get(id) ?? [];
  return files.map((file) => {
    if (file.kind === 'python' && documentsOnly.has(id)) return { ...file, after: file.before };
    const edit = own.find(({ path }) => path === file.target);
    const made = edit === undefined ? null : withEdit(file.after, edit);
    return made?.ok === true ? { ...file, after: made.text } : file;
  });
}

/** A copy that does not ask for the views. */
function withoutChanges(report: ProjectPlan['report']): Omit<ProjectPlan['report'], 'changes'> {
  const { schemaVersion, tool, shard, summary, tasks, sensors, connections, files, findings } = report;
  const part = shard === undefined ? {} : { shard };
  return { schemaVersion, tool, ...part, summary, tasks, sensors, connections, files, findings };
}
