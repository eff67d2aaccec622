/** Which queue a task goes to: the connection that it used to have, looked up in the routes. First match wins. */
import picomatch from 'picomatch';
import type { Finding, Options, Place, Route, RouteCondition, SparkTask } from '../model.ts';
import { nearest } from '../nearest.ts';
import { brief, effective, factText, finding, knownText } from './project.ts';

/** What a route looks at; null where it is not known. */
export interface Subject {
  readonly connection: string | null;
  readonly kind: 'kubernetes_conn_id' | 'in_cluster' | 'config_file' | 'unknown';
  /** The source text, for messages. */
  readonly expression: string;
  readonly connectionPlace: Place;
  readonly namespace: string | null;
  readonly dag: string | null;
  readonly owner: string | null;
}

export interface Routed {
  readonly route: Route | null;
  readonly queue: string | null;
  readonly isolationBroken: boolean;
  readonly findings: readonly Finding[];
}

const DEFAULT_CONNECTION = 'kubernetes_default';

/**
 * The subject of a task; `documentNamespace` counts where the call names none. `fileOwner` (configuration, CODEOWNERS) is
 * over the argument. Tags are left out: they are written to find DAGs, too little to send a job somewhere.
 */
export function subjectOf(
  task: SparkTask,
  placeOf: (offset: number) => Place,
  documentNamespace: string | null,
  fileOwner: string | null = null,
): Subject {
  const rest = {
    namespace: knownText(effective(task, 'namespace')) ?? documentNamespace,
    dag: factText(task.dag?.id),
    owner: fileOwner ?? knownText(effective(task, 'owner')),
  };
  const cluster = ['config_file', 'cluster_context', 'in_cluster'].find((name) => isSet(task, name));
  if (cluster !== undefined && !isSet(task, 'kubernetes_conn_id')) {
    const found = effective(task, cluster);
    const value = knownText(found);
    const kind = cluster === 'in_cluster' ? 'in_cluster' : 'config_file';
    const place = placeOf(argumentStart(task, cluster));
    return { ...rest, connection: value ?? cluster, kind, expression: cluster, connectionPlace: place };
  }
  const found = effective(task, 'kubernetes_conn_id');
  const place = placeOf(argumentStart(task, 'kubernetes_conn_id'));
  if (found.from === 'nothing' || ('value' in found && found.value.kind === 'known' && found.value.value === null))
    return {
      ...rest,
      connection: DEFAULT_CONNECTION,
      kind: 'kubernetes_conn_id',
      expression: DEFAULT_CONNECTION,
      connectionPlace: place,
    };
  const known = knownText(found);
  const templated = known?.includes('{{') === true;
  if (known !== null && !templated)
    return { ...rest, connection: known, kind: 'kubernetes_conn_id', expression: known, connectionPlace: place };
  const expression = 'text' in found ? brief(found.text) : 'from arguments that can not be seen';
  return { ...rest, connection: null, kind: 'unknown', expression, connectionPlace: place };
}

/** The owner of the first glob of the configuration that matches the file, else the one that CODEOWNERS names. */
export function ownerOfFile(
  file: string,
  owners: Options['owners'],
  codeowners: (file: string) => string | null = () => null,
): string | null {
  return Object.entries(owners).find(([glob]) => isMatch(file, glob))?.[1] ?? codeowners(file);
}

function isSet(task: SparkTask, name: string): boolean {
  const found = effective(task, name);
  return (
    'value' in found && !(found.value.kind === 'known' && (found.value.value === null || found.value.value === false))
  );
}

function argumentStart(task: SparkTask, name: string): number {
  return task.arguments.find((argument) => argument.name === name)?.span.start ?? task.span.start;
}

/**
 * `chosen` is a queue that a person decided on: it takes the place of the route's, and labels and spot instances are those
 * of a route to that queue only. Isolation rules hold for it as for any other.
 */
export function routeTask(subject: Subject, options: Options, place: Place, chosen?: string): Routed {
  const matching = options.routing.filter((candidate) => matches(candidate, subject));
  const usual = matching[0] ?? null;
  const route = chosen === undefined ? usual : (matching.find((one) => one.queue === chosen) ?? null);
  const queue = chosen ?? usual?.queue ?? null;
  const findings: Finding[] = [];
  if (chosen !== undefined) {
    const instead = usual?.queue ?? 'no route';
    if (chosen !== usual?.queue) findings.push(finding('queue-decided', place, { queue: chosen, instead }));
  } else if (subject.connection === null) {
    const { expression } = subject;
    findings.push(
      queue === null
        ? finding('connection-unknown', subject.connectionPlace, { expression })
        : finding('routed-unknown', subject.connectionPlace, { expression, by: conditionText(route ?? {}), queue }),
    );
  } else if (queue === null) {
    findings.push(finding('no-route', subject.connectionPlace, { subject: `connection ${subject.connection}` }));
  }
  if (chosen === undefined && queue !== null && isUndeclared(queue, options)) {
    const meant = nearest(queue, Object.keys(options.queues));
    const hint = meant === null ? '' : ` (did you mean ${meant}?)`;
    findings.push(finding('queue-not-declared', place, { queue, hint }));
  }
  const broken = brokenRule(subject, queue, options);
  if (broken !== null) {
    const args = {
      queue: queue ?? '(chosen by the gateway)',
      match: conditionText(broken.match),
      allowed: broken.queues.join(', '),
    };
    findings.push(finding('isolation-broken', place, args));
  }
  return { route, queue, isolationBroken: broken !== null && queue !== null, findings };
}

/** Without any entry, nobody said which queues there are. */
function isUndeclared(queue: string, { queues }: Options): boolean {
  return Object.keys(queues).length > 0 && !Object.hasOwn(queues, queue);
}

/** The first isolation rule that the queue breaks. A task whose subject may match counts as matching. */
function brokenRule(subject: Subject, queue: string | null, options: Options): Options['isolation'][number] | null {
  for (const rule of options.isolation) {
    if (!mayMatch(rule.match, subject)) continue;
    if (queue === null || !rule.queues.some((glob) => isMatch(queue, glob))) return rule;
  }
  return null;
}

const names = ['connection', 'namespace', 'dag', 'owner'] as const;

/** True when every condition holds; the unknown matches `*` only, and no negation. */
function matches(condition: RouteCondition, subject: Subject): boolean {
  return names.every((name) => {
    const [glob, not, value] = [condition[name], condition[`not-${name}`], subject[name]];
    if (glob !== undefined && !(glob === '*' || (value !== null && isMatch(value, glob)))) return false;
    return not === undefined || (value !== null && !isMatch(value, not));
  });
}

/** Like `matches`, but what is not known may be anything. */
function mayMatch(condition: RouteCondition, subject: Subject): boolean {
  return names.every((name) => {
    const [glob, not, value] = [condition[name], condition[`not-${name}`], subject[name]];
    if (value === null) return true;
    return (glob === undefined || isMatch(value, glob)) && (not === undefined || !isMatch(value, not));
  });
}

/** A glob over one name: `*` also matches `/` and a leading dot, for names are no paths. */
export function isMatch(value: string, glob: string): boolean {
  return picomatch.isMatch(value.replaceAll('/', '\u2215'), glob.replaceAll('/', '\u2215'), { dot: true });
}

/** The number of the first earlier rule that matches whatever this one matches, null where none is sure to. */
export function shadowingRule(routes: readonly Route[], index: number): number | null {
  const route = routes[index] ?? {};
  const earlier = routes.slice(0, index).findIndex((other) => covers(other, route));
  return earlier === -1 ? null : earlier + 1;
}

/** Certain cases only: each condition of the wider rule is `*`, the same text, or matches the narrower one's plain name. */
export function covers(wider: RouteCondition, narrower: RouteCondition): boolean {
  return names.every((name) => {
    const [glob, not] = [wider[name], wider[`not-${name}`]];
    const own = narrower[name];
    const plain = own !== undefined && isPlain(own);
    const holds = glob === undefined || glob === '*' || glob === own || (plain && isMatch(own, glob));
    return holds && (not === undefined || not === narrower[`not-${name}`] || (plain && !isMatch(own, not)));
  });
}

/** The name whose two conditions exclude each other, so that nothing matches the rule; null where none is sure to. */
export function deniedBy(condition: RouteCondition): string | null {
  return (
    names.find((name) => {
      const [glob, not] = [condition[name], condition[`not-${name}`]];
      if (not === undefined) return false;
      return not === '*' || (glob !== undefined && (glob === not || (isPlain(glob) && isMatch(glob, not))));
    }) ?? null
  );
}

const isPlain = (glob: string): boolean => !/[*?[\]{}!()]/.test(glob);

/** Why a rule matches a task: each of its conditions with what the task has there. */
export function reasonsOf(condition: RouteCondition, subject: Subject): string {
  const reasons = names.flatMap((name) => {
    const [glob, not, value] = [condition[name], condition[`not-${name}`], subject[name] ?? 'not known'];
    return [
      ...(glob === undefined ? [] : [glob === value ? `${name} is ${value}` : `${name} ${value} matches ${glob}`]),
      ...(not === undefined ? [] : [`${name} ${value} is not ${not}`]),
    ];
  });
  return reasons.length === 0 ? 'the rule has no condition' : reasons.join(', ');
}

/** The conditions of a rule in words. */
export function conditionText(condition: RouteCondition): string {
  const parts = Object.entries(condition).filter(([name]) => names.some((known) => name.endsWith(known)));
  return parts.length === 0 ? 'everything' : parts.map(([name, glob]) => `${name} ${String(glob)}`).join(', ');
}
