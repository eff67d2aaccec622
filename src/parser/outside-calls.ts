/**
 * Calls from other files, written below the text of the file that they call into: what they give is known there, and
 * everything that follows callers finds them. Offsets of the file itself stay what they are.
 */
import type { DagFacts, Fact, Json } from '../model.ts';
import type { CallContext } from './call-context.ts';
import { type Module, textOf } from './constants.ts';
import { environmentsAt } from './environments.ts';
import { HOLE, readPath } from './paths.ts';
import { childOf, type Node, namedChildren } from './syntax.ts';
import { evaluate } from './values.ts';

/** One way in which a function is called from outside. */
export interface OutsideCall {
  /** Positional and keyword arguments as Python. */
  readonly given: readonly string[];
  /** The DAGs that stand for `__dag_0__`, `__dag_1__` … in it. */
  readonly dags: readonly DagFacts[];
  readonly context: CallContext;
}

/** What is no literal: a name that nothing binds. */
const UNKNOWN = '__unknown__';

/**
 * A call with what it gives, in each of the ways in which it is reached. `target` is the path of the file that it calls
 * into: what was reached from `__file__` is said from there.
 */
export function outsideCalls(
  module: Module,
  call: Node,
  context: CallContext,
  dagOf: (node: Node) => DagFacts | null,
  target: string,
): readonly OutsideCall[] {
  const { list } = environmentsAt(module, call);
  const counts = shares(context.multiplicity, list.length);
  return list.map((environment, index) => {
    const way: Module = { ...module, environment };
    const dags: DagFacts[] = [];
    const write = (value: Node): string => {
      const dag = dagOf(value);
      if (dag === null) return valueText(way, value, target);
      dags.push(dag);
      return `__dag_${dags.length - 1}__`;
    };
    const given = namedChildren(childOf(call, 'arguments') ?? call).map((part) => {
      const [key, value] = [childOf(part, 'name'), childOf(part, 'value')];
      if (part.type === 'keyword_argument' && key !== null && value !== null)
        return `${textOf(module, key)}=${write(value)}`;
      if (part.type === 'list_splat') return `*${UNKNOWN}`;
      if (part.type !== 'dictionary_splat') return write(part);
      const fact = evaluate(way, namedChildren(part)[0] ?? part);
      return `**${factText(fact)}`;
    });
    return { given, dags, context: { ...context, multiplicity: counts[index] ?? 1 } };
  });
}

/** How often each of the ways happens, when all of them together happen that often. */
function shares(total: number | 'dynamic', ways: number): readonly (number | 'dynamic')[] {
  const first = total === 'dynamic' ? total : Math.max(0, total - (ways - 1));
  return [first, ...Array.from({ length: ways - 1 }, () => 1)];
}

function valueText(module: Module, node: Node, target: string): string {
  const fact = evaluate(module, node);
  if (fact.kind === 'known') return factText(fact);
  const read = readPath(module, node);
  if (read?.form !== 'path') return UNKNOWN;
  const { from, text } = read.path;
  const written = text.includes(HOLE)
    ? `f${literal(text.replaceAll(/[{}]/g, '$&$&')).replaceAll(HOLE, `{${UNKNOWN}}`)}`
    : literal(text);
  if (from === 'written') return written;
  const up = '../'.repeat(target.split('/').length - 1);
  return `os.path.join(os.path.dirname(__file__), ${literal(up)}, ${written})`;
}

const factText = (fact: Fact): string => (fact.kind === 'known' ? literal(fact.value) : UNKNOWN);

/** A value as Python writes it. */
function literal(value: Json): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${literal(item)}`)
    .join(', ')}}`;
}
