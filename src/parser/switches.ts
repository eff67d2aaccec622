/**
 * `New(…) if on_bpg("id") else Old(…)`: both operators of one task, until the switch is taken away. The other readers see
 * the old side alone, in the place of the whole, so that a switched task is what it was before.
 */
import type { Span, SwitchFacts } from '../model.ts';
import { childOf, descend, type Node, namedChildren, type SyntaxTree, unwrap } from './syntax.ts';

/** The module that `apply --mode switch` writes beside the DAGs, and the question that it answers. */
export const SWITCH_MODULE = 'bpg_switch';
export const SWITCH_FUNCTION = 'on_bpg';

/** A switch as it stands in the tree: what it is, and where its old side has to go. */
interface Found {
  readonly facts: SwitchFacts;
  readonly whole: Node;
  readonly old: Node;
}

/**
 * Puts the old side of every switch in the place of the whole expression, parentheses around it included, and tells what
 * it took out. `isOld` says which expressions make a task of a source class; a switch between others is left alone.
 */
export function foldSwitches(tree: SyntaxTree, text: string, isOld: (old: Span) => boolean): readonly SwitchFacts[] {
  if (!text.includes(SWITCH_MODULE)) return [];
  const found = findSwitches(tree, text).filter(({ facts }) => isOld(facts.old));
  for (const { whole, old } of found) putInPlace(old, whole);
  return found.map(({ facts }) => facts);
}

function findSwitches(tree: SyntaxTree, text: string): readonly Found[] {
  const names = switchNames(tree, text);
  const found: Found[] = [];
  for (const node of descend(tree.root)) {
    if (node.type !== 'conditional_expression') continue;
    const [fresh, condition, old] = namedChildren(node);
    if (fresh === undefined || condition?.type !== 'call' || old === undefined) continue;
    const callee = childOf(condition, 'function');
    if (callee?.type !== 'identifier' || !names.has(text.slice(callee.start, callee.end))) continue;
    const whole = node.parent?.type === 'parenthesized_expression' ? node.parent : node;
    const inner = unwrap(old);
    const facts: SwitchFacts = {
      span: spanOf(whole),
      fresh: spanOf(unwrap(fresh)),
      condition: spanOf(condition),
      old: spanOf(inner),
      names: new Set([...identifiers(fresh, text), ...identifiers(condition, text)]),
    };
    found.push({ facts, whole, old: inner });
  }
  return found;
}

/** The names under which the file asks: `from bpg_switch import on_bpg [as x]`. */
function switchNames(tree: SyntaxTree, text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of descend(tree.root)) {
    if (node.type !== 'import_from_statement') continue;
    const module = childOf(node, 'module_name');
    if (module === null || text.slice(module.start, module.end) !== SWITCH_MODULE) continue;
    for (const child of node.children) {
      if (child.field !== 'name') continue;
      const name = childOf(child, 'name') ?? child;
      const local = childOf(child, 'alias') ?? name;
      if (text.slice(name.start, name.end) === SWITCH_FUNCTION) names.add(text.slice(local.start, local.end));
    }
  }
  return names;
}

function* identifiers(node: Node, text: string): Generator<string> {
  for (const one of descend(node)) if (one.type === 'identifier') yield text.slice(one.start, one.end);
}

/** The tree is plain nodes of our own: nobody else holds it yet. */
function putInPlace(old: Node, whole: Node): void {
  const { parent } = whole;
  if (parent === null) return;
  const children = parent.children as Node[];
  children[children.indexOf(whole)] = old;
  Object.assign(old, { parent, field: whole.field });
}

const spanOf = ({ start, end }: Node): Span => ({ start, end });
