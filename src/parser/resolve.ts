/**
 * Which bindings of a name may have run last when a place is reached. Sound rather than sharp: a binding is left out only
 * when it can't be the one.
 */
import type { Binding, Scope } from './names.ts';
import { ancestor, childOf, type Node } from './syntax.ts';

/** Statements and expressions of which a part may not run. */
export const CONDITIONS: readonly string[] = [
  'if_statement',
  'for_statement',
  'while_statement',
  'try_statement',
  'match_statement',
  'conditional_expression',
  'boolean_operator',
];
const LOOPS = ['for_statement', 'while_statement'];

/** By Python's rules: class bodies are not seen from functions inside them, `global` and `nonlocal` reach out. */
export function resolveName(name: string, at: Node, from: Scope): readonly Binding[] {
  let scope: Scope | null = from;
  // The outermost function between the place and the scope: its body runs later than it stands.
  let runner: Node | null = null;
  for (; scope !== null; scope = scope.parent) {
    const declared = scope.outer.get(name);
    if (declared === 'global') {
      for (; scope.parent !== null; scope = scope.parent) runner = runnerOf(scope) ?? runner;
      return reaching(scope.bindings.get(name) ?? [], at, runner, scope);
    }
    const skip: boolean = declared === 'nonlocal' || (scope.kind === 'class' && scope !== from);
    const found = skip ? undefined : scope.bindings.get(name);
    if (found !== undefined) return reaching(found, at, runner, scope);
    runner = runnerOf(scope) ?? runner;
  }
  return [];
}

function runnerOf(scope: Scope): Node | null {
  return scope.kind === 'function' || scope.node.type === 'lambda' ? scope.node : null;
}

/**
 * More bindings than this one place can meet are not told apart: the nearest ones stand for all. A generated file may bind
 * one name thousands of times, and `rebound` says so in any case.
 */
const MAX_SUPPLIERS = 64;

/** Of the bindings of one name in one scope, those that may supply it at `at`, in the order in which they take effect. */
function reaching(bindings: readonly Binding[], at: Node, runner: Node | null, scope: Scope): readonly Binding[] {
  const point = runner ?? at;
  const split = countUpTo(bindings, point.start);
  const before: Binding[] = [];
  for (let index = split - 1; index >= 0 && before.length < MAX_SUPPLIERS; index -= 1) {
    const binding = bindings[index] as Binding;
    if (!inOtherBranch(binding.node, point)) before.push(binding);
    if (isCertain(binding, point)) break;
  }
  const result = [...before.reverse(), ...suppliersBelow(bindings, split, at, runner, before.length === 0, scope)];
  const missing = lateOnes(bindings).filter((binding) => !result.includes(binding));
  return missing.length === 0 ? result : [...result, ...missing].sort((a, b) => a.effect - b.effect);
}

/** A function can run after anything that stands below it; a use above every binding is an error or sits in a loop. */
function suppliersBelow(
  bindings: readonly Binding[],
  split: number,
  at: Node,
  runner: Node | null,
  alone: boolean,
  scope: Scope,
): readonly Binding[] {
  if (split === bindings.length) return [];
  if (runner !== null || alone) return bindings.slice(split, split + MAX_SUPPLIERS);
  const loop = outermostLoop(at, scope);
  if (loop === null) return [];
  return bindings.slice(split, split + MAX_SUPPLIERS).filter(({ node }) => node.end <= loop.end);
}

const late = new WeakMap<readonly Binding[], readonly Binding[]>();

function lateOnes(bindings: readonly Binding[]): readonly Binding[] {
  const known = late.get(bindings) ?? bindings.filter((binding) => binding.late);
  late.set(bindings, known);
  return known;
}

/** How many of the bindings, sorted by `effect`, have taken effect at the offset. */
function countUpTo(bindings: readonly Binding[], offset: number): number {
  let low = 0;
  let high = bindings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bindings[middle]?.effect ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function outermostLoop(at: Node, scope: Scope): Node | null {
  let loop: Node | null = null;
  for (let node = at.parent; node !== null && node !== scope.node; node = node.parent)
    if (LOOPS.includes(node.type)) loop = node;
  return loop;
}

/** True when the binding has surely run whenever the place is reached from below it. */
function isCertain(binding: Binding, at: Node): boolean {
  if (binding.late) return false;
  return !binding.conditional || sharesCondition(binding.node, at);
}

/** The blocks of conditions around a node, innermost first. */
function branches(node: Node): Node[] {
  const result: Node[] = [];
  for (let current: Node | null = node; current?.parent != null; current = current.parent) {
    if (current.type === 'block' || current.type === 'else_clause' || current.type === 'except_clause')
      result.push(current);
  }
  return result;
}

const holds = (block: Node, node: Node): boolean => block.start <= node.start && node.end <= block.end;

/** True when whatever condition guards the binding also guards the use. */
function sharesCondition(binding: Node, at: Node): boolean {
  const condition = ancestor(binding, CONDITIONS);
  if (condition === null) return true;
  if (condition.type === 'for_statement') {
    const [target, body] = [childOf(condition, 'left'), childOf(condition, 'body')];
    if (target !== null && holds(target, binding)) return body !== null && holds(body, at);
  }
  const block = branches(binding).find((b) => b.parent === condition || ancestor(b, CONDITIONS) === condition);
  return block !== undefined && holds(block, at);
}

/** True when binding and use stand in branches of one `if` of which only one runs. */
function inOtherBranch(binding: Node, at: Node): boolean {
  const mine = branches(binding);
  for (let current: Node | null = at; current !== null; current = current.parent) {
    const owner = current.parent;
    if (owner?.type !== 'if_statement' && owner?.type !== 'elif_clause') continue;
    const alternative = mine.find((b) => isBranchOf(b, owner) && !holds(b, at));
    if (alternative !== undefined && (current.type === 'block' || current.type.endsWith('_clause'))) return true;
  }
  return false;
}

function isBranchOf(branch: Node, statement: Node): boolean {
  const owner = branch.parent;
  return owner === statement || (owner?.parent === statement && owner.type.endsWith('_clause'));
}
