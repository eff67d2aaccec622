/** A change that takes the switch of a task away: the new operator stays as it stands, and what only the switch needed goes. */
import type { Edit, FileFacts, Span, SwitchFacts } from '../model.ts';
import type { PlannedChange, SensorEdit } from './change.ts';
import { changeId } from './change-id.ts';
import { localName } from './imports.ts';
import { placeholderEdits } from './placeholder.ts';
import type { PreparedTask } from './prepare.ts';
import { factText, type Project } from './project.ts';
import { emptyClass, releasedSpans } from './released.ts';
import type { SensorPlan } from './sensor-plan.ts';
import { switchOf } from './switch-places.ts';
import { findTwin, renamed } from './switch-twins.ts';

type Built = Omit<PlannedChange, 'verdict' | 'task'>;

/** Null where a sensor's name for its empty task is taken. */
export function asFinal(
  project: Project,
  prepared: PreparedTask,
  own: SwitchFacts,
  sensors: readonly SensorPlan[],
): Built | null {
  const { facts, task } = prepared;
  const { source } = facts;
  const empty = emptyClass(project);
  const emptyName = localName(facts, empty);
  const edited: SensorEdit[] = [];
  const released: Span[] = [own.condition, ...releasedSpans(prepared, sensors)];
  const needs: PlannedChange['needs'][number][] = [];
  for (const plan of sensors) {
    const { sensor, tasks, outcome, id, implied } = plan;
    const common = { sensor, tasks, id, implied };
    const around = switchOf(facts, sensor);
    if (outcome === 'removed') {
      const statement = { span: sensor.statement, siblings: sensor.around.siblings };
      const removal = { statement: sensor.statementIsCall ? statement : null };
      // Where it stays after all, the name of the empty task does too.
      const fallback = plan.together === true ? fallbackOf(facts, plan, around, empty, emptyName) : {};
      edited.push({ ...common, removal, edits: [], ...fallback });
      if (around !== null) released.push(...(plan.together === true ? [around.condition, around.old] : [around.span]));
    } else if (around !== null) {
      edited.push({ ...common, removal: null, edits: emptyOnly(facts, plan, around) });
      released.push(around.condition, around.old);
    } else if (outcome === 'placeholder') {
      if (emptyName === null) return null;
      edited.push({ ...common, removal: null, edits: placeholderEdits(plan, facts, emptyName) });
      needs.push({ ...empty, near: sensor.import });
    }
  }
  const fresh = withoutIndent(source.text, own);
  const twin = findTwin(project, facts, task, own);
  const text = source.text.slice(own.span.start, own.span.end);
  return {
    id: changeId([source.path, 'final', factText(task.dag?.id) ?? '', text]),
    form: 'final',
    file: source.path,
    facts,
    sparkTask: task,
    callEdits: (name) => [
      { span: own.span, text: twin === null || name === '' ? fresh : renamed(fresh, twin.name, name) },
    ],
    constant: null,
    leftTwin: twin,
    request: null,
    documents: [],
    documentSource: null,
    sensors: edited,
    needs,
    callers: [],
    twin: null,
    released,
  };
}

function fallbackOf(
  facts: FileFacts,
  plan: SensorPlan,
  around: SwitchFacts | null,
  empty: ReturnType<typeof emptyClass>,
  emptyName: string | null,
): Pick<SensorEdit, 'fallback'> {
  const need = { ...empty, near: plan.sensor.import };
  if (around !== null) return { fallback: { edits: emptyOnly(facts, plan, around), need } };
  return emptyName === null ? {} : { fallback: { edits: placeholderEdits(plan, facts, emptyName), need } };
}

/** The empty task alone; an edge that the old call made by an argument becomes a line of its own. */
function emptyOnly(facts: FileFacts, { sensor, tasks, implied }: SensorPlan, around: SwitchFacts): readonly Edit[] {
  const text = withoutIndent(facts.source.text, around);
  const [task] = tasks;
  const lead = task?.variable == null ? '' : `${task.variable.name} >> `;
  if (implied.size === 0 || lead === '' || sensor.variable === null || !text.startsWith(lead))
    return [{ span: around.span, text }];
  const { start, end } = sensor.statement;
  const indent = /[ \t]*$/.exec(
    facts.source.text.slice(facts.source.text.lastIndexOf('\n', start - 1) + 1, start),
  )?.[0];
  return [
    { span: around.span, text: text.slice(lead.length) },
    { span: { start: end, end }, text: `${facts.lineEnding}${indent ?? ''}${lead}${sensor.variable.name}` },
  ];
}

/** The new side as it stands; where a formatter put it on lines of its own, in the indentation of the whole. */
function withoutIndent(text: string, { span, fresh }: SwitchFacts): string {
  const inner = text.slice(fresh.start, fresh.end);
  const lead = (at: number): string => text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const [own, whole] = [lead(fresh.start), /^[ \t]*/.exec(lead(span.start))?.[0] ?? ''];
  const isShifted = own.trim() === '' && own.startsWith(whole) && own.length > whole.length;
  if (!isShifted || /"""|'''/.test(inner)) return inner;
  return inner.replaceAll(`\n${own}`, `\n${whole}`);
}
