/** Accepted changes as files: each file with exactly these changes, with what people made of them, verified as a whole. */
import type { FileFacts, PlannedFile } from './model.ts';
import { filesTouched, type PlannedChange, touches } from './rewriter/change.ts';
import { problemOfEdit } from './rewriter/edited.ts';
import type { Project } from './rewriter/project.ts';
import { strandedChanges } from './rewriter/sensor-edits.ts';
import { type Verifier, verifyText } from './rewriter/verify.ts';
import type { EditedFile } from './rollout/decisions.ts';
import { type Patched, withEdit } from './rollout/edits.ts';
import { revertEdits } from './rollout/revert.ts';

export interface Materialized {
  readonly files: readonly PlannedFile[];
  readonly withdrawn: readonly { readonly change: string; readonly reason: string }[];
}

/** What people decided beyond yes and no, by the id of the change. */
export interface Amendments {
  readonly edits: ReadonlyMap<string, readonly EditedFile[]>;
  /** Changes of which only the document is written. */
  readonly documentsOnly: ReadonlySet<string>;
}
export const noAmendments: Amendments = { edits: new Map(), documentsOnly: new Set() };

export function makeFiles(
  project: Project,
  verify: Verifier,
  changes: readonly PlannedChange[],
  amendments: Amendments,
): Materialized {
  const withdrawn: { change: string; reason: string }[] = [];
  let accepted = changes;
  for (;;) {
    const made = makeAll(project, verify, accepted, amendments);
    if (made.ok) {
      const files = [...made.files].sort((a, b) => (a.path < b.path ? -1 : 1));
      return { files, withdrawn };
    }
    // All files of a change or none, so the others are made anew without it.
    const { culprits, reason } = made;
    withdrawn.push(...culprits.map(({ id }) => ({ change: id, reason })));
    accepted = accepted.filter((change) => !culprits.includes(change));
  }
}

type Made =
  | { readonly ok: true; readonly files: readonly PlannedFile[] }
  | { readonly ok: false; readonly culprits: readonly PlannedChange[]; readonly reason: string };

function makeAll(project: Project, verify: Verifier, accepted: readonly PlannedChange[], amendments: Amendments): Made {
  const files = new Map<string, PlannedFile>();
  const called = accepted.filter(({ id }) => !amendments.documentsOnly.has(id));
  const stranded = strandedChanges(called);
  if (stranded.length > 0)
    return {
      ok: false,
      culprits: stranded,
      reason: 'its sensor waits for another task too: both are changed, or none',
    };
  const touched = new Map(called.flatMap(filesTouched).map((facts) => [facts.source.path, facts]));
  for (const facts of touched.values()) {
    const own = called.filter((change) => touches(change, facts));
    const made = makePython(project, verify, facts, own, amendments);
    if (!made.ok) return made;
    for (const file of made.files) files.set(file.path, file);
  }
  for (const change of accepted) {
    for (const { path, text } of change.documents) {
      const made = edited(project, change, path, text, amendments);
      if (!made.ok) return { ok: false, culprits: [change], reason: made.reason };
      const there = files.get(path);
      if (there !== undefined && there.after !== made.text)
        return { ok: false, culprits: [change], reason: `${path} was edited for another task that uses it too` };
      files.set(path, { path, before: null, after: made.text, encoding: 'utf-8' });
    }
  }
  return { ok: true, files: [...files.values()] };
}

function makePython(
  project: Project,
  verify: Verifier,
  facts: FileFacts,
  called: readonly PlannedChange[],
  amendments: Amendments,
): Made {
  const { path, text, encoding } = facts.source;
  const made = verify(facts, called);
  if (!made.ok) return { ok: false, culprits: called, reason: made.reason };
  let { after } = made;
  for (const change of called) {
    const no = (reason: string): Made => ({ ok: false, culprits: [change], reason });
    if (amendments.edits.get(change.id)?.some((edit) => edit.path === path) !== true) continue;
    const alone = called.length === 1 ? made : verify(facts, [change]);
    if (!alone.ok) return no(alone.reason);
    const mine = edited(project, change, path, alone.after, amendments);
    if (!mine.ok) return no(mine.reason);
    const merged = revertEdits({ before: mine.text, after: alone.after, current: after });
    if (!merged.ok) return no('its edit and another accepted change touch the same lines');
    const whole = verifyText(project.python, facts, called, project.options.target.operator, merged.text);
    if (!whole.ok) return no(whole.reason);
    after = merged.text;
  }
  return { ok: true, files: [{ path, before: text, after, encoding }] };
}

/** A file of the change with the edit that was made of it, looked at again. */
function edited(
  project: Project,
  change: PlannedChange,
  path: string,
  planned: string,
  { edits }: Amendments,
): Patched {
  const edit = edits.get(change.id)?.find((one) => one.path === path);
  if (edit === undefined) return { ok: true, text: planned };
  const made = withEdit(planned, edit);
  if (!made.ok) return made;
  const reason = problemOfEdit(project, change, path, planned, made.text);
  return reason === null ? made : { ok: false, reason };
}
