/** A change as a person left it: which text belongs to which of its files, and whether it counts. */
import {
  type Decided,
  type Decisions,
  decidedOn,
  type EditedFile,
  editOf,
  type FileView,
  type ProjectPlan,
  type TaskEntry,
} from '../src/index.ts';

export type Edited =
  | { readonly ok: true; readonly decided: Decided | null }
  | { readonly ok: false; readonly reason: string };

/** Null, or why the result of a task is not edited. */
export function whyNotEdited(plan: ProjectPlan, { id, change }: TaskEntry): string | null {
  if (change === null) return `${id} has no change that could be edited`;
  const others = plan.report.tasks.filter((task) => task.change === change && task.id !== id);
  const [other] = others;
  return other === undefined
    ? null
    : `${other.id} is alike to the letter and shares the change; edit the source instead`;
}

/**
 * `texts` by the path of the file that is written. `plan` shows the files as planned. Every text is verified as the result
 * of this change: it parses, moves the same tasks in the same order, and its request is one that the gateway takes.
 */
export function editedDecision(
  plan: ProjectPlan,
  task: TaskEntry,
  decisions: Decisions,
  texts: ReadonlyMap<string, string>,
): Edited {
  const { change } = task;
  const why = whyNotEdited(plan, task);
  if (why !== null || change === null) return { ok: false, reason: why ?? '' };
  const files = plan.view(change) ?? [];
  const before = decisions.get(task.id);
  const kept = before?.change === change ? (before.edits ?? []) : [];
  const edits = new Map<string, EditedFile>(kept.map((edit) => [edit.path, edit]));
  for (const [path, text] of texts) {
    const file = files.find(({ target }) => target === path);
    if (file === undefined) return { ok: false, reason: `${path} is no file of this change` };
    const problem = text === file.after ? null : plan.problemOfEdit(change, path, text);
    if (problem !== null) return { ok: false, reason: `${path}: ${problem}` };
    const edit = editOf(path, file.after, text);
    if (edit === null) edits.delete(path);
    else edits.set(path, edit);
  }
  const decided = decidedOn(task, 'accepted', decisions);
  if (decided === null) return { ok: false, reason: `${task.id} has no change that could be edited` };
  const { edits: _, decision: __, ...rest } = decided;
  const list = [...edits.values()];
  if (list.length === 0 && rest.alternatives === undefined) return { ok: true, decided: null };
  return { ok: true, decided: { ...rest, decision: null, ...(list.length === 0 ? {} : { edits: list }) } };
}

/** The file of a change that a file given by its path is meant to be: the Python by `.py`, else its one document. */
export function fileMeantBy(path: string, files: readonly FileView[]): FileView | string {
  const named = files.filter(({ target }) => path === target || path.endsWith(`/${target}`));
  const kind = path.endsWith('.py') ? 'python' : 'document';
  const fitting = named.length > 0 ? named : files.filter((file) => file.kind === kind);
  const [file, ...others] = fitting;
  if (file === undefined) return `this change writes no ${kind === 'python' ? 'Python file' : 'document'}`;
  if (others.length > 0)
    return `this change writes ${fitting.map(({ target }) => target).join(' and ')}; name the file like the one that it stands for`;
  return file;
}

/** Null, or why the document of a task can not go before its call. */
export function whyNotFirst(
  plan: ProjectPlan,
  { id, change, payload }: TaskEntry,
  exists: (path: string) => boolean,
): string | null {
  if (change === null) return `${id} has no change`;
  const documents = (plan.view(change) ?? []).filter(({ kind }) => kind === 'document');
  if (documents.length === 0)
    return payload?.kind === 'file'
      ? 'its request document is there already: call, sensor and edges are one decision'
      : 'call, sensor, edges and document stand in one file and are one decision';
  const there = documents.find(({ target }) => exists(target));
  return there === undefined ? null : `${there.target} is there already and may be in use`;
}
