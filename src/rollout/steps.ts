/**
 * Deciding as steps that can be undone and redone without limit, also after the program was ended: a log with one line
 * a step, which is only ever appended to.
 */
import { type Decided, type Decisions, plainDecided, readEntry } from './decisions.ts';

/** What one step does to one task; null is undecided. */
export interface Move {
  readonly task: string;
  readonly before: Decided | null;
  readonly after: Decided | null;
}
/** One key of the user: all that it decided. */
export type Step = readonly Move[];

/** Steps that were made, oldest first, and those that were taken back, the next to redo last. */
export interface History {
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}
export const emptyHistory: History = { done: [], undone: [] };

/** How a step is gone: made, taken back, made again. */
export type Way = 'do' | 'undo' | 'redo';

/** The decisions after the moves; a move that finds something else than it expects is left out. */
export function applyStep(decisions: Decisions, step: Step): Decisions {
  const next = new Map(decisions);
  for (const { task, before, after } of step) {
    if (!same(next.get(task) ?? null, before)) continue;
    if (after === null) next.delete(task);
    else next.set(task, after);
  }
  return next;
}

/** The same moves, backwards. */
function reversed(step: Step): Step {
  return step.map(({ task, before, after }) => ({ task, before: after, after: before }));
}

/** The step that gives these tasks their decision; moves that change nothing are left out. */
export function stepTo(decisions: Decisions, wanted: ReadonlyMap<string, Decided | null>): Step {
  return [...wanted]
    .map(([task, after]) => ({ task, before: decisions.get(task) ?? null, after }))
    .filter(({ before, after }) => !same(before, after));
}

/** The step that `undo` or `redo` takes next, as it is to be applied; null when there is none. */
export function nextStep(history: History, way: 'undo' | 'redo'): Step | null {
  const step = (way === 'undo' ? history.done : history.undone).at(-1);
  return step === undefined ? null : way === 'undo' ? reversed(step) : step;
}

/** The history after a step; a new one ends what could be redone. `step` counts for `do` only. */
export function remember({ done, undone }: History, way: Way, step: Step): History {
  if (way === 'do') return { done: [...done, step], undone: [] };
  const moved = (way === 'undo' ? done : undone).at(-1);
  if (moved === undefined) return { done, undone };
  return way === 'undo'
    ? { done: done.slice(0, -1), undone: [...undone, moved] }
    : { done: [...done, moved], undone: undone.slice(0, -1) };
}

/** A line of the log, with its end. */
export function lineOf(way: Way, step: Step): string {
  const plain = (task: string, decided: Decided | null) => decided && { task, ...decided };
  const moves = step.map(({ task, before, after }) => ({
    task,
    before: plain(task, before),
    after: plain(task, after),
  }));
  return `${JSON.stringify(way === 'do' ? { way, moves } : { way })}\n`;
}

/** Reads the log. A line that was torn by a crash or is something else tells nothing and is passed over. */
export function readHistory(text: string): History {
  const done: Step[] = [];
  let undone: Step[] = [];
  for (const line of text.split('\n')) {
    const read = readLine(line);
    if (read === null) continue;
    if (read.way === 'do') {
      done.push(read.step);
      undone = [];
    } else {
      const [from, to] = read.way === 'undo' ? [done, undone] : [undone, done];
      const moved = from.pop();
      if (moved !== undefined) to.push(moved);
    }
  }
  return { done, undone };
}

function readLine(line: string): { readonly way: Way; readonly step: Step } | null {
  let value: { readonly way?: unknown; readonly moves?: unknown } | null;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (value?.way === 'undo' || value?.way === 'redo') return { way: value.way, step: [] };
  if (value?.way !== 'do' || !Array.isArray(value.moves)) return null;
  const step = value.moves.map(readMove);
  const whole = step.filter((move) => move !== null);
  return whole.length === step.length ? { way: 'do', step: whole } : null;
}

function readMove(value: unknown): Move | null {
  const { task, before, after } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof task !== 'string') return null;
  const side = (entry: unknown) => (entry === null ? null : readEntry(entry)?.decided);
  const [from, to] = [side(before), side(after)];
  return from === undefined || to === undefined ? null : { task, before: from, after: to };
}

function same(left: Decided | null, right: Decided | null): boolean {
  if (left === null || right === null) return left === right;
  return JSON.stringify(plainDecided(left)) === JSON.stringify(plainDecided(right));
}
