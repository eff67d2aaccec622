/**
 * Calls in functions that other places call: read once more for each DAG that reaches them, with what its calls give.
 * Names are followed through imports and re-exports of the project, calls through functions that lead to the function.
 */
import type {
  DagFacts,
  FileFacts,
  MigratedTask,
  Reached,
  ReachedDefinition,
  SourceFile,
  Span,
  SparkSensor,
  SparkTask,
} from '../model.ts';
import type { CallContext } from './call-context.ts';
import type { Module } from './constants.ts';
import { type DagSite, type DefinitionSites, type ParsedFile, readerOf, type Site } from './definition-sites.ts';
import { callAt, parametersOf, reachingCall, twinsOf } from './definitions.ts';
import { type OutsideCall, outsideCalls } from './outside-calls.ts';
import { readNames } from './scopes.ts';
import { findSparkCalls } from './spark-calls.ts';
import { childOf, type Node, type Python } from './syntax.ts';

/** The DAGs for which a file is read together. */
interface Way {
  readonly key: string;
  readonly file: string;
  holds(dag: string): boolean;
}

export class DefinitionLinker {
  readonly #python: Python;
  readonly #sites: DefinitionSites;
  readonly #target: string;
  /** True where definitions are edited in place for all DAGs at once. */
  readonly #merges: boolean;
  readonly #read: (source: SourceFile) => FileFacts;
  readonly #linkedFiles: Map<string, ParsedFile> = new Map();

  constructor(
    python: Python,
    sites: DefinitionSites,
    targetOperator: string,
    merges: boolean,
    read: (source: SourceFile) => FileFacts,
  ) {
    this.#python = python;
    this.#sites = sites;
    this.#target = targetOperator;
    this.#merges = merges;
    this.#read = read;
  }

  /**
   * The same files, with the tasks in definitions as each DAG reaches them; and those of `beside`, modules that were not
   * asked for, whose definitions are called from these files.
   */
  link(files: readonly FileFacts[], beside: readonly FileFacts[]): readonly FileFacts[] {
    const holders = new Map<FileFacts, readonly string[]>();
    for (const facts of [...files, ...beside]) {
      const own = facts.errors.length > 0 || facts.switches.length > 0 ? [] : this.#sites.holdersIn(facts);
      if (own.length > 0) holders.set(facts, own);
    }
    if (holders.size === 0) return files;
    this.#sites.findSites([...holders.values()].flat());
    const linked = (facts: FileFacts): FileFacts => this.#linkFile(facts, holders.get(facts) ?? []);
    const all = new Map<string, FileFacts>();
    for (const facts of beside.map(linked)) if (isReached(facts)) all.set(facts.source.path, facts);
    for (const facts of files.map(linked)) all.set(facts.source.path, facts);
    for (const facts of this.#callingFiles([...all.values()])) all.set(facts.source.path, facts);
    return [...all.values()].sort((a, b) => (a.source.path < b.source.path ? -1 : 1));
  }

  /** Files that hold no task of their own and are edited with the definitions that they call. */
  #callingFiles(known: readonly FileFacts[]): readonly FileFacts[] {
    const paths = new Set(known.map(({ source }) => source.path));
    const ways = known.flatMap(({ tasks }) => tasks.flatMap(({ reached }) => reached?.definitions ?? []));
    const calling = new Set(ways.flatMap(({ file, calls }) => [file, ...calls.map((call) => call.file)]));
    return [...calling].flatMap((path) => {
      const parsed = paths.has(path) ? null : this.#sites.parsedAt(path);
      return parsed === null ? [] : [this.#read(parsed.source)];
    });
  }

  #linkFile(facts: FileFacts, holders: readonly string[]): FileFacts {
    const ways = holders.flatMap((definition) => {
      const dags = this.#sites.dagsOf(definition);
      return dags === null ? [] : [{ definition, dags }];
    });
    if (ways.length === 0) return facts;
    const parsed = this.#sites.parse(facts.source);
    const tasks: SparkTask[] = [...facts.tasks];
    const sensors: SparkSensor[] = [...facts.sensors];
    const migrated: MigratedTask[] = [...facts.migrated];
    for (const { definition, dags } of ways) {
      const whole = this.#sites.definition(definition)?.whole;
      const isHere = ({ span }: { readonly span?: Span }): boolean =>
        whole !== undefined && span !== undefined && whole.start <= span.start && span.end <= whole.end;
      if (dags.size === 0) {
        const left = this.#leftBehind(definition, facts);
        for (const [index, task] of tasks.entries())
          if (left !== null && isHere(task)) tasks[index] = { ...task, reached: left };
        continue;
      }
      const every = this.#waysFor(dags);
      const reached = every.map((way) => this.#reached(definition, way, dags));
      const isOutside = reached.some(({ definitions }) => definitions.some((one) => isCalledFrom(one, facts)));
      const [only] = reached;
      if (reached.length === 1 && only !== undefined && !isOutside) {
        // One DAG of this file: what was read of it holds.
        for (const [index, task] of tasks.entries()) if (isHere(task)) tasks[index] = { ...task, reached: only };
        continue;
      }
      const found = every.map((way) => {
        const { module, tree } = this.#linked(parsed.source, way);
        return findSparkCalls(module, tree, facts.source.path, this.#target, facts.classes);
      });
      const dagOf = ownDags(facts);
      replace(tasks, isHere, (old) =>
        found.flatMap((one, index) => {
          const way = reached[index];
          return one.tasks
            .filter(({ span }) => span.start === old.span.start)
            .map((task) => ({
              ...task,
              ...(way === undefined ? {} : { reached: way }),
              dag: dagOf(task.dag),
              ignored: old.ignored,
            }));
        }),
      );
      replace(sensors, isHere, (old) =>
        found.flatMap((one) =>
          one.sensors
            .filter(({ span }) => span.start === old.span.start)
            .map((sensor) => ({ ...sensor, dag: dagOf(sensor.dag), ignored: old.ignored })),
        ),
      );
      replace(migrated, isHere, (old) =>
        found.flatMap((one) => one.migrated.filter(({ span }) => span?.start === old.span?.start)),
      );
    }
    return { ...facts, tasks, sensors, migrated };
  }

  /** A definition that nothing calls any more, for all callers moved to its copies. */
  #leftBehind(definition: string, { source }: FileFacts): Reached | null {
    const own = this.#reachedDefinition(definition, { key: '', file: source.path, holds: () => false }, () => false);
    return own === null || own.twins.size === 0 ? null : { dagFile: source.path, dags: [], definitions: [own] };
  }

  /** Each DAG by itself, or all of them together. */
  #waysFor(dags: ReadonlyMap<string, DagSite>): readonly Way[] {
    const all = [...dags.values()];
    const [first] = all;
    if (first === undefined) return [];
    if (this.#merges)
      return [{ key: [...dags.keys()].sort().join('\0'), file: first.file, holds: (key) => dags.has(key) }];
    return all.map(({ key, file }) => ({ key, file, holds: (other) => other === key }));
  }

  /** The file with the calls from outside that belong to one DAG written below it. */
  #linked(source: SourceFile, way: Way): ParsedFile {
    const key = `${source.path}\0${way.key}`;
    const known = this.#linkedFiles.get(key);
    if (known !== undefined) return known;
    // Two files that call each other must end.
    this.#linkedFiles.set(key, this.#sites.parse(source));
    const others = new Set<number>();
    const outside: { name: string; call: OutsideCall }[] = [];
    for (const { file, name, sites } of this.#sites.inFile(source.path)) {
      for (const site of sites) {
        const isOurs = site.dag === null || way.holds(site.dag.key);
        if (!isOurs && site.file === file) others.add(site.span.start);
        if (isOurs && site.file !== file)
          outside.push(...this.#callsAt(site, way, source.path).map((call) => ({ name, call })));
      }
    }
    const parsed = this.#withCalls(source, outside, others);
    this.#linkedFiles.set(key, parsed);
    return parsed;
  }

  #callsAt(site: Site, way: Way, target: string): readonly OutsideCall[] {
    const plain = this.#sites.parsedAt(site.file);
    if (plain === null) return [];
    const { module, tree } = this.#linked(plain.source, way);
    const call = callAt(tree.root, site.span);
    if (call === null) return [];
    const reader = readerOf(module);
    const context = { file: site.dag?.file ?? site.file, ...reader.read(call, null) };
    return outsideCalls(module, call, context, (node) => reader.dagOf(node), target);
  }

  #withCalls(
    source: SourceFile,
    outside: readonly { readonly name: string; readonly call: OutsideCall }[],
    others: ReadonlySet<number>,
  ): ParsedFile {
    let text = source.text.endsWith('\n') ? source.text : `${source.text}\n`;
    const contexts = new Map<number, CallContext>();
    const dags = new Map<number, DagFacts>();
    for (const { name, call } of outside) {
      contexts.set(text.length, call.context);
      const line = `${name}(${call.given.join(', ')})\n`;
      for (const found of line.matchAll(/__dag_(\d+)__/g)) {
        const dag = call.dags[Number(found[1])];
        if (dag !== undefined) dags.set(text.length + found.index, dag);
      }
      text += line;
    }
    const tree = this.#python.parse(text);
    const module: Module = {
      text,
      names: readNames(tree),
      path: source.path,
      reaches: ({ start }) => !others.has(start),
      contextAt: ({ start }) => contexts.get(start) ?? null,
      dagAt: ({ start }) => dags.get(start) ?? null,
    };
    return { source, tree, module };
  }

  #reached(definition: string, way: Way, dags: ReadonlyMap<string, DagSite>): Reached {
    const chain: string[] = [definition];
    const leads = (key: string): boolean => [...(this.#sites.dagsOf(key)?.keys() ?? [])].some((dag) => way.holds(dag));
    for (let at = 0; at < chain.length; at += 1)
      for (const { holder } of this.#sites.at(chain[at] ?? '')?.sites ?? [])
        if (holder !== null && !chain.includes(holder) && leads(holder)) chain.push(holder);
    const names = new Set([...dags.values()].map(({ name }) => name));
    const definitions = chain.flatMap((key) => this.#reachedDefinition(key, way, leads) ?? []);
    return { dagFile: way.file, dags: [...names].sort(), definitions };
  }

  #reachedDefinition(key: string, way: Way, leads: (key: string) => boolean): ReachedDefinition | null {
    const known = this.#sites.at(key);
    const own = this.#sites.definition(key);
    const within = this.#sites.parsedAt(known?.file ?? '')?.module;
    if (known === null || own === null || within === undefined) return null;
    const { name, holder, whole } = own;
    const calls = known.sites.flatMap((site) => {
      const isOurs = site.dag === null ? leads(site.holder ?? '') : way.holds(site.dag.key);
      const there = this.#sites.parsedAt(site.file);
      const call = there === null ? null : callAt(there.tree.root, site.span);
      return !isOurs || there === null || call === null
        ? []
        : [reachingCall(there.module, call, within, own, site.from)];
    });
    const dags = [...(this.#sites.dagsOf(key)?.keys() ?? [])];
    return {
      file: known.file,
      name,
      span: spanOf(whole),
      nameSpan: spanOf(childOf(holder, 'name') ?? holder),
      shared: !dags.every((dag) => way.holds(dag)),
      parameters: parametersOf(within, own),
      twins: twinsOf(within, own),
      calls,
    };
  }
}

/** True where a DAG reaches one of its definitions. */
function isReached({ tasks, migrated }: FileFacts): boolean {
  return (
    tasks.some(({ reached }) => reached !== undefined) ||
    migrated.some(({ functionBody, dag }) => functionBody != null && dag !== null)
  );
}

/** True where a call from another file leads to it. */
function isCalledFrom({ calls, file }: ReachedDefinition, { source }: FileFacts): boolean {
  return file !== source.path || calls.some((call) => call.file !== source.path);
}

/** Each of the calls becomes what it is in each of the ways. */
function replace<T extends { readonly span?: Span }>(
  list: T[],
  isHere: (call: T) => boolean,
  ways: (call: T) => readonly T[],
): void {
  list.splice(0, list.length, ...list.flatMap((call) => (isHere(call) ? ways(call) : [call])));
}

/** The DAGs of the file as its other calls know them: one DAG is one object. */
function ownDags(facts: FileFacts): (dag: DagFacts | null) => DagFacts | null {
  const known = new Map<string, DagFacts>();
  for (const { dag } of [...facts.tasks, ...facts.sensors, ...facts.migrated])
    if (dag?.id.kind === 'known') known.set(JSON.stringify(dag.id.value), dag);
  return (dag) => (dag?.id.kind === 'known' ? (known.get(JSON.stringify(dag.id.value)) ?? dag) : dag);
}

const spanOf = ({ start, end }: Node): Span => ({ start, end });
