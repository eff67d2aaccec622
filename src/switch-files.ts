/** The files beside the DAGs that a switch needs: its module, and which task takes which path. */
import { posix } from 'node:path';
import type { Materialized } from './make-files.ts';
import type { PlannedFile } from './model.ts';
import { listFiles, readFilesNaming } from './parser/project-files.ts';
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
    if (change.form === 'final') takeRoutesOut(project, files, folder, change);
    else {
      if (module !== undefined) addNew(project, files, posix.join(folder, `${SWITCH_MODULE}.py`), module);
      addNew(project, files, posix.join(folder, ROUTING_FILE), FIRST_ROUTES);
    }
  }
  if (done.some(({ form }) => form === 'final') && nobodyAsks(project, made.files))
    for (const folder of new Set(done.map(({ file }) => switchFolder(project, file))))
      removeSwitch(project, files, folder, module);
  return { ...made, files: [...made.files, ...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

function takeRoutesOut(
  { read }: Project,
  files: Map<string, PlannedFile>,
  folder: string,
  change: PlannedChange,
): void {
  const path = posix.join(folder, ROUTING_FILE);
  const there = read(path);
  if (!there.ok) return;
  const before = there.text;
  const after = withoutTasks(files.get(path)?.after ?? before, change);
  if (after !== before) files.set(path, { path, before, after, encoding: 'utf-8' });
}

/** Both files, unless somebody changed the module: then it is theirs. */
function removeSwitch(
  { read }: Project,
  files: Map<string, PlannedFile>,
  folder: string,
  module: string | undefined,
): void {
  const path = posix.join(folder, `${SWITCH_MODULE}.py`);
  const there = read(path);
  if (!there.ok || there.text !== module) return;
  for (const one of [path, posix.join(folder, ROUTING_FILE)]) {
    const file = read(one);
    if (file.ok) files.set(one, { path: one, before: file.text, after: '', encoding: 'utf-8', gone: true });
  }
}

function addNew({ read }: Project, files: Map<string, PlannedFile>, path: string, after: string): void {
  if (!read(path).ok) files.set(path, { path, before: null, after, encoding: 'utf-8' });
}

/** True when no Python file below the root speaks of the module any more; one that can not be read may. */
function nobodyAsks({ options }: Project, made: readonly PlannedFile[]): boolean {
  const { root, maxFileSize } = options;
  const after = new Map(made.map((file) => [file.path, file.after]));
  const paths = listFiles(root, /\.py$/).filter((path) => posix.basename(path) !== `${SWITCH_MODULE}.py`);
  const { files, skipped } = readFilesNaming(root, paths, [SWITCH_MODULE], maxFileSize);
  return skipped.length === 0 && files.every(({ path, text }) => !(after.get(path) ?? text).includes(SWITCH_MODULE));
}

/** The text without the lines of the tasks that a call makes, as far as they are known. */
function withoutTasks(text: string, { sparkTask }: PlannedChange): string {
  const dag = factText(sparkTask.dag?.id);
  const id = factText(sparkTask.taskId);
  const ids = id === null ? (sparkTask.taskIds ?? []) : [id];
  return dag === null ? text : ids.reduce((left, one) => withoutTask(left, dag, one), text);
}
