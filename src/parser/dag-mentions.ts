/** How DAGs speak of other DAGs: external sensors, triggers, datasets; and the tags that they carry. */
import type { DagMention } from '../model.ts';
import { follow, type Module, textOf } from './constants.ts';
import { ContextReader } from './dags.ts';
import { qualifiedName } from './imports.ts';
import { placeAt } from './places.ts';
import { childOf, descend, type Node, namedChildren, type SyntaxTree } from './syntax.ts';
import { evaluate } from './values.ts';

type Kind = DagMention['kind'];

/** Operators that name another DAG, by the last part of their name, and the argument that names it. */
const OPERATORS: ReadonlyMap<string, { readonly kind: Kind; readonly argument: string }> = new Map([
  ['ExternalTaskSensor', { kind: 'waits-for', argument: 'external_dag_id' }],
  ['ExternalTaskSensorAsync', { kind: 'waits-for', argument: 'external_dag_id' }],
  ['ExternalTaskMarker', { kind: 'triggers', argument: 'external_dag_id' }],
  ['TriggerDagRunOperator', { kind: 'triggers', argument: 'trigger_dag_id' }],
]);
/** Airflow 2.4 brought datasets, Airflow 3 calls them assets. */
const DATASETS: readonly string[] = ['Dataset', 'Asset'];
/** A text without any of these mentions nothing. */
const WORDS = /ExternalTask|TriggerDagRun|Dataset|Asset|\btags\b/;

/** Every mention whose subject is known, in source order; `dag` is null where the DAG around it is not. */
export function readDagMentions(module: Module, tree: SyntaxTree, path: string): readonly DagMention[] {
  if (!WORDS.test(module.text)) return [];
  const contexts = new ContextReader(module);
  const mentions: DagMention[] = [];
  for (const node of descend(tree.root)) {
    if (node.type !== 'call') continue;
    const found = ofCall(module, node);
    if (found.length === 0) continue;
    const place = placeAt(path, module.text, node.start);
    const dag = dagOf(module, contexts, node);
    for (const { kind, name } of found) mentions.push({ kind, dag, name, place });
  }
  return mentions;
}

interface Found {
  readonly kind: Kind;
  readonly name: string;
}

function ofCall(module: Module, call: Node): readonly Found[] {
  const name = classNameOf(module, call);
  if (name === 'DAG' || name === 'dag') {
    const [schedule, tags] = [keyword(module, call, 'schedule'), keyword(module, call, 'tags')];
    return [
      ...(schedule === null ? [] : datasetsIn(module, schedule)).map((uri) => ({
        kind: 'consumes' as const,
        name: uri,
      })),
      ...(tags === null ? [] : textsIn(module, tags)).map((tag) => ({ kind: 'tag' as const, name: tag })),
    ];
  }
  const outlets = keyword(module, call, 'outlets');
  const produced = outlets === null ? [] : datasetsIn(module, outlets);
  const operator = name === null ? undefined : OPERATORS.get(name);
  const named = operator === undefined ? null : keyword(module, call, operator.argument);
  const target = named === null ? null : textIn(module, named);
  return [
    ...produced.map((uri) => ({ kind: 'produces' as const, name: uri })),
    ...(operator === undefined || target === null ? [] : [{ kind: operator.kind, name: target }]),
  ];
}

/** The class of Airflow that is called, by the last part of its name. */
function classNameOf(module: Module, call: Node): string | null {
  const callee = childOf(call, 'function');
  const name = callee === null ? null : (qualifiedName(module, callee)?.name ?? null);
  return name !== null && /^airflow\b/.test(name) ? (name.split('.').at(-1) ?? null) : null;
}

/** The DAG that the call makes, or the one around it. */
function dagOf(module: Module, contexts: ContextReader, call: Node): string | null {
  const name = classNameOf(module, call);
  if (name === 'DAG' || name === 'dag') {
    const id = keyword(module, call, 'dag_id') ?? firstArgument(call);
    return id === null ? (name === 'dag' ? decoratedName(module, call) : null) : textIn(module, id);
  }
  const { dag } = contexts.read(call, keyword(module, call, 'dag'));
  return dag?.id.kind === 'known' && typeof dag.id.value === 'string' ? dag.id.value : null;
}

function decoratedName(module: Module, call: Node): string | null {
  const decorated = call.parent?.type === 'decorator' ? call.parent.parent : null;
  const definition = decorated == null ? null : childOf(decorated, 'definition');
  const name = definition === null ? null : childOf(definition, 'name');
  return name === null ? null : textOf(module, name);
}

function keyword(module: Module, call: Node, name: string): Node | null {
  for (const argument of namedChildren(childOf(call, 'arguments') ?? call)) {
    const key = argument.type === 'keyword_argument' ? childOf(argument, 'name') : null;
    if (key !== null && textOf(module, key) === name) return childOf(argument, 'value');
  }
  return null;
}

function firstArgument(call: Node): Node | null {
  const [first] = namedChildren(childOf(call, 'arguments') ?? call);
  return first === undefined || first.type === 'keyword_argument' || first.type.endsWith('_splat') ? null : first;
}

function textIn(module: Module, node: Node): string | null {
  const fact = evaluate(module, node);
  return fact.kind === 'known' && typeof fact.value === 'string' ? fact.value : null;
}

function textsIn(module: Module, node: Node): readonly string[] {
  const fact = evaluate(module, node);
  return fact.kind === 'known' && Array.isArray(fact.value)
    ? fact.value.filter((one): one is string => typeof one === 'string')
    : [];
}

/** The datasets of a list, or of conditions between them (`a & b`), by their URI or name. */
function datasetsIn(module: Module, node: Node): readonly string[] {
  return [...descend(node)].flatMap((inner) => {
    const call = inner.type === 'identifier' || inner.type === 'call' ? follow(module, inner) : inner;
    if (call.type !== 'call' || !DATASETS.includes(classNameOf(module, call) ?? '')) return [];
    const subject = keyword(module, call, 'uri') ?? keyword(module, call, 'name') ?? firstArgument(call);
    return subject === null ? [] : (textIn(module, subject) ?? []);
  });
}
