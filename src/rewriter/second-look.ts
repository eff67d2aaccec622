/** What other files of the tree may say about the tasks: the words for one more pass over all of them. */
import { posix } from 'node:path';
import type { FileFacts, Options } from '../model.ts';
import { factText } from './project.ts';

/** Ways to speak of a task of another file. */
const referenceWords = ['xcom_pull', 'external_task_id', 'get_task', 'has_task'];
/** Beyond this many words a search for each costs more than looking at every file that could matter. */
const MOST_WORDS = 200;

/** Files without any of these words refer to no task, use no connection and import no constant of ours. */
export function secondLookWords(files: readonly FileFacts[], options: Options): readonly string[] {
  const words = new Set(referenceWords);
  for (const { connection } of options.routing)
    if (connection !== undefined && !/[*?[{(!]/.test(connection)) words.add(connection);
  for (const facts of files) {
    const own = facts.tasks.map((task) => task.arguments.find(({ name }) => name === 'kubernetes_conn_id')?.value);
    const inherited = [...facts.tasks, ...facts.migrated].map(
      ({ dag }) => dag?.defaultArgs.entries.get('kubernetes_conn_id')?.value,
    );
    for (const fact of [...own, ...inherited]) words.add(factText(fact) || 'kubernetes_default');
    const holdsText = facts.tasks.some(({ payload }) => payload.kind === 'constant' || payload.kind === 'dict');
    for (const { callers, payload } of facts.tasks)
      for (const name of [...callers, ...(payload.kind === 'file' ? payload.callers : [])]) words.add(name);
    if (holdsText) words.add(posix.basename(facts.source.path, '.py'));
  }
  return words.size <= MOST_WORDS ? [...words] : [...referenceWords, 'conn_id', 'get_connection', 'import '];
}
