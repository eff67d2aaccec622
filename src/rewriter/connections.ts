/** Who still uses which connection: when the last legacy user is gone, it can be retired. */
import type { ConnectionEntry, Options, TaskEntry } from '../model.ts';
import { usersOf } from './connection-users.ts';
import type { ProjectDecisions } from './plan.ts';
import type { Project } from './project.ts';

export function connectionEntries(
  project: Project,
  decisions: ProjectDecisions,
  tasks: readonly TaskEntry[],
): readonly ConnectionEntry[] {
  const kinds = new Map<string, ConnectionEntry['kind']>();
  for (const { tasks: plans } of decisions.files) {
    for (const { prepared } of plans) {
      const { connection, kind } = prepared.subject;
      const known = kinds.get(connection ?? '?');
      // Whichever file comes first: parts of a project that are told apart must agree.
      if (known === undefined || kind < known) kinds.set(connection ?? '?', kind);
    }
  }
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

/** Files in which something else is given the connection. */
function otherUsersOf(project: Project, decisions: ProjectDecisions, name: string): number {
  return new Set(usersOf(project, decisions, name).map(({ file }) => file)).size;
}
