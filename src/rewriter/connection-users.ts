/** Who else is given a connection of Spark tasks: pod operators, hooks, anything in the Python of the project. */
import type { ConnectionUser, FileFacts, SparkCall } from '../model.ts';
import { placeAt } from '../parser/places.ts';
import { order } from './entries.ts';
import type { ProjectDecisions } from './plan.ts';
import type { Project } from './project.ts';

/** By connection, each use with its place and what is called there; `callee` is null where that was not looked at. */
export function connectionUsers(
  project: Project,
  decisions: ProjectDecisions,
): ReadonlyMap<string, readonly ConnectionUser[]> {
  const names = new Set(
    decisions.files.flatMap(({ tasks }) => tasks.flatMap(({ prepared }) => prepared.subject.connection ?? [])),
  );
  for (const { connection } of project.options.routing)
    if (connection !== undefined && !/[*?[\]{}!()]/.test(connection)) names.add(connection);
  return new Map([...names].sort(order).map((name) => [name, usersOf(project, decisions, name)]));
}

/** Other operators that are given the connection, in files with Spark tasks and in all others. */
export function usersOf(project: Project, decisions: ProjectDecisions, name: string): readonly ConnectionUser[] {
  const own = new Set(project.files.map(({ source }) => source.path));
  const inOwn = project.files.flatMap((facts) => usesIn(facts, decisions, name));
  const inOthers = project.others
    .quoting(name)
    .filter(({ path }) => !own.has(path))
    .flatMap(({ path, text }) => quotesIn(path, text, name));
  return [...inOwn, ...inOthers].sort((a, b) => order(a.file, b.file) || a.line - b.line || a.column - b.column);
}

function usesIn(facts: FileFacts, decisions: ProjectDecisions, name: string): readonly ConnectionUser[] {
  const found = facts.strings.filter(({ value }) => value === name);
  if (found.length === 0) return [];
  const calls: SparkCall[] = decisions.files
    .filter((file) => file.facts === facts)
    .flatMap((file) => [...facts.tasks, ...file.sensors.map(({ sensor }) => sensor)]);
  return found.flatMap(({ span, context }) => {
    if (context.callee === null || /(?:^|\.)(?:DAG|dag|TaskGroup)$/.test(context.callee)) return [];
    if (calls.some((call) => call.span.start <= span.start && span.end <= call.span.end)) return [];
    return [{ ...placeAt(facts.source.path, facts.source.text, span.start), callee: context.callee }];
  });
}

/** Each place in quotes, and the call whose parenthesis is open there. */
function quotesIn(path: string, text: string, name: string): readonly ConnectionUser[] {
  const users: ConnectionUser[] = [];
  for (const quote of [`"${name}"`, `'${name}'`]) {
    for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + 1))
      users.push({ ...placeAt(path, text, at), callee: calleeBefore(text, at) });
  }
  return users;
}

/** Far enough back for the arguments of any call that a person writes. */
const LOOK_BACK = 4_000;

function calleeBefore(text: string, offset: number): string | null {
  let depth = 0;
  for (let at = offset - 1; at >= Math.max(0, offset - LOOK_BACK); at -= 1) {
    if (text[at] === ')') depth += 1;
    if (text[at] !== '(') continue;
    if (depth === 0) return /([A-Za-z_][\w.]*)\s*$/.exec(text.slice(Math.max(0, at - 200), at))?.[1] ?? null;
    depth -= 1;
  }
  return null;
}
