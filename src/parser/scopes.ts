/**
 * Who binds a name: scopes, bindings and references of one file, by Python's own rules (comprehensions and lambdas have
 * scopes of their own; defaults, decorators and base classes belong to the scope around a definition).
 */
import { roleOf } from './name-roles.ts';
import type { Binding, BindingKind, Names, Reference, Scope } from './names.ts';
import { CONDITIONS, resolveName } from './resolve.ts';
import { ancestor, childOf, type Node, namedChildren, type SyntaxTree } from './syntax.ts';

const SCOPES: Readonly<Record<string, Scope['kind']>> = {
  module: 'module',
  function_definition: 'function',
  class_definition: 'class',
  lambda: 'inner',
  list_comprehension: 'inner',
  set_comprehension: 'inner',
  dictionary_comprehension: 'inner',
  generator_expression: 'inner',
};
/** The class that a module brings with `import *`. */
const WILDCARDS: Readonly<Record<string, string>> = {
  'airflow.providers.cncf.kubernetes.operators.spark_kubernetes': 'SparkKubernetesOperator',
  'airflow.providers.cncf.kubernetes.sensors.spark_kubernetes': 'SparkKubernetesSensor',
};
const SIGNATURES = ['default_parameter', 'typed_default_parameter', 'typed_parameter'];

export function readNames(tree: SyntaxTree): Names {
  const reader = new NameReader(tree.text);
  const module = reader.visit(tree.root);
  const { scopes, references, bindings } = reader;
  const scopeAt = (node: Node): Scope => {
    for (let current: Node | null = node; current !== null; current = current.parent) {
      const scope = scopes.get(current);
      if (scope !== undefined) return scope;
    }
    return module;
  };
  const resolved = new Map<Node, readonly Binding[]>();
  const resolve = (name: string, at: Node): readonly Binding[] => {
    if (tree.text.slice(at.start, at.end) !== name) return resolveName(name, at, scopeAt(at));
    const found = resolved.get(at) ?? resolveName(name, at, scopeAt(at));
    resolved.set(at, found);
    return found;
  };
  const byName = groupByName(references);
  const readersOf = (name: string): readonly Node[] => byName.get(name) ?? [];
  return { module, references, bindings, scopeAt, resolve, readersOf, usesOf: usesIndex(readersOf, resolve) };
}

function groupByName(references: readonly Reference[]): ReadonlyMap<string, readonly Node[]> {
  const result = new Map<string, Node[]>();
  for (const { name, node } of references) {
    const list = result.get(name);
    if (list === undefined) result.set(name, [node]);
    else list.push(node);
  }
  return result;
}

/** Resolves the readers of a name once, when the first of its bindings is asked for. */
function usesIndex(readersOf: Names['readersOf'], resolve: Names['resolve']): Names['usesOf'] {
  const uses = new Map<Binding, Node[]>();
  const done = new Set<string>();
  return (binding) => {
    if (!done.has(binding.name)) {
      done.add(binding.name);
      for (const node of readersOf(binding.name)) {
        for (const supplier of resolve(binding.name, node)) {
          const list = uses.get(supplier);
          if (list === undefined) uses.set(supplier, [node]);
          else list.push(node);
        }
      }
    }
    return uses.get(binding) ?? [];
  };
}

class NameReader {
  /** Of scope nodes the scope that they open, of identifiers the one that they stand in. */
  readonly scopes: Map<Node, Scope> = new Map();
  readonly references: Reference[] = [];
  readonly bindings: Binding[] = [];
  readonly #text: string;
  readonly #opened: Scope[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  visit(root: Node): Scope {
    const module = this.#open(root, null);
    const stack: { node: Node; scope: Scope }[] = [{ node: root, scope: module }];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const { node, scope } = next;
      this.#read(node, scope);
      const inner = SCOPES[node.type] === undefined || !node.named ? undefined : this.scopes.get(node);
      for (let i = node.children.length - 1; i >= 0; i--) {
        const child = node.children[i] as Node;
        const childScope = inner !== undefined && !isOutside(child, node) ? inner : around(child, node, scope);
        if (SCOPES[child.type] !== undefined && child.named) this.#open(child, childScope);
        stack.push({ node: child, scope: childScope });
      }
    }
    for (const scope of this.#opened)
      for (const list of scope.bindings.values()) list.sort((a, b) => a.effect - b.effect);
    return module;
  }

  #open(node: Node, parent: Scope | null): Scope {
    const kind = SCOPES[node.type] ?? 'inner';
    const scope: Scope = { kind, node, parent, bindings: new Map(), outer: new Map() };
    this.scopes.set(node, scope);
    this.#opened.push(scope);
    return scope;
  }

  #bind(name: string, kind: BindingKind, node: Node, value: Node | null, scope: Scope): void {
    const owner = ownerOf(name, node, scope);
    const condition = ancestor(node, CONDITIONS);
    const binding: Binding = {
      name,
      kind,
      node,
      value,
      effect: effectOf(node, kind),
      conditional: condition !== null && condition.start >= owner.node.start,
      late: owner !== scope,
      scope: owner,
    };
    this.bindings.push(binding);
    const list = owner.bindings.get(name);
    if (list === undefined) owner.bindings.set(name, [binding]);
    else list.push(binding);
  }

  #name(node: Node): string {
    return this.#text.slice(node.start, node.end);
  }

  #read(node: Node, scope: Scope): void {
    switch (node.type) {
      case 'identifier':
        this.scopes.set(node, scope);
        this.#readIdentifier(node, scope);
        break;
      case 'import_statement':
      case 'import_from_statement':
        for (const clause of node.children.filter((child) => child.field === 'name'))
          this.#readImport(clause, node, scope);
        for (const clause of node.children.filter(({ type }) => type === 'wildcard_import'))
          this.#readWildcard(clause, node, scope);
        break;
      case 'global_statement':
      case 'nonlocal_statement':
        for (const name of namedChildren(node))
          scope.outer.set(this.#name(name), node.type === 'global_statement' ? 'global' : 'nonlocal');
        break;
    }
  }

  #readImport(clause: Node, statement: Node, scope: Scope): void {
    const alias = childOf(clause, 'alias');
    const written = this.#name(alias ?? clause);
    const whole = alias !== null || statement.type === 'import_from_statement';
    this.#bind(whole ? written : (written.split('.')[0] ?? '').trim(), 'import', clause, null, scope);
  }

  /** Of `import *` only what is known to stand in the module. */
  #readWildcard(clause: Node, statement: Node, scope: Scope): void {
    const from = childOf(statement, 'module_name');
    const name = from === null ? undefined : WILDCARDS[this.#name(from)];
    if (name !== undefined) this.#bind(name, 'import', clause, null, scope);
  }

  #readIdentifier(node: Node, scope: Scope): void {
    const parent = node.parent;
    if (parent === null) return;
    const name = this.#name(node);
    const role = roleOf(node, parent);
    if (role === 'none') return;
    if (role === 'load') {
      this.references.push({ name, node });
      return;
    }
    if (role === 'definition') this.#bind(name, role, node, parent, scope);
    else if (role === 'assign') this.#bind(name, role, node, assignedValue(node), scope);
    else if (parent.type === 'as_pattern_target') this.#bind(name, role, node, contextValue(parent), scope);
    else this.#bind(name, role, node, null, scope);
    if (parent.type === 'augmented_assignment') this.references.push({ name, node });
  }
}

/** Defaults and annotations of parameters are evaluated around the function. */
function around(child: Node, node: Node, scope: Scope): Scope {
  const outside = SIGNATURES.includes(node.type) && (child.field === 'value' || child.field === 'type');
  return outside ? (scope.parent ?? scope) : scope;
}

function isOutside(child: Node, definition: Node): boolean {
  if (definition.type === 'function_definition') return child.field === 'name' || child.field === 'return_type';
  if (definition.type === 'class_definition') return child.field !== 'body';
  return false;
}

/** `global` moves a binding to the module, `nonlocal` to the function around; a walrus leaves comprehensions. */
function ownerOf(name: string, node: Node, scope: Scope): Scope {
  let owner = scope;
  if (node.parent?.type === 'named_expression')
    while (owner.node.type !== 'lambda' && owner.kind === 'inner' && owner.parent !== null) owner = owner.parent;
  const declared = owner.outer.get(name);
  if (declared === 'global') while (owner.parent !== null) owner = owner.parent;
  if (declared === 'nonlocal') {
    owner = owner.parent ?? owner;
    while (owner.parent !== null && (owner.kind === 'class' || !owner.bindings.has(name))) owner = owner.parent;
  }
  return owner;
}

const EFFECTS: Partial<Record<BindingKind, readonly string[]>> = {
  import: ['import_statement', 'import_from_statement'],
  definition: ['function_definition', 'class_definition'],
  assign: ['assignment', 'named_expression'],
};

/** Targets that hold from where they stand. */
const WITHIN = ['with_item', 'for_in_clause', 'except_clause', 'case_clause'];
const HOLDERS = [...WITHIN, 'assignment', 'augmented_assignment', 'for_statement', 'delete_statement'];

/** Where a binding begins to hold: behind what is evaluated for it. */
function effectOf(node: Node, kind: BindingKind): number {
  if (kind === 'parameter') return node.start;
  const types = EFFECTS[kind];
  if (types !== undefined) return ancestor(node, types)?.end ?? node.end;
  const holder = ancestor(node, HOLDERS);
  if (holder === null || WITHIN.includes(holder.type)) return node.end;
  if (holder.type !== 'for_statement') return holder.end;
  const body = childOf(holder, 'body');
  return body === null || body.start < node.start ? node.end : body.start;
}

/** The value of `name = value`, `name: T = value` and `name := value`; null for anything less plain. */
function assignedValue(node: Node): Node | null {
  return node.parent === null ? null : (childOf(node.parent, 'right') ?? childOf(node.parent, 'value'));
}

/** The manager of `with manager as name`: for a DAG or a TaskGroup that is the object itself. */
function contextValue(target: Node): Node | null {
  const pattern = target.parent;
  return pattern?.parent?.type === 'with_item' ? (namedChildren(pattern)[0] ?? null) : null;
}
