/** Finds the calls of the source classes, of the target operator, and every other use of a source class. */
import type {
  Argument,
  ClassMeaning,
  Fact,
  FileFacts,
  ImportedName,
  MigratedTask,
  OtherUse,
  OverriddenClass,
  Place,
  SourceClass,
  Span,
  SparkCall,
  SparkSensor,
  SparkTask,
} from '../model.ts';
import { type CallArguments, followArguments, readArguments, taskIdIn, valueOfKeyword } from './call-arguments.ts';
import { bodySpan, type Called, calledBy, derivedClass, isWhole, takesConditional } from './call-forms.ts';
import { constantBinding, type Module, textOf } from './constants.ts';
import { ContextReader } from './dags.ts';
import { instancesOf, readExpansion } from './expansions.ts';
import { heldBy } from './held-by.ts';
import { type IgnoreComment, ignoreFor, readIgnoreComments } from './ignore-comments.ts';
import { importedName } from './imports.ts';
import type { Binding } from './names.ts';
import { readPassedPayload } from './passed-payload.ts';
import { readMappedPayload, readPayload } from './payloads.ts';
import { placeAt } from './places.ts';
import { SOURCES, STATEMENTS } from './source-classes.ts';
import { type ClassUse, exportedClasses, findClassUses } from './source-names.ts';
import { superCallOf } from './subclasses.ts';
import { surroundings } from './surroundings.ts';
import { ancestor, childOf, type Node, namedChildren, type SyntaxTree } from './syntax.ts';
import { textKey } from './text-keys.ts';
import { evaluate } from './values.ts';
import { watchedTasks } from './watched-tasks.ts';

type Found = Pick<FileFacts, 'tasks' | 'sensors' | 'migrated' | 'otherUses' | 'unusedIgnores' | 'exports'> & {
  imports: readonly ImportedName[];
};

/** `classes`: further dotted names that stand for a source class, of this project's own modules. */
export function findSparkCalls(
  module: Module,
  tree: SyntaxTree,
  file: string,
  targetOperator: string,
  classes: ReadonlyMap<string, ClassMeaning>,
): Found {
  const sources = new Map<string, ClassMeaning>([...SOURCES, ...classes]);
  const finder = new CallFinder(module, file, sources, readIgnoreComments(tree));
  module.taskIdOf = (expression) => finder.taskIdOf(expression);
  for (const use of findClassUses(module, [...sources.keys(), targetOperator])) finder.look(use);
  const exports = exportedClasses(module, [...sources.keys()]).flatMap(({ name, source }) => {
    const className = sources.get(source);
    return className === undefined ? [] : [{ name, className }];
  });
  exports.push(...finder.overridden());
  return { ...finder.found(), exports };
}

class CallFinder {
  readonly #tasks: SparkTask[] = [];
  readonly #sensors: SparkSensor[] = [];
  readonly #migrated: MigratedTask[] = [];
  readonly #otherUses: OtherUse[] = [];
  readonly #module: Module;
  readonly #file: string;
  readonly #sources: ReadonlyMap<string, ClassMeaning>;
  readonly #overridden: OverriddenClass[] = [];
  readonly #ignores: readonly IgnoreComment[];
  readonly #usedIgnores: Set<IgnoreComment> = new Set();
  readonly #contexts: ContextReader;
  readonly #imports: Map<Binding, ImportedName> = new Map();
  /** Calls whose id is being read: `t = Op(task_id=t.task_id)` must end. */
  readonly #resolving: Set<Node> = new Set();

  constructor(
    module: Module,
    file: string,
    sources: ReadonlyMap<string, ClassMeaning>,
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

  /** Subclasses of the file that do more than a source class: another file may import them. */
  overridden(): FileFacts['exports'] {
    return this.#overridden.map((className) => ({ name: className.name, className }));
  }

  look({ name, node, binding, extensions }: ClassUse): void {
    const meaning = this.#sources.get(name);
    const imported = binding === null ? null : this.#import(binding);
    const called = calledBy(this.#module, node);
    const derived = called === null ? derivedClass(node) : null;
    if (meaning === undefined) {
      if (imported !== null && called !== null) this.#readMigrated(called.call);
      else if (imported !== null && derived !== null) this.#readDerived(derived, null, node, imported, extensions);
    } else {
      const className = typeof meaning === 'string' ? meaning : meaning.className;
      if (imported !== null && called !== null) {
        const overridden = typeof meaning === 'string' ? null : meaning;
        this.#readCall(called, node, className, imported, extensions, overridden);
      } else if (imported !== null && derived !== null) this.#readDerived(derived, meaning, node, imported, extensions);
      else this.#otherUses.push(this.#otherUse(node, className));
    }
  }

  /** A subclass that only gives defaults is a call in a definition; the calls of any other are tasks of their own. */
  #readDerived(
    definition: Node,
    meaning: ClassMeaning | null,
    base: Node,
    imported: ImportedName,
    extensions: readonly string[],
  ): void {
    const found = superCallOf(this.#module, definition);
    const passes = 'call' in found ? { call: found.call, form: 'call' as const, outer: found.call } : null;
    if (meaning === null) {
      if (passes !== null) this.#readMigrated(passes.call);
      return;
    }
    const className = typeof meaning === 'string' ? meaning : meaning.className;
    if (passes !== null && typeof meaning === 'string') {
      this.#readCall(passes, base, className, imported, extensions, null);
      return;
    }
    const name = childOf(definition, 'name');
    if (name === null) return;
    const because =
      'because' in found ? found.because : `${textOf(this.#module, base)} does more than the source class`;
    const overridden = { className, name: textOf(this.#module, name), because };
    this.#overridden.push(overridden);
    this.#otherUses.push(this.#otherUse(base, className));
    for (const use of this.#module.names.readersOf(overridden.name)) {
      const called = calledBy(this.#module, use);
      const [supplier] = this.#module.names.resolve(overridden.name, use);
      if (called !== null && supplier?.node === name)
        this.#readCall(called, use, className, imported, extensions, overridden);
    }
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
    overridden: OverriddenClass | null,
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
      variable: assignment === null ? null : heldBy(this.#module, assignment),
      statement: spanOf(statement),
      statementIsCall: outer === call && isWhole(assignment ?? call, statement),
      around: surroundings(this.#module, call),
      dag: context.dag,
      taskId: taskIdIn(given, context.prefix),
      ...(ids.length === 0 || context.prefix === null ? {} : { taskIds: ids.map((id) => `${context.prefix}${id}`) }),
      callers: [...new Set([...callers, ...context.callers])],
      ...(overridden === null ? {} : { overridden }),
      idKey: this.#idKey(given, context.prefix),
      nameKey: this.#keyOf(given, className === 'SparkKubernetesOperator' ? 'name' : 'application_name'),
      defaults: context.defaults,
      multiplicity: form === 'partial' ? instancesOf(this.#module, call, context.multiplicity) : context.multiplicity,
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
}

const spanOf = (node: Node): Span => ({ start: node.start, end: node.end });
