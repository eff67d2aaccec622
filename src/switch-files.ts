/** The files beside the DAGs that a switch needs: its module, and which task takes which path. */
import { posix } from 'node:path';
import type { Materialized } from './make-files.ts';
import type { PlannedFile } from './model.ts';
import { SWITCH_MODULE } from './parser/switches.ts';
import type { PlannedChange } from './rewriter/change.ts';
import { factText, type Project } from './rewriter/project.ts';
import { ROUTING_FILE, switchFolder, withoutTask } from './rewriter/switch-routes.ts';

/** What a new routing file says: nothing yet, so that every task stays where it is. */
const FIRST_ROUTES = `# Which path each switched task takes: old (SparkKubernetesOperator) or new (BPGOperator).
# The most specific line wins: task, then DAG, then connection. What is not named takes the old path.
# Before a word changes: pause the DAG, let its runs finish, deploy, unpause.
tasks:
  # churn_score:             # DAG
  #   submit: new            # task id with the prefixes of its TaskGroups, as Airflow shows it
dags:
  # churn_score: new
connections:
  # emr_on_eks_connection_1: new
`;

/**
 * What was made of the changes, with the files that their switches need, or need no more. `module` is the text of the
 * Python module; without it only the routing file is planned.
 */
export function withSwitchFiles(
  project: Project,
  changes: readonly PlannedChange[],
  module: string | undefined,
  made: Materialized,
): Materialized {
  const gone = new Set(made.withdrawn.map(({ change }) => change));
  const done = changes.filter(({ id, form }) => form !== undefined && !gone.has(id));
  if (done.length === 0) return made;
  const files = new Map<string, PlannedFile>();
  for (const change of done) {
    const folder = switchFolder(project, change.file);
    const routing = posix.join(folder, ROUTING_FILE);
    if (change.form === 'switch') {
      if (module !== undefined) addNew(project, files, posix.join(folder, `${SWITCH_MODULE}.py`), module);
      addNew(project, files, routing, FIRST_ROUTES);
    } else {
      const there = project.read(routing);
      if (!there.ok) continue;
      const before = there.text;
      const after = withoutTasks(files.get(routing)?.after ?? before, change);
      if (after !== before) files.set(routing, { path: routing, before, after, encoding: 'utf-8' });
    }
  }
  return { ...made, files: [...made.files, ...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

function addNew({ read }: Project, files: Map<string, PlannedFile>, path: string, after: string): void {
  if (!read(path).ok) files.set(path, { path, before: null, after, encoding: 'utf-8' });
}

/** The text without the lines of the tasks that a call makes, as far as they are known. */
function withoutTasks(text: string, { sparkTask }: PlannedChange): string {
  const dag = factText(sparkTask.dag?.id);
  const id = factText(sparkTask.taskId);
  const ids = id === null ? (sparkTask.taskIds ?? []) : [id];
  return dag === null ? text : ids.reduce((left, one) => withoutTask(left, dag, one), text);
}
