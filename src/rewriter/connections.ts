/** Who still uses which connection: when the last legacy user is gone, it can be retired. */
import type { ConnectionEntry, FileFacts, Options, SparkCall, TaskEntry } from '../model.ts';
import type { ProjectDecisions } from './plan.ts';
import type { Project } from './project.ts';

export function connectionEntries(
  project: Project,
  decisions: ProjectDecisions,
  tasks: readonly TaskEntry[],
): readonly ConnectionEntry[] {
  const kinds = new Map<string, ConnectionEntry['kind']>();
  for (const { tasks: plans } of decisions.files)
    for (const { prepared } of plans) kinds.set(prepared.subject.connection ?? '?', prepared.subject.kind);
  for (const name of routedNames(project.options)) if (!kinds.has(name)) kinds.set(name, 'kubernetes_conn_id');
  return [...kinds]
    .map(([name, kind]): ConnectionEntry => {
      const known = name === '?' ? null : name;
      const users = tasks.filter(
        ({ connection, status }) => connection === known && (known !== null || status !== 'migrated'),
      );
      const legacy = users.filter(({ status }) => status !== 'migrated').length;
      const otherUsers = known === null ? 0 : otherUsersOf(project, decisions, known);
      return {
        name,
        kind,
        legacy,
        migrated: users.length - legacy,
        otherUsers,
        queues: [...new Set(users.flatMap(({ queue }) => queue ?? []))].sort(),
        retirable: known !== null && legacy === 0 && otherUsers === 0 && !hidesUsers(tasks),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Connections that routes name literally: without a user left they are the ones to retire. */
function routedNames(options: Options): string[] {
  return options.routing.flatMap(({ connection }) =>
    connection !== undefined && !/[*?[\]{}!()]/.test(connection) ? [connection] : [],
  );
}

/** A legacy task whose connection is not known may use any. */
function hidesUsers(tasks: readonly TaskEntry[]): boolean {
  return tasks.some(({ status, connection }) => status !== 'migrated' && connection === null);
}

/** Other operators that are given the connection, in files with Spark tasks and in all others. */
function otherUsersOf(project: Project, decisions: ProjectDecisions, name: string): number {
  const own = new Set(project.files.map(({ source }) => source.path));
  const inOwn = project.files.filter((facts) => namesElsewhere(facts, decisions, name)).length;
  return inOwn + project.others.quoting(name).filter(({ path }) => !own.has(path)).length;
}

function namesElsewhere(facts: FileFacts, decisions: ProjectDecisions, name: string): boolean {
  const calls: SparkCall[] = decisions.files
    .filter((file) => file.facts === facts)
    .flatMap((file) => [...facts.tasks, ...file.sensors.map(({ sensor }) => sensor)]);
  return facts.strings.some(({ span, value, context }) => {
    if (value !== name || context.callee === null || /(?:^|\.)(?:DAG|dag|TaskGroup)$/.test(context.callee))
      return false;
    return !calls.some((call) => call.span.start <= span.start && span.end <= call.span.end);
  });
}
