/**
 * The one entry to tree-sitter: text in, plain objects out.
 *
 * Trees live in WebAssembly memory and must be deleted by hand, so none leaves this file: the tree is copied into plain
 * nodes (which also makes walking it several times cheap) and deleted at once.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Language, Parser, type Tree, type TreeCursor } from 'web-tree-sitter';

/** One node of the syntax tree, tokens included. `start` and `end` are UTF-16 offsets, `end` exclusive. */
export interface Node {
  readonly type: string;
  readonly named: boolean;
  readonly start: number;
  readonly end: number;
  /** The name of the field that this node is of its parent, null for none. */
  readonly field: string | null;
  readonly parent: Node | null;
  readonly children: readonly Node[];
}

export interface SyntaxTree {
  readonly root: Node;
  readonly text: string;
  /** Where the text does not parse: error nodes and missing tokens, in source order. */
  readonly errors: readonly Node[];
}

/** Parses Python. Get one from `loadPython`, once per process. */
export interface Python {
  parse(text: string): SyntaxTree;
}

/**
 * What is called of the runtime's own functions. They keep the cursor in a buffer of the runtime between two calls, where
 * `TreeCursor` writes it there and reads it back at each: four times the time, on trees of which every node is visited.
 * `tree` is the address of the tree.
 */
interface Runtime {
  readonly _ts_tree_cursor_current_node_type_id_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_current_node_is_named_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_current_node_is_missing_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_start_index_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_end_index_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_current_field_id_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_goto_first_child_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_goto_next_sibling_wasm: (tree: number) => number;
  readonly _ts_tree_cursor_goto_parent_wasm: (tree: number) => number;
}

/** Loads runtime and grammar (about 25 ms). Both files lie beside the bundle, or in node_modules during development. */
export async function loadPython(): Promise<Python> {
  const runtime = await loadRuntime();
  const language = await Language.load(locate('tree-sitter-python.wasm', 'tree-sitter-python/tree-sitter-python.wasm'));
  const parser = new Parser();
  parser.setLanguage(language);
  return {
    parse(text) {
      const tree = parser.parse(text);
      if (tree === null) throw new Error('tree-sitter gave no tree although no time limit was set');
      const cursor = tree.walk();
      try {
        return { ...copyTree(runtime, addressOf(tree), cursor, language), text };
      } finally {
        cursor.delete();
        tree.delete();
      }
    },
  };
}

let loaded: Promise<Runtime> | null = null;

/** The runtime is one for the process; it puts its functions into the object that it is given. */
function loadRuntime(): Promise<Runtime> {
  loaded ??= (async () => {
    const module: object = { locateFile: () => locate('web-tree-sitter.wasm', 'web-tree-sitter/web-tree-sitter.wasm') };
    await Parser.init(module);
    return module as Runtime;
  })();
  return loaded;
}

/** Where a tree lies in the runtime's memory: the first entry of each of its objects, which its types do not tell. */
const addressOf = (tree: Tree): number => (tree as unknown as readonly [number])[0];

function locate(bundled: string, developed: string): string {
  const beside = fileURLToPath(new URL(bundled, import.meta.url));
  return existsSync(beside) ? beside : createRequire(import.meta.url).resolve(developed);
}

type Growing = { -readonly [K in keyof Node]: Node[K] } & { children: Growing[]; parent: Growing | null };

/** Iterative, so that deep nesting can't overflow the stack. */
function copyTree(runtime: Runtime, tree: number, cursor: TreeCursor, language: Language): Omit<SyntaxTree, 'text'> {
  const { types, fields } = language;
  const errors: Node[] = [];
  const copy = (parent: Growing | null): Growing => {
    const start = runtime._ts_tree_cursor_start_index_wasm(tree);
    const end = runtime._ts_tree_cursor_end_index_wasm(tree);
    const node: Growing = {
      type: types[runtime._ts_tree_cursor_current_node_type_id_wasm(tree)] ?? 'ERROR',
      named: runtime._ts_tree_cursor_current_node_is_named_wasm(tree) === 1,
      start,
      end,
      field: fields[runtime._ts_tree_cursor_current_field_id_wasm(tree)] ?? null,
      parent,
      children: [],
    };
    // what is missing has no length, so most nodes need not be asked
    const missing = start === end && runtime._ts_tree_cursor_current_node_is_missing_wasm(tree) === 1;
    if (node.type === 'ERROR' || missing) errors.push(node);
    parent?.children.push(node);
    return node;
  };
  // asking the cursor once puts it into the runtime's buffer
  if (cursor.startIndex < 0) throw new Error('a tree can not begin before its text');
  const root = copy(null);
  let current = root;
  for (;;) {
    if (runtime._ts_tree_cursor_goto_first_child_wasm(tree) === 1) {
      current = copy(current);
      continue;
    }
    while (runtime._ts_tree_cursor_goto_next_sibling_wasm(tree) !== 1) {
      if (current.parent === null || runtime._ts_tree_cursor_goto_parent_wasm(tree) !== 1) return { root, errors };
      current = current.parent;
    }
    current = copy(current.parent);
  }
}

/** The child in the field `name`, null where there is none. */
export function childOf(node: Node, name: string): Node | null {
  return node.children.find((child) => child.field === name) ?? null;
}

/** The named children, without comments and the backslashes between lines. */
export function namedChildren(node: Node): readonly Node[] {
  return node.children.filter(({ named, type }) => named && type !== 'comment' && type !== 'line_continuation');
}

/** The node and everything below it, parents first, in source order. */
export function* descend(node: Node): Generator<Node> {
  const stack = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    yield next;
    for (let i = next.children.length - 1; i >= 0; i--) stack.push(next.children[i] as Node);
  }
}

/** The nearest ancestor of one of the types, null where there is none. */
export function ancestor(node: Node, types: readonly string[]): Node | null {
  let current = node.parent;
  while (current !== null && !types.includes(current.type)) current = current.parent;
  return current;
}

/** The expression without the parentheses around it. */
export function unwrap(node: Node): Node {
  let current = node;
  while (current.type === 'parenthesized_expression') {
    const inner = namedChildren(current)[0];
    if (inner === undefined) return current;
    current = inner;
  }
  return current;
}
