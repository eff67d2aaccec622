/** The review's world on disk: one plan at a time, made again where a choice asks for it, and decisions saved beside it. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  type Alternatives,
  alternativesIn,
  type Candidate,
  candidatesOf,
  type Decisions,
  type FileView,
  hunksOf,
  type Options,
  type ProjectPlan,
} from '../../src/index.ts';
import { chooseAlternatives, queuesOf } from '../choose.ts';
import { amendedFiles, amendmentsOf } from '../decided-plan.ts';
import type { DecisionStore } from '../decision-store.ts';
import { editedDecision, whyNotEdited, whyNotFirst } from '../edit-result.ts';
import { prepareFolder, stateFolder, writeState } from '../state-folder.ts';
import type { Office, Wanted } from './deciding.ts';
import type { Details } from './draw-why.ts';
import { waysOf } from './ways.ts';

export interface Desk extends Office {
  /** The plan with the alternatives of the last decisions, without edits. */
  readonly made: () => ProjectPlan;
  readonly candidates: () => readonly Candidate[];
  /** The files of a change as they will be written. */
  readonly filesOf: (change: string) => readonly FileView[] | null;
  readonly detailsOf: (change: string) => Details;
  readonly hasCode: (task: Candidate, text: string) => boolean;
}

/** `runEditor` shows files to the user and answers null, or why that failed. `onEdited`: what was drawn may be old. */
export function openOffice(
  first: ProjectPlan,
  options: Options,
  store: DecisionStore,
  runEditor: (paths: readonly string[]) => string | null,
  onEdited: () => void,
): Desk {
  let made = first;
  let alternatives = choicesIn(store.decisions);
  let amendments = amendmentsOf(made.report.tasks, store.decisions);
  let candidates: readonly Candidate[] = candidatesOf(made.report.tasks, made.owners);
  const exists = (path: string): boolean => existsSync(join(options.root, path));

  const filesOf = (change: string): readonly FileView[] | null => {
    const files = made.view(change);
    return files === null ? null : amendedFiles(files, change, amendments);
  };
  // A change is its content, so what it comes to does not change with the plan that it is part of.
  const proofOf = remembering((change) => made.proof(change));
  const graphOf = remembering((change) => made.graph(change));
  return {
    store,
    made: () => made,
    candidates: () => candidates,
    filesOf,
    detailsOf: (change) => ({ proof: () => proofOf(change), graph: () => graphOf(change) }),
    hasCode: (task, text) => task.entry.change !== null && hasCode(made.view(task.entry.change) ?? [], text),
    candidatesFor: (now) => {
      const wanted = choicesIn(now);
      if (wanted !== alternatives) {
        alternatives = wanted;
        made = made.replan(alternativesIn(now));
        candidates = candidatesOf(made.report.tasks, made.owners);
      }
      const before = amendments;
      amendments = amendmentsOf(made.report.tasks, now);
      if (before.edits.size + before.documentsOnly.size + amendments.edits.size + amendments.documentsOnly.size > 0)
        onEdited();
      return candidates;
    },
    waysOf: (task, now) => waysOf(task, now, queuesOf(options)),
    choose: ({ entry }, set, now) => {
      const chosen = chooseAlternatives(made, options, now, [entry], () => set);
      return chosen.ok ? { ok: true, wanted: chosen.wanted } : chosen;
    },
    whyNotFirst: ({ entry }) => whyNotFirst(made, entry, exists),
    edit: ({ entry }, now): Wanted | null => {
      const why = whyNotEdited(made, entry);
      if (why !== null || entry.change === null) return { ok: false, reason: why ?? 'it has no change' };
      const files = (filesOf(entry.change) ?? []).filter(({ before, after }) => before !== after);
      const answer = editFiles(options.root, entry.change, files, runEditor);
      if (!answer.ok) return answer;
      if (answer.texts.size === 0) return null;
      const edited = editedDecision(made, entry, now, answer.texts);
      if (!edited.ok) return { ok: false, reason: `${edited.reason} (e goes on with what you wrote)` };
      answer.forget();
      return { ok: true, wanted: new Map([[entry.id, edited.decided]]) };
    },
  };
}

/** What is chosen, as a text that is equal for equal choices. */
function choicesIn(decisions: Decisions): string {
  const chosen: readonly (readonly [string, Alternatives])[] = [...alternativesIn(decisions)];
  return JSON.stringify(chosen.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

type EditedTexts =
  | { readonly ok: true; readonly texts: ReadonlyMap<string, string>; readonly forget: () => void }
  | { readonly ok: false; readonly reason: string };

/** Copies in the folder of the state, where an edit that was refused is found again. */
function editFiles(
  root: string,
  change: string,
  files: readonly FileView[],
  runEditor: (paths: readonly string[]) => string | null,
): EditedTexts {
  const folder = `${stateFolder}/edit/${change}`;
  const copies = files.map((file) => ({ file, path: `${folder}/${basename(file.target)}` }));
  try {
    prepareFolder(root);
    mkdirSync(dirname(join(root, folder, 'a')), { recursive: true });
    for (const { file, path } of copies) {
      const problem = existsSync(join(root, path)) ? null : writeState(root, path, file.after);
      if (problem !== null) return { ok: false, reason: problem };
    }
    const failed = runEditor(copies.map(({ path }) => join(root, path)));
    if (failed !== null) return { ok: false, reason: failed };
    const texts = copies.map(({ file, path }) => [file, readFileSync(join(root, path), 'utf8')] as const);
    const changed = texts.filter(([file, text]) => text !== file.after);
    const forget = (): void => rmSync(join(root, folder), { recursive: true, force: true });
    if (changed.length === 0) forget();
    return { ok: true, texts: new Map(changed.map(([{ target }, text]) => [target, text])), forget };
  } catch (error) {
    return { ok: false, reason: `the copies to edit can not be made or read: ${String(error)}` };
  }
}

/** True when the text stands in what the change shows; whole files are looked at only to see whether that can be. */
function hasCode(files: readonly FileView[], text: string): boolean {
  const wanted = text.toLowerCase();
  const has = (code: string): boolean => code.toLowerCase().includes(wanted);
  return files.some(
    ({ before, after }) =>
      (has(before) || has(after)) && hunksOf(before, after).some(({ lines }) => lines.some((line) => has(line.text))),
  );
}

/** How many answers are kept: enough to go back and forth. */
const kept = 60;

/** The last answers: the picture asks again for each frame. */
function remembering<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found.value;
    const value = make(key);
    const oldest = known.keys().next().value;
    if (known.size >= kept && oldest !== undefined) known.delete(oldest);
    known.set(key, { value });
    return value;
  };
}
