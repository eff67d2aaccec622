/** Names of bindings that stay the same when other parts of the file are edited. */
import type { Module } from './constants.ts';
import { textOf } from './constants.ts';
import type { Binding, Scope } from './names.ts';
import { childOf, type Node } from './syntax.ts';

const ids = new WeakMap<Binding, string>();

/** `name@scope#n`: the n-th binding of the name in its scope; a scope is named by the binding of its function. */
export function bindingId(binding: Binding): string {
  const known = ids.get(binding);
  if (known !== undefined) return known;
  const scope = scopeId(binding.scope);
  for (const [index, other] of (binding.scope.bindings.get(binding.name) ?? [binding]).entries())
    ids.set(other, `${other.name}@${scope}#${index}`);
  return ids.get(binding) ?? `${binding.name}@${scope}#`;
}

const scopes = new WeakMap<Scope, string>();

function scopeId(scope: Scope): string {
  const id = scopes.get(scope) ?? readScopeId(scope);
  scopes.set(scope, id);
  return id;
}

function readScopeId({ node, parent }: Scope): string {
  if (parent === null) return '';
  const name = node.type.endsWith('_definition') ? childOf(node, 'name') : null;
  const binding = [...parent.bindings.values()].flat().find((one) => one.node === name);
  return binding === undefined ? `${scopeId(parent)}/` : `${bindingId(binding)}/`;
}

/** The id of what a name stands for at a place: that of its binding, of all that it may be, or the bare name. */
export function nameId(module: Module, identifier: Node): string {
  const name = textOf(module, identifier);
  const bindings = module.names.resolve(name, identifier);
  return bindings.length === 0 ? name : bindings.map(bindingId).sort().join('|');
}
