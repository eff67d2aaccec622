import { appendFileSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import {
  applyStep,
  type Decided,
  type Decisions,
  emptyHistory,
  type History,
  lineOf,
  nextStep,
  type ReadDecisions,
  readDecisions,
  readHistory,
  remember,
  type Step,
  stepTo,
  type Way,
  writeDecisions,
} from '../src/index.ts';
import { prepareFolder, readState, stateFolder } from './state-folder.ts';
import { reasonOf } from './write-failure.ts';

/** Relative to the root. */
const decisionsFile = `${stateFolder}/decisions.json`;
const stepsFile = `${stateFolder}/decision-steps.jsonl`;

export type Saved =
  | { readonly ok: true; readonly decisions: Decisions; readonly history: History; readonly moved: Step }
  | { readonly ok: false; readonly reason: string };

/** Decisions of a root, each saved before it counts. */
export interface DecisionStore {
  readonly decisions: Decisions;
  readonly history: History;
  decide(wanted: ReadonlyMap<string, Decided | null>): Saved;
  undo(): Saved;
  redo(): Saved;
}

export type OpenedDecisions =
  | { readonly ok: true; readonly store: DecisionStore }
  | { readonly ok: false; readonly reason: string };

/** The decisions of the root; a root where nothing was decided has none. */
export function loadDecisions(root: string): ReadDecisions {
  const text = readState(root, decisionsFile);
  if (!text.ok) return { ok: false, reason: `${decisionsFile}: ${text.reason}` };
  if (text.text === null) return { ok: true, decisions: new Map() };
  const read = readDecisions(text.text);
  if (read.ok) return read;
  return { ok: false, reason: `${decisionsFile}: ${read.reason}; mend it, or restore it from git` };
}

/** Opens what was decided, to decide more. */
export function openDecisions(root: string): OpenedDecisions {
  const first = loadDecisions(root);
  if (!first.ok) return first;
  let { decisions } = first;
  let history = readSteps(root);
  let seen = stamps(root);

  const save = (way: Way, plan: () => Step | null): Saved => {
    // Somebody else may have decided meanwhile, in another window or by git: what they did stays.
    if (stamps(root) !== seen) {
      const now = loadDecisions(root);
      if (!now.ok) return now;
      decisions = now.decisions;
      history = readSteps(root);
    }
    const moved = plan();
    if (moved === null || moved.length === 0) return { ok: true, decisions, history, moved: [] };
    const next = applyStep(decisions, moved);
    try {
      prepareFolder(root);
      writeFileAtomic.sync(join(root, decisionsFile), writeDecisions(next));
      appendFileSync(join(root, stepsFile), lineOf(way, moved));
    } catch (error) {
      return { ok: false, reason: `${decisionsFile} can not be written: ${reasonOf(error)}` };
    }
    decisions = next;
    history = remember(history, way, moved);
    seen = stamps(root);
    return { ok: true, decisions, history, moved };
  };

  return {
    ok: true,
    store: {
      get decisions() {
        return decisions;
      },
      get history() {
        return history;
      },
      decide: (wanted) => save('do', () => stepTo(decisions, wanted)),
      undo: () => save('undo', () => nextStep(history, 'undo')),
      redo: () => save('redo', () => nextStep(history, 'redo')),
    },
  };
}

/** The steps so far. A log that can't be read costs the way back, not a decision. */
function readSteps(root: string): History {
  const text = readState(root, stepsFile);
  return text.ok && text.text !== null ? readHistory(text.text) : emptyHistory;
}

/** Changes whenever somebody writes one of the files. */
function stamps(root: string): string {
  return [decisionsFile, stepsFile]
    .map((path) => {
      const entry = lstatSync(join(root, path), { throwIfNoEntry: false });
      return entry === undefined ? '-' : `${entry.ino} ${entry.size} ${entry.mtimeMs}`;
    })
    .join(' ');
}
