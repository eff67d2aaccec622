/** Which end states of the gateway an operator's source names. One that it does not name does not end its wait. */
import { descend, type Node } from '../parser/syntax.ts';
import type { Module } from '../parser/values.ts';

/** What a submission can end as; the last two are the same end in different versions of the Spark operator. */
export const endStates: readonly string[] = ['COMPLETED', 'FAILED', 'FAILED_SUBMISSION', 'SUBMISSION_FAILED'];

export function terminalStatesIn(
  module: Module,
  root: Node,
): { readonly names: readonly string[]; readonly offset: number | null } {
  const found = new Map<string, number>();
  for (const node of descend(root)) {
    if (node.type !== 'string') continue;
    const name = module.text.slice(node.start, node.end).replace(/^[rRbBuU]*(["'])(.*)\1$/s, '$2');
    if (endStates.includes(name) && !found.has(name)) found.set(name, node.start);
  }
  return { names: endStates.filter((name) => found.has(name)), offset: found.values().next().value ?? null };
}
