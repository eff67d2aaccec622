/**
 * Who binds a name: scopes, bindings and references of one file, by Python's own rules (class bodies are not seen from
 * functions inside them, comprehensions and lambdas have scopes of their own, `global` and `nonlocal` reach out).
 */
import { ancestor, childOf, type Node, namedChildren, type SyntaxTree } from './syntax.ts';

export type BindingKind = 'import' | 'assign' | 'parameter' | 'definition' | 'target' | 'delete';

export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  /** The identifier (or dotted name) that is bound. */
  readonly node: Node;
  /** The expression that is bound, where that is all there is to it. */
  readonly value: Node | null;
  /** True when it may not happen: inside if, for, while, try, match. */
  readonly conditional: boolean;
  readonly scope: Scope;
}

export interface Scope {
  readonly kind: 'module' | 'function' | 'class' | 'inner';
  readonly node: Node;
  readonly parent: Scope | null;
  readonly bindings: Map<string, Binding[]>;
  /** Names declared `global` or `nonlocal`. */
  readonly outer: Map<string, 'global' | 'nonlocal'>;
}

export interface Reference {
  readonly name: string;
  readonly node: Node;
  readonly scope: Scope;
}

export interface Names {
  readonly module: Scope;
  readonly references: readonly Reference[];
  readonly bindings: readonly Binding[];
  /** The scope that a node stands in. */
  scopeAt(node: Node): Scope;
  /** Every binding that may supply the name at this place, in source order; empty for builtins and the unknown. */
  resolve(name: string, at: Node): readonly Binding[];
}

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
const CONDITIONS = [
  'if_statement',
  'for_statement',
  'while_statement',
  'try_statement',
  'match_statement',
  'conditional_expression',
  'boolean_operator',
];

export function readNames(tree: SyntaxTree): Names {
  const reader = new NameReader(tree.text);
  reader.visit(tree.root, null);
  const { scopes, references, bindings } = reader;
  const module = scopes.get(tree.root) as Scope;
  const scopeAt = (node: Node): Scope => {
    let current: Node | null = node;
    while (current !== null) {
      const scope = scopes.get(current);
      if (scope !== undefined && !standsOutside(node, current)) return scope;
      current = current.parent;
    }
    return module;
  };
  return { module, references, bindings, scopeAt, resolve: (name, at) => resolve(name, at, scopeAt(at)) };
}

/** Defaults, decorators, annotations and base classes are evaluated in the scope around a definition. */
function standsOutside(node: Node, definition: Node): boolean {
  if (definition.type === 'module') return false;
  let child = node;
  while (child.parent !== null && child.parent !== definition) child = child.parent;
  if (child === definition) return true;
  if (definition.type === 'function_definition') {
    if (child.field === 'name' || child.field === 'return_type') return true;
    return child.field === 'parameters' && !isParameterName(node);
  }
  if (definition.type === 'class_definition') return child.field !== 'body';
  return false;
}

function isParameterName(node: Node): boolean {
  const parent = node.parent;
  if (parent === null) return false;
  if (parent.type === 'parameters' || parent.type === 'lambda_parameters') return true;
  if (parent.type === 'default_parameter' || parent.type === 'typed_default_parameter') return node.field === 'name';
  if (parent.type === 'typed_parameter') return node.type === 'identifier' && node.field !== 'type';
  return parent.type === 'list_splat_pattern' || parent.type === 'dictionary_splat_pattern';
}

function resolve(name: string, at: Node, from: Scope): readonly Binding[] {
  let scope: Scope | null = from;
  let first = true;
  while (scope !== null) {
    const declared = scope.outer.get(name);
    if (declared === 'global') {
      while (scope.parent !== null) scope = scope.parent;
      return reaching(scope.bindings.get(name) ?? [], null);
    }
    const skip: boolean = declared === 'nonlocal' || (scope.kind === 'class' && !first);
    const found = skip ? undefined : scope.bindings.get(name);
    if (found !== undefined) return reaching(found, sameRun(at, scope) ? at : null);
    first = false;
    scope = scope.parent;
  }
  return [];
}

/** True when code at `at` runs as part of the scope's own body, and not later in a function. */
function sameRun(at: Node, scope: Scope): boolean {
  let current: Node | null = at;
  while (current !== null && current !== scope.node) {
    if ((current.type === 'function_definition' || current.type === 'lambda') && !standsOutside(at, current))
      return false;
    current = current.parent;
  }
  return true;
}

/** Of all bindings of one name, those that can be the last one to have run at `at` (null: after all of them). */
function reaching(bindings: readonly Binding[], at: Node | null): readonly Binding[] {
  const before = at === null ? bindings : bindings.filter((b) => b.node.start < at.start);
  // A use above every binding sits in a loop or is an error at run time: any binding may supply it.
  const candidates = before.length > 0 ? before : bindings;
  let first = 0;
  candidates.forEach((binding, index) => {
    if (!binding.conditional || (at !== null && sharesCondition(binding.node, at))) first = index;
  });
  return candidates.slice(first).filter((binding) => at === null || !inOtherBranch(binding.node, at));
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

/** True when whatever condition guards the binding also guards the use. */
function sharesCondition(binding: Node, at: Node): boolean {
  const condition = ancestor(binding, CONDITIONS);
  if (condition === null) return true;
  const block = branches(binding).find((b) => ancestor(b, CONDITIONS) === condition || b.parent === condition);
  return block !== undefined && block.start <= at.start && at.end <= block.end && !nestedDeeper(binding, block);
}

function nestedDeeper(binding: Node, block: Node): boolean {
  for (let current = binding.parent; current !== null && current !== block; current = current.parent) {
    if (CONDITIONS.includes(current.type)) return true;
  }
  return false;
}

/** True when binding and use stand in branches of one `if` of which only one runs. */
function inOtherBranch(binding: Node, at: Node): boolean {
  const mine = branches(binding);
  for (let current: Node | null = at; current !== null; current = current.parent) {
    const owner = current.parent;
    if (owner?.type !== 'if_statement' && owner?.type !== 'elif_clause') continue;
    const alternative = mine.find((b) => isBranchOf(b, owner) && !(b.start <= at.start && at.end <= b.end));
    if (alternative !== undefined && (current.type === 'block' || current.type.endsWith('_clause'))) return true;
  }
  return false;
}

function isBranchOf(branch: Node, statement: Node): boolean {
  const owner = branch.parent;
  return owner === statement || (owner?.parent === statement && owner.type.endsWith('_clause'));
}

class NameReader {
  readonly scopes: Map<Node, Scope> = new Map();
  readonly references: Reference[] = [];
  readonly bindings: Binding[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  visit(root: Node, _parent: Scope | null): void {
    const stack: { node: Node; scope: Scope }[] = [{ node: root, scope: this.#open(root, null) }];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const { node, scope } = next;
      this.#read(node, scope);
      for (let i = node.children.length - 1; i >= 0; i--) {
        const child = node.children[i] as Node;
        const inner = this.scopes.get(node);
        const childScope = inner !== undefined && !outsideOf(child, node) ? inner : scope;
        if (SCOPES[child.type] !== undefined && child.named) this.#open(child, childScope);
        stack.push({ node: child, scope: childScope });
      }
    }
    for (const scope of this.scopes.values())
      for (const list of scope.bindings.values()) list.sort((a, b) => a.node.start - b.node.start);
  }

  #open(node: Node, parent: Scope | null): Scope {
    const kind = SCOPES[node.type] ?? 'inner';
    const scope: Scope = { kind, node, parent, bindings: new Map(), outer: new Map() };
    this.scopes.set(node, scope);
    return scope;
  }

  #bind(name: string, kind: BindingKind, node: Node, value: Node | null, scope: Scope): void {
    const owner = this.#owner(name, kind, node, scope);
    const condition = ancestor(node, CONDITIONS);
    const conditional = (condition !== null && condition.start >= owner.node.start) || owner !== scope;
    const binding: Binding = { name, kind, node, value, conditional, scope: owner };
    this.bindings.push(binding);
    const list = owner.bindings.get(name);
    if (list === undefined) owner.bindings.set(name, [binding]);
    else list.push(binding);
  }

  /** `global` moves a binding to the module; a walrus leaves comprehensions. */
  #owner(name: string, _kind: BindingKind, node: Node, scope: Scope): Scope {
    let owner = scope;
    if (node.parent?.type === 'named_expression')
      while (owner.kind === 'inner' && owner.parent !== null) owner = owner.parent;
    if (owner.outer.get(name) === 'global') while (owner.parent !== null) owner = owner.parent;
    if (owner.outer.get(name) === 'nonlocal')
      while (owner.parent !== null && !owner.parent.bindings.has(name)) owner = owner.parent;
    return owner;
  }

  #name(node: Node): string {
    return this.#text.slice(node.start, node.end);
  }

  #read(node: Node, scope: Scope): void {
    switch (node.type) {
      case 'identifier':
        this.#readIdentifier(node, scope);
        break;
      case 'import_statement':
      case 'import_from_statement':
        for (const clause of node.children.filter((child) => child.field === 'name'))
          this.#readImport(clause, node, scope);
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
    if (alias !== null) this.#bind(this.#name(alias), 'import', clause, null, scope);
    else if (statement.type === 'import_from_statement') this.#bind(this.#name(clause), 'import', clause, null, scope);
    else this.#bind(this.#name(clause).split('.')[0] ?? '', 'import', clause, null, scope);
  }

  #readIdentifier(node: Node, scope: Scope): void {
    const parent = node.parent;
    if (parent === null) return;
    const name = this.#name(node);
    const role = roleOf(node, parent);
    if (role === 'none') return;
    if (role === 'load') {
      this.references.push({ name, node, scope });
      return;
    }
    if (role === 'definition') this.#bind(name, 'definition', node, parent, scope);
    else if (role === 'assign') this.#bind(name, 'assign', node, assignedValue(node), scope);
    else if (parent.type === 'as_pattern_target') this.#bind(name, 'target', node, contextValue(parent), scope);
    else this.#bind(name, role, node, null, scope);
    if (parent.type === 'augmented_assignment') this.references.push({ name, node, scope });
  }
}

function outsideOf(child: Node, definition: Node): boolean {
  if (definition.type === 'function_definition') return child.field === 'name' || child.field === 'return_type';
  if (definition.type === 'class_definition') return child.field !== 'body';
  return false;
}

type Role = 'none' | 'load' | 'definition' | 'assign' | 'parameter' | 'target' | 'delete';

/** What an identifier does where it stands. */
function roleOf(node: Node, parent: Node): Role {
  switch (parent.type) {
    case 'attribute':
      return node.field === 'attribute' ? 'none' : 'load';
    case 'keyword_argument':
      return node.field === 'name' ? 'none' : 'load';
    case 'dotted_name':
      return inCasePattern(parent) && parent.children.length === 1 ? 'target' : 'none';
    case 'aliased_import':
    case 'import_from_statement':
    case 'import_statement':
    case 'global_statement':
    case 'nonlocal_statement':
      return 'none';
    case 'function_definition':
    case 'class_definition':
      return node.field === 'name' ? 'definition' : 'load';
    case 'assignment':
      return node.field === 'left' ? 'assign' : 'load';
    case 'augmented_assignment':
      return node.field === 'left' ? 'target' : 'load';
    case 'named_expression':
      return node.field === 'name' ? 'assign' : 'load';
    case 'as_pattern_target':
      return 'target';
    case 'delete_statement':
      return 'delete';
    case 'expression_list':
      return parent.parent?.type === 'delete_statement' ? 'delete' : 'load';
    case 'for_statement':
    case 'for_in_clause':
      return node.field === 'left' ? 'target' : 'load';
    default:
      return isParameterName(node) ? parameterOrTarget(node) : isPatternTarget(node) ? 'target' : 'load';
  }
}

/** `*rest` is a parameter in a signature and a target in an assignment. */
function parameterOrTarget(node: Node): Role {
  return ancestor(node, [
    'parameters',
    'lambda_parameters',
    'assignment',
    'for_statement',
    'for_in_clause',
  ])?.type.endsWith('parameters')
    ? 'parameter'
    : 'target';
}

function inCasePattern(node: Node): boolean {
  return node.parent?.type === 'case_pattern';
}

function isPatternTarget(node: Node): boolean {
  const parent = node.parent;
  return (
    parent !== null && ['pattern_list', 'tuple_pattern', 'list_pattern', 'list_splat_pattern'].includes(parent.type)
  );
}

/** The value of `name = value`, `name: T = value`, `name := value` and `with value as name`; null for anything less plain. */
function assignedValue(node: Node): Node | null {
  return node.parent === null ? null : (childOf(node.parent, 'right') ?? childOf(node.parent, 'value'));
}

/** The manager of `with manager as name`: for a DAG or a TaskGroup that is the object itself. */
function contextValue(target: Node): Node | null {
  const pattern = target.parent;
  return pattern?.parent?.type === 'with_item' ? (namedChildren(pattern)[0] ?? null) : null;
}
