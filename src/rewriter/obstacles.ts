/** Why a sensor does not go: the forms that end in an empty task, and those that a person has to see to. A table is data. */

export interface Obstacle {
  /** What becomes of the sensor. */
  readonly outcome: 'placeholder' | 'manual';
  /** The middle of a sentence, with `{name}` for what the source says. */
  readonly because: string;
  /** The same as a form of Python or of a project. */
  readonly form: string;
}

const placeholder = (because: string, form: string): Obstacle => ({ outcome: 'placeholder', because, form });
const manual = (because: string, form: string): Obstacle => ({ outcome: 'manual', because, form });

export type ObstacleName =
  | 'own-rule'
  | 'id-unknown'
  | 'referenced'
  | 'imported'
  | 'one-done'
  | 'other-region'
  | 'label'
  | 'inexact'
  | 'other-meaning'
  | 'larger-statement'
  | 'shared-line'
  | 'kept-elsewhere'
  | 'deleted'
  | 'bound-again'
  | 'used-otherwise'
  | 'task-not-before'
  | 'used-early'
  | 'counted'
  | 'loop-edges'
  | 'uncertain-before'
  | 'group-ends'
  | 'other-group'
  | 'ignored'
  | 'output-edge'
  | 'mapped'
  | 'unseen-arguments'
  | 'also-watches';

export const obstacles: Readonly<Record<ObstacleName, Obstacle>> = {
  'own-rule': placeholder(
    'its trigger_rule decides when the tasks behind it run',
    'a sensor with a `trigger_rule` other than `all_success`',
  ),
  'id-unknown': placeholder(
    'its task id is not known, so references to it can not be looked for',
    'a task id that only exists at run time',
  ),
  referenced: placeholder(
    '{places} refers to its task id',
    'the id in `external_task_id`, `xcom_pull`, `get_task`, a branch, `clear`, a test, YAML or JSON',
  ),
  imported: placeholder('{file} may import it', '`from dags.a import monitor` in another file'),
  'one-done': placeholder(
    'a trigger_rule one_done in this file would see the failed task itself',
    '`trigger_rule="one_done"` in the file',
  ),
  'other-region': placeholder(
    'it stands in another branch or loop than its task',
    '`if wait: monitor = …` beside a task that is always there',
  ),
  label: placeholder('a Label stands on an edge that would go', '`submit >> Label("a") >> monitor >> Label("b") >> x`'),
  inexact: placeholder(
    'the edges around it are written in a form that is not rewritten yet',
    '`[t, u] >> monitor >> [x, y]`, where Python has no way to write the edges that are left in place; two statements on a line',
  ),
  'other-meaning': placeholder(
    'a name would stand for something else in the edges around it',
    'a variable that is bound again between task and sensor',
  ),
  'larger-statement': placeholder(
    'its call is part of a larger statement',
    '`t, s = Op(…), Sensor(…)`, `waits = [Sensor(…)]`, a sensor in an expression twice',
  ),
  'shared-line': placeholder('its statement shares a line with another', '`submit = …; monitor = …`'),
  'kept-elsewhere': placeholder('it is kept in {holder}', '`tasks["wait"] = Sensor(…)`, `self.wait = Sensor(…)`'),
  deleted: placeholder('the name {name} is deleted', '`del monitor`'),
  'bound-again': placeholder(
    'the name {name} may stand for something else where it is used',
    'one name for several sensors, ordered in a loop or function',
  ),
  'used-otherwise': placeholder(
    '{name} is used in other ways than to order tasks',
    '`return monitor`, `steps.append(monitor)`, `last = monitor`, `report(monitor.output)`',
  ),
  'task-not-before': placeholder(
    'its task is not known to run before it, and other tasks run after it',
    'a sensor without an edge from its task',
  ),
  'used-early': placeholder('its name is used before it is bound', 'a loop that orders the sensor of the turn before'),
  counted: placeholder(
    'several tasks run before it, and a trigger_rule in this file may count them one by one',
    '`[submit, other] >> monitor` in a file with a `trigger_rule`',
  ),
  'loop-edges': placeholder(
    'the edges around it depend on a loop or a condition',
    '`for x in xs: x >> monitor` beside `for y in ys: monitor >> y`',
  ),
  'uncertain-before': placeholder(
    'what runs before it is not certain',
    'an edge from a name that may be one of several tasks',
  ),
  'group-ends': placeholder(
    'it may begin or end its task group in another way than its task would',
    '`with TaskGroup("g") as g` where the sensor is not the one task behind its task',
  ),
  'other-group': placeholder('it stands in another task group than its task', 'task and sensor in different groups'),
  ignored: manual('a comment says to ignore it', '`# bpg-migrate: ignore[…]` on the sensor and not on its task'),
  'output-edge': manual(
    'an XComArg among its arguments makes an edge that would go with it',
    '`namespace=other.output` on a sensor that can not go',
  ),
  mapped: manual('a mapped sensor is not rewritten', '`Sensor.partial(…).expand(…)`'),
  'unseen-arguments': manual('its arguments can not all be seen', '`Sensor(**settings)`'),
  'also-watches': manual(
    'it also watches {tasks}, which is no such task of this file',
    '`xcom_pull(task_ids=["submit", "elsewhere"])`',
  ),
};

/** The sentence of an obstacle with what the source says in it. */
export function because(name: ObstacleName, args: Readonly<Record<string, string>> = {}): string {
  return obstacles[name].because.replace(/\{(\w+)\}/g, (hole, key: string) => args[key] ?? hole);
}
