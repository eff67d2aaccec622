/**
 * A change that leaves both operators in the file: `New(…) if on_bpg("id") else Old(…)`. What was there is not touched: the
 * new operator and the question come before it. A sensor keeps its task id in both positions.
 */
import type { Edit, FileFacts, Span, SparkCall, SparkTask } from '../model.ts';
import { SWITCH_FUNCTION, SWITCH_MODULE } from '../parser/switches.ts';
import type { PlannedChange, SensorEdit } from './change.ts';
import { applyEdits } from './edits.ts';
import { localName } from './imports.ts';
import { placeholderEdits } from './placeholder.ts';
import type { PreparedTask } from './prepare.ts';
import type { Project } from './project.ts';
import { emptyClass } from './released.ts';
import type { SensorPlan } from './sensor-plan.ts';
import { type Question, questionAt, questionOf } from './switch-question.ts';

type Built = Omit<PlannedChange, 'verdict' | 'task'>;
export type Switched = { readonly ok: true; readonly change: Built } | { readonly ok: false; readonly because: string };

/** The change of a task as a switch, or why it can't have one. */
export function asSwitch(
  project: Project,
  { facts, task, subject }: PreparedTask,
  built: Built,
  sensors: readonly SensorPlan[],
): Switched {
  if (built.callers.length > 0 || built.twin !== null)
    return no('its change also edits the calls that lead to it, which have one form only');
  if (built.readers !== undefined) return no('a reader of its XCom would have to read both operators');
  if (isCalledElsewhere(task)) return no('its call stands in a definition that another file calls');
  const need = { module: SWITCH_MODULE, name: SWITCH_FUNCTION, near: task.import };
  const name = localName(facts, need);
  if (name === null) return no(`the file has another ${SWITCH_FUNCTION}`);
  const own = questionOf(task, name, subject.connection);
  if (!own.ok) return own;
  const empty = emptyClass(project);
  const emptyName = localName(facts, empty);
  const moving = sensors.filter(({ outcome }) => outcome === 'removed' || outcome === 'placeholder');
  if (moving.some(({ tasks }) => tasks.length > 1))
    return no('its sensor waits for several tasks, and a switch asks for one');
  const edited: SensorEdit[] = [];
  for (const plan of moving) {
    if (plan.tasks.length > 1) return no('its sensor waits for other tasks too, which may be on another path');
    if (emptyName === null) return no(`the name ${empty.name} is taken in the file`);
    const question: Question = questionAt(plan.sensor, task, name, subject.connection);
    if (!question.ok) return question;
    const edits = switchEdits(plan.sensor, emptied(facts, plan, emptyName), question.text);
    edited.push({ sensor: plan.sensor, tasks: plan.tasks, id: plan.id, implied: plan.implied, removal: null, edits });
  }
  const near = moving[0]?.sensor.import ?? task.import;
  const emptyNeed = moving.length === 0 ? [] : [{ ...empty, near }];
  const others = built.needs.filter((one) => one.module !== empty.module || one.name !== empty.name);
  return {
    ok: true,
    change: {
      ...built,
      form: 'switch',
      callEdits: (reference) => switchEdits(task, written(facts, task.whole, built.callEdits(reference)), own.text),
      sensors: edited,
      needs: [...others, ...emptyNeed, need],
      released: [],
    },
  };
}

/** True where another file calls the function or class around the call: both operators would share what it gives. */
function isCalledElsewhere({ file, reached }: SparkTask): boolean {
  const definitions = reached?.definitions ?? [];
  return definitions.some((one) => one.file !== file || one.calls.some((call) => call.file !== file));
}

const no = (because: string): Switched => ({ ok: false, because });

/** What stands before the old expression, and the parenthesis behind it where the place needs one. */
function switchEdits({ whole, takesConditional }: SparkCall, fresh: string, question: string): Edit[] {
  const open = takesConditional ? '' : '(';
  const before: Edit = {
    span: { start: whole.start, end: whole.start },
    text: `${open}${fresh} if ${question} else `,
  };
  return takesConditional ? [before] : [before, { span: { start: whole.end, end: whole.end }, text: ')' }];
}

/** The text of the span with the edits made that lie in it. */
function written({ source }: FileFacts, span: Span, edits: readonly Edit[]): string {
  const inside = edits.filter((edit) => span.start <= edit.span.start && edit.span.end <= span.end);
  const moved = inside.map(({ span: { start, end }, text }) => ({
    span: { start: start - span.start, end: end - span.start },
    text,
  }));
  return applyEdits(source.text.slice(span.start, span.end), moved);
}

/** The empty task of the new path. An edge that an argument of the sensor made is made by a shift, which gives its right side. */
function emptied(facts: FileFacts, plan: SensorPlan, emptyName: string): string {
  const text = written(facts, plan.sensor.whole, placeholderEdits(plan, facts, emptyName).filter(inPlace(plan)));
  const [task] = plan.tasks;
  return plan.implied.size > 0 && task?.variable != null ? `${task.variable.name} >> ${text}` : text;
}

/** Without the statement that a placeholder writes below. */
const inPlace =
  ({ sensor }: SensorPlan) =>
  ({ span }: Edit): boolean =>
    span.start < sensor.whole.end;
