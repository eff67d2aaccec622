/** A review without a terminal: typed keys, and the screen as lines. */
import { type Controller, createController, type World } from '../../cli/review/controller.ts';
import { createChangeDrawer } from '../../cli/review/draw-change.ts';
import { initialState } from '../../cli/review/state.ts';
import { createTheme } from '../../cli/review/theme.ts';
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
    initialState(given.candidates, decisions, { undo: 0, redo: 0 }, { columns, rows }),
    { theme: createTheme(color), color, kindOf, drawChange: createChangeDrawer(given.view ?? filesOf) },
    {
      store: {
        decide: (wanted) => save('do', stepTo(decisions, wanted)),
        undo: () => save('undo', nextStep(history, 'undo')),
        redo: () => save('redo', nextStep(history, 'redo')),
      },
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
