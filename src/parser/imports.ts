/**
 * Which name means which class: import statements resolved to `module.Name`, whatever their spelling.
 *
 * A class of the same name from another module is never ours: only the import decides.
 */
import type { ImportedName, Span, TopImport } from '../model.ts';
import { type Module, textOf } from './constants.ts';
import type { Binding } from './names.ts';
import { ancestor, childOf, type Node, namedChildren, type SyntaxTree } from './syntax.ts';

const spanOf = (node: Node): Span => ({ start: node.start, end: node.end });

/** Statements that only sometimes run what they hold. */
const GUARDS = [
  'if_statement',
  'try_statement',
  'with_statement',
  'function_definition',
  'class_definition',
  'for_statement',
  'while_statement',
  'match_statement',
];

/** What an import binding stands for; null for every other binding. */
export function importedName(module: Module, binding: Binding): ImportedName | null {
  const statement = ancestor(binding.node, ['import_statement', 'import_from_statement']);
  if (binding.kind !== 'import' || statement === null) return null;
  const from = childOf(statement, 'module_name');
  const original = childOf(binding.node, 'name') ?? binding.node;
  const all = binding.node.type === 'wildcard_import';
  return {
    module: textOf(module, from ?? original),
    name: all ? binding.name : from === null ? null : textOf(module, original),
    local: binding.name,
    statement: spanOf(statement),
    clause: spanOf(binding.node),
    // What else `*` brings is not known, so that the statement never goes.
    names: all ? Number.MAX_SAFE_INTEGER : statement.children.filter((child) => child.field === 'name').length,
    topLevel: ancestor(statement, GUARDS) === null,
    rebound: (binding.scope.bindings.get(binding.name)?.length ?? 0) > 1,
    uses: usesOf(module, binding).map(spanOf),
  };
}

/** Every reference that the binding may supply, in source order. */
export function usesOf(module: Module, binding: Binding): readonly Node[] {
  return module.names.usesOf(binding);
}

/**
 * What a callee such as `Op`, `spark_kubernetes.Op` or `airflow.providers….Op` stands for: `module.Name` and the import
 * that brings it. Null when it comes from elsewhere or when several imports of different things may bring it.
 */
export function qualifiedName(module: Module, callee: Node): { name: string; binding: Binding } | null {
  const found = qualifiedNames(module, callee);
  const [only] = found;
  return found.size === 1 && only !== undefined ? { name: only[0], binding: only[1] } : null;
}

/** All names that imports may give it (`try: from a import X`, `except ImportError: from b import X`); none where anything else may. */
export function qualifiedNames(module: Module, callee: Node): ReadonlyMap<string, Binding> {
  const parts: string[] = [];
  let root = callee;
  while (root.type === 'attribute') {
    const attribute = childOf(root, 'attribute');
    const object = childOf(root, 'object');
    if (attribute === null || object === null) return new Map();
    parts.unshift(textOf(module, attribute));
    root = object;
  }
  if (root.type !== 'identifier') return new Map();
  const found = new Map<string, Binding>();
  for (const binding of module.names.resolve(textOf(module, root), root)) {
    if (isNone(binding)) continue;
    const imported = importedPath(module, binding);
    if (imported === null) return new Map();
    found.set([imported, ...parts].join('.'), binding);
  }
  return found;
}

/** `except ImportError: Name = None` beside an import leaves the import as the only class. */
function isNone(binding: Binding): boolean {
  return binding.kind === 'assign' && binding.value?.type === 'none';
}

/** `module.Name`, or the module, that an import binding stands for; null for every other binding. */
export function importedPath(module: Module, binding: Binding): string | null {
  const statement = ancestor(binding.node, ['import_statement', 'import_from_statement']);
  if (binding.kind !== 'import' || statement === null) return null;
  const from = childOf(statement, 'module_name');
  const original = textOf(module, childOf(binding.node, 'name') ?? binding.node);
  if (binding.node.type === 'wildcard_import') return from === null ? null : `${textOf(module, from)}.${binding.name}`;
  if (from !== null) return `${absoluteModule(module, textOf(module, from))}.${original}`;
  // `import a.b` binds `a`; `import a.b as x` binds `a.b`.
  return childOf(binding.node, 'alias') === null ? binding.name : original;
}

/** A relative module as seen from the root of the project; any other as it is. */
function absoluteModule(module: Module, name: string): string {
  const [, dots = '', rest = ''] = /^(\.+)(.*)$/.exec(name.replace(/\s/g, '')) ?? [];
  if (dots === '' || module.path === undefined) return name;
  const folders = module.path.split('/').slice(0, -dots.length);
  return [...folders, ...(rest === '' ? [] : [rest])].join('.');
}

/** The import statements at module level, in source order. */
export function topImports(module: Module, tree: SyntaxTree): readonly TopImport[] {
  return tree.root.children
    .filter((node) => node.type === 'import_statement' || node.type === 'import_from_statement')
    .map((node) => {
      const from = childOf(node, 'module_name');
      const name =
        from ?? childOf(node.children.find((child) => child.field === 'name') ?? node, 'name') ?? childOf(node, 'name');
      return { span: spanOf(node), module: name === null ? '' : textOf(module, name), from: from !== null };
    });
}

/** Where a first import can go: behind the docstring and `from __future__ import …`, else before the first statement. */
export function importStart(tree: SyntaxTree): number {
  let start = 0;
  for (const node of tree.root.children) {
    if (node.type === 'comment') continue;
    const docstring = node.type === 'expression_statement' && namedChildren(node)[0]?.type === 'string' && start === 0;
    if (!docstring && node.type !== 'future_import_statement') return start === 0 ? node.start : start;
    start = node.end;
  }
  return start;
}
