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
  SparkCall,
  SparkSensor,
  SparkTask,
  Variable,
} from '../model.ts';
import { ContextReader } from './dags.ts';
import { importedName, qualifiedName, usesOf } from './imports.ts';
import type { Binding } from './names.ts';
import { readPayload } from './payloads.ts';
import { placeAt } from './places.ts';
import { ancestor, childOf, descend, type Node, namedChildren, type SyntaxTree } from './syntax.ts';
import { evaluate, type Module, readSeconds, textOf } from './values.ts';

/** The only modules that ever held the classes (no contrib path, no re-export). */
const SOURCES: Readonly<Record<string, SourceClass>> = {
  'airflow.providers.cncf.kubernetes.operators.spark_kubernetes.SparkKubernetesOperator': 'SparkKubernetesOperator',
  'airflow.providers.cncf.kubernetes.sensors.spark_kubernetes.SparkKubernetesSensor': 'SparkKubernetesSensor',
};
/** A file without any of these words can hold nothing of ours. */
export const SOURCE_WORDS: readonly string[] = ['SparkKubernetes', 'spark_kubernetes'];

type Found = Pick<FileFacts, 'tasks' | 'sensors' | 'migrated' | 'otherUses'> & { imports: ImportedName[] };

export function findSparkCalls(module: Module, tree: SyntaxTree, file: string, targetOperator: string): Found {
  const finder = new CallFinder(module, file, targetOperator, commentsOf(tree, module));
  for (const node of descend(tree.root)) {
    if (node.type === 'identifier' || node.type === 'attribute') finder.look(node);
  }
  return finder.found;
}

interface Comment {
  readonly node: Node;
  readonly text: string;
}

function commentsOf(tree: SyntaxTree, module: Module): readonly Comment[] {
  const comments: Comment[] = [];
  for (const node of descend(tree.root))
    if (node.type === 'comment') comments.push({ node, text: textOf(module, node) });
  return comments;
}

class CallFinder {
  readonly found: { [K in keyof Found]: Found[K][number][] } = {
    tasks: [],
    sensors: [],
    migrated: [],
    otherUses: [],
    imports: [],
  };
  readonly #module: Module;
  readonly #file: string;
  readonly #target: string;
  readonly #comments: readonly Comment[];
  readonly #contexts: ContextReader;
  readonly #imports: Map<Binding, ImportedName> = new Map();

  constructor(module: Module, file: string, target: string, comments: readonly Comment[]) {
    this.#module = module;
    this.#file = file;
    this.#target = target;
    this.#comments = comments;
    this.#contexts = new ContextReader(module);
  }

  /** Looks at a name or a dotted name that is not part of a longer one. */
  look(node: Node): void {
    const parent = node.parent;
    if (parent === null || node.field === 'attribute' || (node.type === 'identifier' && !this.#isLoad(node))) return;
    const qualified = qualifiedName(this.#module, node);
    if (qualified === null) return;
    if (qualified.name === this.#target) {
      this.#migrated(node, qualified.binding);
      return;
    }
    const className = SOURCES[qualified.name];
    const imported = className === undefined ? null : this.#import(qualified.binding);
    if (className === undefined || imported === null) return;
    const partial =
      parent.type === 'attribute' && this.#attribute(parent) === 'partial' && parent.parent?.type === 'call';
    const call = partial ? parent.parent : parent;
    if (call?.type === 'call' && (partial || node.field === 'function'))
      this.#call(call, node, className, imported, partial);
    else this.found.otherUses.push(this.#otherUse(node, className));
  }

  #isLoad(node: Node): boolean {
    const parent = node.parent;
    if (parent === null) return false;
    if (['dotted_name', 'aliased_import', 'global_statement', 'nonlocal_statement'].includes(parent.type)) return false;
    if (parent.type === 'keyword_argument' && node.field === 'name') return false;
    if (parent.type === 'assignment' && node.field === 'left') return false;
    return !((parent.type === 'class_definition' || parent.type === 'function_definition') && node.field === 'name');
  }

  #attribute(node: Node): string {
    const attribute = childOf(node, 'attribute');
    return attribute === null ? '' : textOf(this.#module, attribute);
  }

  #import(binding: Binding): ImportedName | null {
    const known = this.#imports.get(binding) ?? importedName(this.#module, binding);
    if (known === null) return null;
    if (!this.#imports.has(binding)) this.found.imports.push(known);
    this.#imports.set(binding, known);
    return known;
  }

  #otherUse(node: Node, className: SourceClass): OtherUse {
    const holder = ancestor(node, ['class_definition', 'expression_statement', 'return_statement', 'call']) ?? node;
    return {
      className,
      place: this.#place(node),
      text: textOf(this.#module, holder).split('\n')[0]?.slice(0, 120) ?? '',
    };
  }

  #place(node: Node): Place {
    return placeAt(this.#file, this.#module.text, node.start);
  }

  #migrated(node: Node, binding: Binding): void {
    this.#import(binding);
    const partial = node.parent?.type === 'attribute' ? node.parent.parent : null;
    const call = partial ?? node.parent;
    if (call?.type !== 'call') return;
    const { arguments: list, values } = this.#arguments(call);
    const context = this.#contexts.read(call, this.#value(list, values, 'dag'));
    const task: MigratedTask = {
      file: this.#file,
      place: this.#place(call),
      dag: context.dag,
      taskId: this.#taskId(list, context.prefix),
      multiplicity: context.multiplicity,
    };
    this.found.migrated.push(task);
  }

  #call(call: Node, callee: Node, className: SourceClass, imported: ImportedName, partial: boolean): void {
    const { arguments: list, values, comments } = this.#arguments(call);
    const context = this.#contexts.read(call, this.#value(list, values, 'dag'));
    const statement =
      ancestor(call, [
        'expression_statement',
        'return_statement',
        'assert_statement',
        'with_statement',
        'for_statement',
        'if_statement',
      ]) ?? call;
    const argumentList = childOf(call, 'arguments') ?? call;
    const assignment = call.parent?.type === 'assignment' && call.field === 'right' ? call.parent : null;
    const whole = assignment ?? call;
    const body = ancestor(call, ['function_definition', 'lambda']);
    const common: SparkCall = {
      file: this.#file,
      className,
      span: { start: call.start, end: call.end },
      callee: { start: callee.start, end: callee.end },
      argumentList: { start: argumentList.start, end: argumentList.end },
      arguments: list,
      comments,
      form: partial ? 'partial' : 'call',
      import: imported,
      variable: assignment === null ? null : this.#variable(assignment),
      statement: { start: statement.start, end: statement.end },
      statementIsCall:
        whole.parent === statement &&
        statement.type === 'expression_statement' &&
        namedChildren(statement).length === 1,
      dag: context.dag,
      taskId: this.#taskId(list, context.prefix),
      defaults: context.defaults,
      multiplicity: context.multiplicity,
      functionBody: body === null ? null : { start: body.start, end: body.end },
      ignored: this.#ignored(call, statement),
      place: this.#place(call),
    };
    if (className === 'SparkKubernetesOperator') {
      const task: SparkTask = { ...common, payload: readPayload(this.#module, list, values) };
      this.found.tasks.push(task);
    } else {
      const sensor: SparkSensor = { ...common, watches: watchedTasks(list) };
      this.found.sensors.push(sensor);
    }
  }

  #arguments(call: Node): {
    arguments: Argument[];
    values: Map<Argument, Node>;
    comments: { start: number; end: number }[];
  } {
    const list = childOf(call, 'arguments') ?? call;
    const values = new Map<Argument, Node>();
    const comments: { start: number; end: number }[] = [];
    for (const child of list.children) {
      if (child.type === 'comment') comments.push({ start: child.start, end: child.end });
      else if (child.named) {
        const [argument, value] = this.#readArgument(child);
        values.set(argument, value);
      }
    }
    return { arguments: [...values.keys()], values, comments };
  }

  #readArgument(node: Node): [Argument, Node] {
    const name = node.type === 'keyword_argument' ? childOf(node, 'name') : null;
    const splat = node.type === 'list_splat' || node.type === 'dictionary_splat';
    const value = (name === null ? (splat ? namedChildren(node)[0] : node) : childOf(node, 'value')) ?? node;
    const kind =
      name !== null ? 'keyword' : node.type === 'list_splat' ? 'splat' : splat ? 'double-splat' : 'positional';
    const argument: Argument = {
      kind,
      name: name === null ? null : textOf(this.#module, name),
      span: { start: node.start, end: node.end },
      valueSpan: { start: value.start, end: value.end },
      text: textOf(this.#module, value),
      value: evaluate(this.#module, value),
      seconds: readSeconds(this.#module, value),
    };
    return [argument, value];
  }

  #value(list: readonly Argument[], values: ReadonlyMap<Argument, Node>, name: string): Node | null {
    const argument = list.find((candidate) => candidate.name === name);
    return argument === undefined ? null : (values.get(argument) ?? null);
  }

  #taskId(list: readonly Argument[], prefix: string | null): Fact {
    const id = list.find(({ name }) => name === 'task_id')?.value ?? { kind: 'unknown', because: 'no task_id' };
    if (id.kind !== 'known' || typeof id.value !== 'string') return id;
    return prefix === null ? { kind: 'symbolic', text: id.value } : { kind: 'known', value: prefix + id.value };
  }

  #variable(assignment: Node): Variable | null {
    const left = childOf(assignment, 'left');
    if (left?.type !== 'identifier') return null;
    const name = textOf(this.#module, left);
    const scope = this.#module.names.scopeAt(left);
    const bindings = scope.bindings.get(name) ?? [];
    const binding = bindings.find(({ node }) => node === left);
    if (binding === undefined) return { name, uses: [], rebound: true };
    const uses = usesOf(this.#module, binding).map((node) => ({
      span: { start: node.start, end: node.end },
      attribute: node.parent?.type === 'attribute' && node.field === 'object' ? this.#attribute(node.parent) : null,
    }));
    return { name, uses, rebound: bindings.length > 1 };
  }

  /** `# bpg-migrate: ignore[reason]` in the call, on its first or last line, or on the line above. */
  #ignored(call: Node, statement: Node): string | null {
    const { text } = this.#module;
    for (const comment of this.#comments) {
      const match = /#\s*bpg-migrate:\s*ignore\[([^\]]*)\]/.exec(comment.text);
      if (match === null) continue;
      const inside = comment.node.start >= call.start && comment.node.end <= call.end;
      const behind = comment.node.start >= call.end && !text.slice(call.end, comment.node.start).includes('\n');
      const between = text.slice(comment.node.end, statement.start);
      const above = comment.node.end <= statement.start && /^\r?\n[ \t]*$/.test(between);
      if (inside || behind || above) return match[1] ?? '';
    }
    return null;
  }
}

/**
 * The ids in `{{ task_instance.xcom_pull(task_ids='X')['metadata']['name'] }}` and its common spellings; null for any
 * other application name.
 */
function watchedTasks(list: readonly Argument[]): readonly string[] | null {
  const name = list.find((argument) => argument.name === 'application_name')?.value;
  if (name?.kind !== 'known' || typeof name.value !== 'string') return null;
  const match =
    /^\s*\{\{\s*(?:task_instance|ti)\.xcom_pull\(\s*(?:task_ids\s*=\s*)?(\[[^\]]*\]|'[^']*'|"[^"]*")\s*(?:,\s*key\s*=\s*['"]return_value['"]\s*)?\)\s*\[\s*['"]metadata['"]\s*\]\s*\[\s*['"]name['"]\s*\]\s*\}\}\s*$/.exec(
      name.value,
    );
  const ids = match?.[1]?.match(/'[^']*'|"[^"]*"/g);
  return ids == null ? null : ids.map((id) => id.slice(1, -1));
}
