/** The DAG and the TaskGroups around a call: ids, default arguments, and how many tasks one call makes. */
import type { DagFacts, DefaultArgument, DefaultArguments, Fact } from '../model.ts';
import type { CallContext } from './call-context.ts';
import { follow, type Module, textOf } from './constants.ts';
import { readSeconds } from './durations.ts';
import { calledName, callersOf, environmentsAt } from './environments.ts';
import { lengthOf, REPEATED } from './lengths.ts';
import { readFolders } from './paths.ts';
import { lastName, managersOf, mayBeGroup } from './surroundings.ts';
import { ancestor, childOf, type Node, namedChildren } from './syntax.ts';
import { evaluate, readDictionary } from './values.ts';

const NO_DEFAULTS: DefaultArguments = { entries: new Map(), complete: true };
const UNKNOWN_DEFAULTS: DefaultArguments = { entries: new Map(), complete: false };

/** What stands around a call: TaskGroups innermost first, and how many managers may be one though nothing says so. */
interface Around {
  readonly groups: readonly Node[];
  readonly unknown: number;
  readonly dag: DagFacts | null;
  readonly outer: CallContext | null;
}

/** Reads contexts, remembering each DAG so that tasks of one DAG share one `DagFacts`. */
export class ContextReader {
  readonly #module: Module;
  readonly #dags: Map<Node, DagFacts> = new Map();
  /** Functions whose callers are being read: recursion must end. */
  readonly #reading: Set<Node> = new Set();

  constructor(module: Module) {
    this.#module = module;
  }

  /** The context of a call; `dagArgument` is the value of its own `dag=`. */
  read(call: Node, dagArgument: Node | null): CallContext {
    const outside = this.#module.contextAt?.(call) ?? null;
    if (outside !== null) return outside;
    const given = dagArgument === null ? null : this.#dagGiven(call, dagArgument);
    const isOpen = dagArgument === null;
    const around = this.#around(call, isOpen);
    const dag = given ?? around.dag ?? (isOpen ? (around.outer?.dag ?? null) : null);
    const { groups, outer } = around;
    // Where no DAG is seen, one manager that is not known is taken for it; any other may be a group.
    const hidden = around.unknown > (dag === null ? 1 : 0) || this.#argument(call, 'task_group', -1) !== null;
    const own = hidden ? null : this.#prefix(groups);
    const before = outer === null ? '' : outer.prefix;
    const isOuter = outer !== null && groups.length === 0 && outer.dag === dag;
    return {
      dag,
      defaults: isOuter ? outer.defaults : this.#defaults(dag, groups),
      prefix: own === null || before === null ? null : before + own,
      multiplicity: this.#multiplicity(call),
      callers: outer?.callers ?? [],
    };
  }

  /** The groups and the DAG around a call, up to the function that holds it, and what the callers of that one share. */
  #around(call: Node, isOpen: boolean): Around {
    const groups: Node[] = [];
    let unknown = 0;
    let dag: DagFacts | null = null;
    for (let node: Node | null = call; node !== null; node = node.parent) {
      const managers = node.type === 'with_statement' ? [...managersOf(this.#module, node)].reverse() : [];
      groups.push(...managers.filter((value) => this.#isGroup(value)));
      for (const value of managers) if (isOpen) dag ??= this.dagOf(value);
      unknown += managers.filter((value) => this.dagOf(value) === null && mayBeGroup(this.#module, value)).length;
      if (node.type !== 'function_definition') continue;
      const decorator = this.#decorators(node);
      if (decorator.group !== null) groups.push(decorator.group);
      if (decorator.dag !== null && isOpen) dag ??= this.#decorated(node, decorator.dag);
      // What stands around the definition of a plain function is not what stands around its callers.
      else if (decorator.group === null && decorator.dag === null && dag === null)
        return { groups, unknown, dag, outer: this.#callersContext(node) };
    }
    return { groups, unknown, dag, outer: null };
  }

  /** The DAG of `dag=`: a name, or a parameter to which every caller gives the same one. */
  #dagGiven(call: Node, argument: Node): DagFacts | null {
    const plain = this.dagOf(argument);
    if (plain !== null || argument.type !== 'identifier') return plain;
    const { list } = environmentsAt(this.#module, call);
    const found = new Set(list.map((environment) => this.dagOf(follow({ ...this.#module, environment }, argument))));
    const [only] = found;
    return found.size === 1 ? (only ?? null) : null;
  }

  /** What all callers of a function have in common; null where they differ or can't be seen. */
  #callersContext(definition: Node): CallContext | null {
    const calls = this.#reading.has(definition) ? null : callersOf(this.#module, definition);
    if (calls === null) return null;
    this.#reading.add(definition);
    const contexts = calls.map((call) => this.read(call, null));
    this.#reading.delete(definition);
    const [first, ...others] = contexts;
    if (first === undefined || others.some(({ dag }) => dag !== first.dag)) return null;
    const isSame = others.every(({ prefix }) => prefix === first.prefix);
    const name = calledName(this.#module, definition);
    const callers = [...first.callers, ...(name === null ? [] : [textOf(this.#module, name)])];
    return isSame ? { ...first, callers } : { ...first, callers, prefix: null, defaults: UNKNOWN_DEFAULTS };
  }

  #isGroup(node: Node): boolean {
    return node.type === 'call' && lastName(this.#module, node) === 'TaskGroup';
  }

  /** The DAG that an expression stands for. */
  dagOf(node: Node): DagFacts | null {
    const outside = this.#module.dagAt?.(node) ?? null;
    if (outside !== null) return outside;
    const call = follow(this.#module, node);
    if (call.type !== 'call' || lastName(this.#module, call) !== 'DAG') return null;
    return this.#dagFacts(call, this.#argument(call, 'dag_id', 0), null);
  }

  /** The DAG whose body the call stands in; not one that callers of a function around it bring. */
  dagAround(call: Node): DagFacts | null {
    return this.#around(call, true).dag;
  }

  #decorated(definition: Node, decorator: Node): DagFacts {
    const name = childOf(definition, 'name');
    const own: Fact = { kind: 'known', value: name === null ? '' : textOf(this.#module, name) };
    return this.#dagFacts(decorator, decorator.type === 'call' ? this.#argument(decorator, 'dag_id', 0) : null, own);
  }

  #dagFacts(call: Node, id: Node | null, fallback: Fact | null): DagFacts {
    const known = this.#dags.get(call);
    if (known !== undefined) return known;
    const search = this.#argument(call, 'template_searchpath', -1);
    const native = this.#argument(call, 'render_template_as_native_obj', -1);
    const [schedule] = ['schedule', 'schedule_interval', 'timetable'].flatMap(
      (name) => this.#argument(call, name, -1) ?? [],
    );
    const active = this.#argument(call, 'max_active_runs', -1);
    const facts: DagFacts = {
      id: id !== null ? evaluate(this.#module, id) : (fallback ?? { kind: 'unknown', because: 'no dag_id' }),
      templateSearchPath: search === null ? null : evaluate(this.#module, search),
      searchFolders: search === null ? [] : readFolders(this.#module, search),
      defaultArgs: this.#defaultArguments(call),
      renderNative: native !== null && textOf(this.#module, native) !== 'False',
      schedule: schedule === undefined ? null : this.#written(schedule),
      maxActiveRuns: active === null ? null : evaluate(this.#module, active),
    };
    this.#dags.set(call, facts);
    return facts;
  }

  #argument(call: Node, name: string, position: number): Node | null {
    const list = call.type === 'call' ? namedChildren(childOf(call, 'arguments') ?? call) : [];
    for (const argument of list) {
      const key = argument.type === 'keyword_argument' ? childOf(argument, 'name') : null;
      if (key !== null && textOf(this.#module, key) === name) return childOf(argument, 'value');
    }
    const positional = list[position];
    return positional === undefined || positional.type === 'keyword_argument' || positional.type.endsWith('_splat')
      ? null
      : positional;
  }

  #defaultArguments(call: Node): DefaultArguments {
    const list = call.type === 'call' ? namedChildren(childOf(call, 'arguments') ?? call) : [];
    if (list.some((argument) => argument.type === 'dictionary_splat')) return UNKNOWN_DEFAULTS;
    const value = this.#argument(call, 'default_args', -1);
    return value === null ? NO_DEFAULTS : this.readDefaults(value);
  }

  readDefaults(value: Node): DefaultArguments {
    const { entries, complete } = readDictionary(this.#module, value);
    const result = new Map<string, DefaultArgument>();
    for (const [key, entry] of entries) result.set(key, this.#written(entry.value));
    return { entries: result, complete };
  }

  #written(value: Node): DefaultArgument {
    return {
      value: evaluate(this.#module, value),
      seconds: readSeconds(this.#module, value),
      text: textOf(this.#module, value),
      span: { start: value.start, end: value.end },
    };
  }

  /** The DAG's defaults, those of outer groups over them, those of inner groups over these. */
  #defaults(dag: DagFacts | null, groups: readonly Node[]): DefaultArguments {
    let complete = dag?.defaultArgs.complete ?? false;
    const entries = new Map(dag?.defaultArgs.entries);
    for (const group of [...groups].reverse()) {
      const own = this.#defaultArguments(group);
      // What is not known of an inner group may overwrite anything of an outer one.
      if (!own.complete) entries.clear();
      for (const [key, value] of own.entries) entries.set(key, value);
      complete &&= own.complete;
    }
    return { entries, complete };
  }

  #prefix(groups: readonly Node[]): string | null {
    let prefix = '';
    for (const group of [...groups].reverse()) {
      const prefixes = this.#argument(group, 'prefix_group_id', 1);
      const on = prefixes === null ? true : evaluate(this.#module, prefixes);
      if (on !== true && (on.kind !== 'known' || typeof on.value !== 'boolean')) return null;
      if (on !== true && on.value === false) continue;
      const id = this.#groupId(group);
      if (id === null) return null;
      prefix += `${id}.`;
    }
    return prefix;
  }

  #groupId(group: Node): string | null {
    const definition = group.parent?.type === 'decorator' ? group.parent.parent : null;
    const name = definition === null ? null : childOf(childOf(definition, 'definition') ?? definition, 'name');
    // A second call gets another id, and so does `group.override(group_id=…)`.
    const uses = name === null ? [] : this.#module.names.readersOf(textOf(this.#module, name));
    if (uses.length > 1 || uses.some(({ parent }) => parent?.type === 'attribute')) return null;
    const argument = this.#argument(group, 'group_id', 0);
    const id = argument === null ? null : evaluate(this.#module, argument);
    if (id !== null) return id.kind === 'known' && typeof id.value === 'string' ? id.value : null;
    return name === null ? null : textOf(this.#module, name);
  }

  /** The `@dag` and `@task_group` decorators of a function. */
  #decorators(definition: Node): { dag: Node | null; group: Node | null } {
    const holder = definition.parent?.type === 'decorated_definition' ? definition.parent : null;
    let dag: Node | null = null;
    let group: Node | null = null;
    for (const decorator of holder?.children.filter((child) => child.type === 'decorator') ?? []) {
      const expression = namedChildren(decorator)[0];
      if (expression === undefined) continue;
      const name = lastName(this.#module, expression);
      if (name === 'dag') dag = expression;
      if (name === 'task_group') group = expression;
    }
    return { dag, group };
  }

  /** How often the call runs: loops over literals multiply, anything that can't be counted is dynamic. */
  #multiplicity(call: Node): number | 'dynamic' {
    let count = 1;
    for (let node: Node | null = call; node !== null; node = node.parent) {
      const times = this.#times(node, call);
      if (times === 'dynamic') return 'dynamic';
      count *= times;
    }
    return count;
  }

  #times(node: Node, call: Node): number | 'dynamic' {
    if (node.type === 'for_statement') {
      const body = childOf(node, 'body');
      const runs = body !== null && body.start <= call.start && call.end <= body.end;
      return runs ? lengthOf(this.#module, childOf(node, 'right')) : 1;
    }
    if (node.type === 'while_statement' || node.type === 'lambda') return 'dynamic';
    if (node.type.endsWith('_comprehension') || node.type === 'generator_expression') {
      const clauses = node.children.filter((child) => child.type === 'for_in_clause');
      if (node.children.some((child) => child.type === 'if_clause')) return 'dynamic';
      let total = 1;
      for (const clause of clauses) {
        const length = lengthOf(this.#module, childOf(clause, 'right'));
        if (length === 'dynamic') return 'dynamic';
        total *= length;
      }
      return total;
    }
    if (node.type !== 'function_definition') return 1;
    const { dag, group } = this.#decorators(node);
    return dag !== null ? 1 : this.#calls(node, group !== null);
  }

  /** Calls of a function of this file, when all of them stand at module level or in the body of one DAG. */
  #calls(definition: Node, group: boolean): number | 'dynamic' {
    const name = calledName(this.#module, definition);
    if (name === null) return 'dynamic';
    const uses = this.#module.names.readersOf(textOf(this.#module, name));
    let total = 0;
    for (const node of uses) {
      const outside = node.parent === null ? null : (this.#module.contextAt?.(node.parent) ?? null);
      if (outside?.multiplicity === 'dynamic') return 'dynamic';
      if (node.parent !== null && this.#module.reaches?.(node.parent) === false) continue;
      if (outside !== null) {
        total += outside.multiplicity;
        continue;
      }
      if (node.parent?.type !== 'call' || node.field !== 'function') return 'dynamic';
      if (ancestor(node, REPEATED) !== null) return 'dynamic';
      const around = ancestor(node, ['function_definition']);
      if (around !== null && this.#decorators(around).dag === null) return 'dynamic';
      total += 1;
    }
    return total === 0 && !group ? 'dynamic' : Math.max(total, 1);
  }
}
