/** Finds the calls of the source classes, of the target operator, and every other use of a source class. */
import type {
  Argument,
  Fact,
  FileFacts,
  ImportedName,
  MigratedTask,
  OtherUse,
  Place,
  SourceClass,
  Span,
  SparkCall,
  SparkSensor,
  SparkTask,
  Variable,
} from '../model.ts';
import { bindingId } from './binding-ids.ts';
import { type CallArguments, followArguments, readArguments, taskIdIn, valueOfKeyword } from './call-arguments.ts';
import { bodySpan, type Called, calledBy, isWhole, takesConditional } from './call-forms.ts';
import { constantBinding, type Module, textOf } from './constants.ts';
import { ContextReader } from './dags.ts';
import { readExpansion } from './expansions.ts';
import { type IgnoreComment, ignoreFor, readIgnoreComments } from './ignore-comments.ts';
import { importedName } from './imports.ts';
import type { Binding } from './names.ts';
import { readPassedPayload } from './passed-payload.ts';
import { readMappedPayload, readPayload } from './payloads.ts';
import { placeAt } from './places.ts';
import { type ClassUse, exportedClasses, findClassUses } from './source-names.ts';
import { surroundings } from './surroundings.ts';
import { ancestor, childOf, type Node, namedChildren, type SyntaxTree } from './syntax.ts';
import { textKey } from './text-keys.ts';
import { evaluate } from './values.ts';
import { watchedTasks } from './watched-tasks.ts';

/** The only modules that ever held the classes (no contrib path, no re-export). */
const SOURCES: ReadonlyMap<string, SourceClass> = new Map([
  ['airflow.providers.cncf.kubernetes.operators.spark_kubernetes.SparkKubernetesOperator', 'SparkKubernetesOperator'],
  ['airflow.providers.cncf.kubernetes.sensors.spark_kubernetes.SparkKubernetesSensor', 'SparkKubernetesSensor'],
]);
/** A file without any of these words can hold nothing of ours. */
export const SOURCE_WORDS: readonly string[] = ['SparkKubernetes', 'spark_kubernetes'];

type Found = Pick<FileFacts, 'tasks' | 'sensors' | 'migrated' | 'otherUses' | 'unusedIgnores' | 'exports'> & {
  imports: readonly ImportedName[];
};

/** `classes`: further dotted names that stand for a source class, of this project's own modules. */
export function findSparkCalls(
  module: Module,
  tree: SyntaxTree,
  file: string,
  targetOperator: string,
  classes: ReadonlyMap<string, SourceClass>,
): Found {
  const sources = new Map([...SOURCES, ...classes]);
  const finder = new CallFinder(module, file, sources, readIgnoreComments(tree));
  module.taskIdOf = (expression) => finder.taskIdOf(expression);
  for (const use of findClassUses(module, [...sources.keys(), targetOperator])) finder.look(use);
  const exports = exportedClasses(module, [...sources.keys()]).flatMap(({ name, source }) => {
    const className = sources.get(source);
    return className === undefined ? [] : [{ name, className }];
  });
  return { ...finder.found(), exports };
}

/** Statements of which a call may be a part. */
const STATEMENTS = [
  'expression_statement',
  'return_statement',
  'assert_statement',
  'raise_statement',
  'delete_statement',
  'with_statement',
  'for_statement',
  'while_statement',
  'if_statement',
  'match_statement',
  'function_definition',
  'class_definition',
];

class CallFinder {
  readonly #tasks: SparkTask[] = [];
  readonly #sensors: SparkSensor[] = [];
  readonly #migrated: MigratedTask[] = [];
  readonly #otherUses: OtherUse[] = [];
  readonly #module: Module;
  readonly #file: string;
  readonly #sources: ReadonlyMap<string, SourceClass>;
  readonly #ignores: readonly IgnoreComment[];
  readonly #usedIgnores: Set<IgnoreComment> = new Set();
  readonly #contexts: ContextReader;
  readonly #imports: Map<Binding, ImportedName> = new Map();
  /** Calls whose id is being read: `t = Op(task_id=t.task_id)` must end. */
  readonly #resolving: Set<Node> = new Set();

  constructor(
    module: Module,
    file: string,
    sources: ReadonlyMap<string, SourceClass>,
    ignores: readonly IgnoreComment[],
  ) {
    this.#module = module;
    this.#file = file;
    this.#sources = sources;
    this.#ignores = ignores;
    this.#contexts = new ContextReader(module);
  }

  found(): Omit<Found, 'exports'> {
    return {
      tasks: this.#tasks,
      sensors: this.#sensors,
      migrated: this.#migrated,
      otherUses: this.#otherUses,
      unusedIgnores: this.#ignores
        .filter((comment) => !this.#usedIgnores.has(comment))
        .map(({ span }) => placeAt(this.#file, this.#module.text, span.start)),
      imports: [...this.#imports.values()],
    };
  }

  look({ name, node, binding, extensions }: ClassUse): void {
    const className = this.#sources.get(name);
    const imported = binding === null ? null : this.#import(binding);
    const called = calledBy(this.#module, node);
    if (className === undefined) {
      if (imported !== null && called !== null) this.#readMigrated(called.call);
    } else if (imported === null || called === null) this.#otherUses.push(this.#otherUse(node, className));
    else this.#readCall(called, node, className, imported, extensions);
  }

  /** The id of the task that a variable holds, with the prefixes of its groups. */
  taskIdOf(expression: Node): string | null {
    const value = expression.type === 'identifier' ? constantBinding(this.#module, expression)?.value : null;
    if (value?.type !== 'call' || this.#resolving.has(value)) return null;
    this.#resolving.add(value);
    const id = this.#idOf(value);
    this.#resolving.delete(value);
    return id;
  }

  #idOf(value: Node): string | null {
    const list = namedChildren(childOf(value, 'arguments') ?? value);
    const named = list.find((part) => {
      const key = part.type === 'keyword_argument' ? childOf(part, 'name') : null;
      return key !== null && textOf(this.#module, key) === 'task_id';
    });
    const given = named === undefined ? null : childOf(named, 'value');
    const id = given === null ? null : evaluate(this.#module, given);
    const { prefix } = this.#contexts.read(value, null);
    return id?.kind === 'known' && typeof id.value === 'string' && prefix !== null ? prefix + id.value : null;
  }

  #import(binding: Binding): ImportedName | null {
    const known = this.#imports.get(binding) ?? importedName(this.#module, binding);
    if (known !== null) this.#imports.set(binding, known);
    return known;
  }

  #otherUse(node: Node, className: SourceClass): OtherUse {
    const holder = ancestor(node, ['class_definition', 'expression_statement', 'return_statement', 'call']) ?? node;
    const text = textOf(this.#module, holder).split('\n')[0]?.slice(0, 120) ?? '';
    return { className, place: this.#place(node), text };
  }

  #place(node: Node): Place {
    return placeAt(this.#file, this.#module.text, node.start);
  }

  #readMigrated(call: Node): void {
    const given = readArguments(this.#module, call);
    const context = this.#contexts.read(call, valueOfKeyword(given, 'dag'));
    this.#migrated.push({
      file: this.#file,
      place: this.#place(call),
      dag: context.dag,
      taskId: taskIdIn(given, context.prefix),
      multiplicity: context.multiplicity,
      span: spanOf(call),
      functionBody: bodySpan(call),
    });
  }

  #readCall(
    { call, form, outer }: Called,
    callee: Node,
    className: SourceClass,
    imported: ImportedName,
    extensions: readonly string[],
  ): void {
    const { given, ids, callers, passed } = followArguments(
      this.#module,
      call,
      readArguments(this.#module, call, className === 'SparkKubernetesOperator'),
    );
    const context = this.#contexts.read(call, valueOfKeyword(given, 'dag'));
    const statement = ancestor(call, STATEMENTS) ?? call;
    const assignment = outer.parent?.type === 'assignment' && outer.field === 'right' ? outer.parent : null;
    const ignore = ignoreFor(this.#ignores, call, statement, this.#module.text);
    if (ignore !== null) this.#usedIgnores.add(ignore);
    const common: SparkCall = {
      file: this.#file,
      className,
      span: spanOf(call),
      callee: spanOf(callee),
      argumentList: spanOf(childOf(call, 'arguments') ?? call),
      arguments: given.list,
      comments: given.comments,
      form,
      expansion: form === 'partial' ? readExpansion(this.#module, call) : null,
      whole: spanOf(outer),
      takesConditional: takesConditional(outer),
      import: imported,
      variable: assignment === null ? null : this.#variable(assignment),
      statement: spanOf(statement),
      statementIsCall: outer === call && isWhole(assignment ?? call, statement),
      around: surroundings(this.#module, call),
      dag: context.dag,
      taskId: taskIdIn(given, context.prefix),
      ...(ids.length === 0 || context.prefix === null ? {} : { taskIds: ids.map((id) => `${context.prefix}${id}`) }),
      callers: [...new Set([...callers, ...context.callers])],
      idKey: this.#idKey(given, context.prefix),
      nameKey: this.#keyOf(given, className === 'SparkKubernetesOperator' ? 'name' : 'application_name'),
      defaults: context.defaults,
      multiplicity: form === 'partial' ? 'dynamic' : context.multiplicity,
      functionBody: bodySpan(call),
      ignored: ignore?.reason ?? null,
      ignoredUntil: ignore?.until ?? null,
      place: this.#place(call),
    };
    if (className === 'SparkKubernetesOperator')
      this.#tasks.push({ ...common, payload: this.#payload(common, given, call, extensions, passed) });
    else this.#sensors.push({ ...common, watches: this.#watches(given) });
  }

  /** That of the call itself, else what it is expanded over. */
  #payload(
    { expansion }: SparkCall,
    given: CallArguments,
    call: Node,
    extensions: readonly string[],
    passed: ReadonlyMap<Argument, readonly Fact[]>,
  ): SparkTask['payload'] {
    const through = readPassedPayload(passed);
    if (through !== null) return through;
    const own = readPayload(this.#module, given.list, given.values, extensions);
    if (own.kind !== 'none' || expansion?.method !== 'expand') return own;
    return readMappedPayload(this.#module, expansion, call);
  }

  #keyOf(given: CallArguments, name: string): string | null {
    const value = valueOfKeyword(given, name);
    return value === null ? null : textKey(this.#module, value);
  }

  #idKey(given: CallArguments, prefix: string | null): string | null {
    const key = this.#keyOf(given, 'task_id');
    return key === null || prefix === null ? null : prefix + key;
  }

  #watches(given: CallArguments): readonly string[] | null {
    const argument = given.list.find(({ name }) => name === 'application_name');
    const value = argument === undefined ? undefined : given.values.get(argument);
    return argument === undefined || value === undefined ? null : watchedTasks(this.#module, argument, value);
  }

  #variable(assignment: Node): Variable | null {
    const left = childOf(assignment, 'left');
    if (left?.type !== 'identifier') return null;
    const name = textOf(this.#module, left);
    const bindings = this.#bindingsBeside(left, name);
    const binding = bindings.find(({ node }) => node === left);
    if (binding === undefined) return { name, id: '', shared: true, uses: [], rebound: true };
    const uses = this.#module.names.usesOf(binding).map((node) => ({
      span: spanOf(node),
      attribute: node.parent?.type === 'attribute' && node.field === 'object' ? this.#attribute(node.parent) : null,
    }));
    // In `a = b = Op(…)` another name holds the task too.
    const shared = assignment.parent?.type === 'assignment' || childOf(assignment, 'right')?.type === 'assignment';
    return { name, id: bindingId(binding), shared, uses, rebound: bindings.length > 1 || shared };
  }

  /** All bindings of the name in the scope that the assignment binds it in (the module's after `global`). */
  #bindingsBeside(left: Node, name: string): readonly Binding[] {
    let scope = this.#module.names.scopeAt(left);
    if (scope.outer.get(name) === 'global') scope = this.#module.names.module;
    return scope.bindings.get(name) ?? [];
  }

  #attribute(node: Node): string {
    const attribute = childOf(node, 'attribute');
    return attribute === null ? '' : textOf(this.#module, attribute);
  }
}

const spanOf = (node: Node): Span => ({ start: node.start, end: node.end });
