/** A review without a terminal: typed keys, and the screen as lines. */
import { type Controller, createController, type World } from '../../cli/review/controller.ts';
import type { Wanted } from '../../cli/review/deciding.ts';
import { createChangeDrawer } from '../../cli/review/draw-change.ts';
import type { Brushes } from '../../cli/review/screen.ts';
import { initialState, type ReviewState } from '../../cli/review/state.ts';
import { createTheme } from '../../cli/review/theme.ts';
import { waysOf } from '../../cli/review/ways.ts';
import {
  applyStep,
  type Candidate,
  type Decisions,
  emptyHistory,
  type FileView,
  kindOf,
  nextStep,
  remember,
  type Step,
  stepTo,
  type Way,
} from '../../src/index.ts';

export interface Given {
  readonly candidates: readonly Candidate[];
  readonly decisions?: Decisions;
  readonly columns?: number;
  readonly rows?: number;
  readonly color?: boolean;
  readonly view?: (change: string) => readonly FileView[] | null;
  readonly preview?: World['preview'];
  readonly details?: Brushes['detailsOf'];
  /** The tasks as planned with these decisions; absent: always the same. */
  readonly planned?: (decisions: Decisions) => readonly Candidate[];
  readonly whyNotFirst?: string;
  readonly edit?: (task: Candidate) => Wanted | null;
  readonly hasCode?: ReviewState['hasCode'];
  /** Makes saving fail with this reason. */
  readonly failure?: () => string | null;
}

export interface OpenedReview {
  readonly controller: Controller;
  /** What reached the world outside. */
  readonly told: readonly string[];
  readonly press: (...keys: readonly string[]) => void;
  readonly type: (text: string) => void;
  readonly lines: () => readonly string[];
  readonly text: () => string;
  readonly cursor: () => string;
  readonly message: () => string;
  /** Decisions as `name: decision`, in the order of the candidates. */
  readonly decided: () => readonly string[];
}

/** Keys by name: one character, or `return`, `escape`, `tab`, `ctrl-r` … */
export function openReview(given: Given): OpenedReview {
  const { columns = 80, rows = 24, color = false, failure = () => null } = given;
  const told: string[] = [];
  let decisions: Decisions = given.decisions ?? new Map();
  let history = emptyHistory;
  const save = (way: Way, step: Step | null) => {
    const reason = failure();
    if (reason !== null) return { ok: false as const, reason };
    const moved = step ?? [];
    decisions = applyStep(decisions, moved);
    if (moved.length > 0) history = remember(history, way, moved);
    return { ok: true as const, decisions, history, moved };
  };
  const controller = createController(
    initialState(given.candidates, decisions, { undo: 0, redo: 0 }, { columns, rows }, given.hasCode),
    {
      theme: createTheme(color),
      color,
      kindOf,
      drawChange: createChangeDrawer(given.view ?? filesOf),
      detailsOf: given.details ?? (() => ({ proof: () => null, graph: () => null })),
    },
    {
      store: {
        decide: (wanted) => save('do', stepTo(decisions, wanted)),
        undo: () => save('undo', nextStep(history, 'undo')),
        redo: () => save('redo', nextStep(history, 'redo')),
      },
      candidatesFor: (now) => given.planned?.(now) ?? controller.state().candidates,
      waysOf: (task, now) => waysOf(task, now, ['phi', 'poc']),
      choose: ({ entry }, set) => {
        if (set.queue === 'phi') return { ok: false, reason: 'an isolation rule is not broken by a decision' };
        const decided = { change: entry.change ?? '', verdict: entry.verdict ?? 'manual', decision: null };
        const isTaken = Object.keys(set).length > 0;
        return { ok: true, wanted: new Map([[entry.id, isTaken ? { ...decided, alternatives: set } : null]]) };
      },
      whyNotFirst: () => given.whyNotFirst ?? null,
      edit: (task) => given.edit?.(task) ?? null,
      preview: given.preview ?? (() => ({ changes: 0, files: [], warnings: [] })),
      end: (how) => told.push(how),
      suspend: () => told.push('suspend'),
      redraw: () => told.push('redraw'),
    },
  );
  return {
    controller,
    told,
    press: (...keys: readonly string[]): void => {
      for (const key of keys) controller.press(key);
    },
    type: (text: string): void => {
      for (const character of text) controller.press(character === ' ' ? 'space' : character);
    },
    lines: () => controller.screen().lines,
    text: () => controller.screen().lines.join('\n'),
    cursor: () => controller.state().cursor,
    message: () => controller.state().message,
    decided: () =>
      given.candidates.flatMap(({ entry }) => {
        const decision = decisions.get(entry.id)?.decision;
        return decision === undefined ? [] : [`${entry.taskId}: ${decision}`];
      }),
  };
}

function filesOf(change: string): readonly FileView[] {
  const before = `import old\nold("${change}")\n`;
  return [
    {
      kind: 'python',
      path: 'dags/a.py',
      target: 'dags/a.py',
      language: 'python',
      before,
      after: before.replaceAll('old', 'new'),
    },
    {
      kind: 'document',
      path: 'dags/a.yaml',
      target: 'dags/a.bpg.yaml',
      language: 'yaml',
      before: 'kind: SparkApplication\n',
      after: 'applicationName: a\n',
    },
  ];
}
