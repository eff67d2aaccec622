/**
 * Who in the whole repository speaks of tasks by id: Python (tests, other DAGs, functions that clear or trigger), YAML and
 * JSON. A file counts where the very id stands in it and the id of its DAG too.
 */

/** Where an id stands. */
export interface Mention {
  readonly file: string;
  readonly line: number;
}
export interface Mentions {
  /** Places outside `file` that name the task of the DAG. */
  of(dag: string, task: string, file: string): readonly Mention[];
}

interface Wanted {
  readonly dags: ReadonlySet<string>;
  readonly tasks: ReadonlySet<string>;
}
interface Named {
  readonly dags: Set<string>;
  readonly tasks: Map<string, number>;
}

/** `read` gives the files of the repository that hold one of the words; it is asked when somebody asks first. */
export function findMentions(
  wanted: () => Wanted,
  read: (words: readonly string[]) => readonly { readonly path: string; readonly text: string }[],
): Mentions {
  let found: ReadonlyMap<string, Named> | null = null;
  const look = (): ReadonlyMap<string, Named> => {
    const ids = wanted();
    const files = ids.dags.size === 0 ? [] : read([...ids.dags]).filter(({ path, text }) => !isOurs(path, text));
    return new Map(files.map(({ path, text }) => [path, namedIn(path, text, ids)]));
  };
  return {
    of: (dag, task, file) => {
      found ??= look();
      return [...found].flatMap(([path, { dags, tasks }]): Mention[] => {
        const line = tasks.get(task);
        return path === file || line === undefined || !dags.has(dag) ? [] : [{ file: path, line }];
      });
    },
  };
}

/** What this program writes itself speaks of every task. */
function isOurs(path: string, text: string): boolean {
  if (/(?:^|\/)(?:bpg-migrate|bpg-routing)\.yaml$|\.bpg\.(?:ya?ml|json)$/.test(path)) return true;
  return path.endsWith('.json') && text.includes('"bpg-migrate"');
}

/** Quoted words of Python, plain and quoted words of YAML and JSON. */
const words = { python: /(["'])([^"'\s]{1,250})\1/g, data: /()([\w.:/-]+)/g } as const;

function namedIn(path: string, text: string, wanted: Wanted): Named {
  const named: Named = { dags: new Set(), tasks: new Map() };
  const isPython = path.endsWith('.py');
  for (const match of text.matchAll(isPython ? words.python : words.data)) {
    const word = (match[2] ?? '').replace(/:$/, '');
    // `dag.task`, `dag:task` and `dag/task` name both; a task id may have dots of its own.
    for (const [dag, task] of splits(word)) {
      if (wanted.dags.has(dag)) named.dags.add(dag);
      if (!wanted.tasks.has(task) || named.tasks.has(task) || (isPython && definesTask(text, match.index))) continue;
      named.tasks.set(task, text.slice(0, match.index).split('\n').length);
    }
  }
  return named;
}

function* splits(word: string): Generator<readonly [string, string]> {
  yield [word, word];
  for (const { index } of word.matchAll(/[.:/]/g)) yield [word.slice(0, index), word.slice(index + 1)];
}

/** `SomeOperator(task_id="…")` makes a task of its own, it does not speak of another; `get_task(task_id="…")` does. */
function definesTask(text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - 200), offset);
  return /\btask_id\s*=\s*$/.test(before) && /(?:Operator|Sensor)(?:\.partial)?\s*\([^()]*$/.test(before);
}
