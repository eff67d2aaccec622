/** What holds tasks back, as things to settle: each by what it is about, with the tasks that it alone holds. */
import { kindOf } from '../findings/catalogue.ts';
import type { Blocker, FindingKind, TaskEntry } from '../model.ts';
import { compareText } from './groups.ts';
import { dagOf } from './wave-links.ts';

type Kinds = (code: string) => FindingKind;

interface Subject {
  readonly key: string;
  readonly code: string;
  readonly action: string;
}

const queueText = (queue: string | null): string => (queue === null ? 'the queue that is chosen' : `queue ${queue}`);

/** Codes that are settled once for many tasks: for each what it is about. All others are settled task by task. */
const subjects: Readonly<Record<string, (task: TaskEntry) => readonly Subject[]>> = {
  'no-route': ({ connection }) => [
    {
      key: `no-route ${connection ?? '?'}`,
      code: 'no-route',
      action: `map connection ${connection ?? '?'} to a queue`,
    },
  ],
  'names-not-provided': ({ queue }) => [
    {
      key: `names-not-provided ${queue ?? '?'}`,
      code: 'names-not-provided',
      action: `say what ${queueText(queue)} provides`,
    },
  ],
  'field-lost': ({ losses, queue }) =>
    losses
      .filter((loss) => loss.class === 'lost' && loss.accepted === undefined)
      .map(({ path }) => ({
        key: `field-lost ${path} ${queue ?? '?'}`,
        code: 'field-lost',
        action: `supply or accept the loss of ${path} on ${queueText(queue)}`,
      })),
};

function subjectsOf(task: TaskEntry, kinds: Kinds): ReadonlyMap<string, Subject> {
  const found = new Map<string, Subject>();
  for (const { code } of task.findings) {
    const kind = kinds(code);
    if (kind.verdict === 'safe') continue;
    const own = subjects[code]?.(task) ?? [];
    for (const one of own.length > 0 ? own : [{ key: code, code, action: kind.title }]) found.set(one.key, one);
  }
  return found;
}

/** What frees most tasks first, then what holds most. Throws on a code that the catalogue lacks. */
export function blockersIn(tasks: readonly TaskEntry[], kinds: Kinds = kindOf): readonly Blocker[] {
  const held = new Map<string, { subject: Subject; tasks: TaskEntry[]; frees: TaskEntry[] }>();
  for (const task of tasks.filter(({ status }) => status === 'legacy')) {
    const own = subjectsOf(task, kinds);
    for (const [key, subject] of own) {
      const entry = held.get(key) ?? { subject, tasks: [], frees: [] };
      held.set(key, entry);
      entry.tasks.push(task);
      if (own.size === 1) entry.frees.push(task);
    }
  }
  return [...held]
    .map(([key, entry]): Blocker => {
      const { verdict, remedy } = kinds(entry.subject.code);
      return {
        key,
        code: entry.subject.code,
        verdict,
        action: entry.subject.action,
        remedy,
        tasks: entry.tasks.map(({ id }) => id),
        frees: entry.frees.map(({ id }) => id),
        dags: new Set((entry.frees.length > 0 ? entry.frees : entry.tasks).map(dagOf)).size,
      };
    })
    .sort((a, b) => b.frees.length - a.frees.length || b.tasks.length - a.tasks.length || compareText(a.key, b.key));
}
