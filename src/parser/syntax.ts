/**
 * The one entry to tree-sitter: text in, plain objects out.
 *
 * Trees live in WebAssembly memory and must be deleted by hand, so none leaves this file: the tree is copied into plain
 * nodes (which also makes walking it several times cheap) and deleted at once.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Language, Parser, type TreeCursor } from 'web-tree-sitter';

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

/** Loads runtime and grammar (about 25 ms). Both files lie beside the bundle, or in node_modules during development. */
export async function loadPython(): Promise<Python> {
  await Parser.init({ locateFile: () => locate('web-tree-sitter.wasm', 'web-tree-sitter/web-tree-sitter.wasm') });
  const language = await Language.load(locate('tree-sitter-python.wasm', 'tree-sitter-python/tree-sitter-python.wasm'));
  const parser = new Parser();
  parser.setLanguage(language);
  return {
    parse(text) {
      const tree = parser.parse(text);
      if (tree === null) throw new Error('tree-sitter gave no tree although no time limit was set');
      const cursor = tree.walk();
      try {
        return copyTree(cursor, text);
      } finally {
        cursor.delete();
        tree.delete();
      }
    },
  };
}

function locate(bundled: string, developed: string): string {
  const beside = fileURLToPath(new URL(bundled, import.meta.url));
  return existsSync(beside) ? beside : createRequire(import.meta.url).resolve(developed);
}

type Growing = { -readonly [K in keyof Node]: Node[K] } & { children: Growing[]; parent: Growing | null };

function copyNode(cursor: TreeCursor, parent: Growing | null, errors: Node[]): Growing {
  const node: Growing = {
    type: cursor.nodeType,
    named: cursor.nodeIsNamed,
    start: cursor.startIndex,
    end: cursor.endIndex,
    field: cursor.currentFieldName,
    parent,
    children: [],
  };
  if (node.type === 'ERROR' || cursor.nodeIsMissing) errors.push(node);
  parent?.children.push(node);
  return node;
}

/** Iterative, so that deep nesting can't overflow the stack. */
function copyTree(cursor: TreeCursor, text: string): SyntaxTree {
  const errors: Node[] = [];
  const root = copyNode(cursor, null, errors);
  let current = root;
  for (;;) {
    if (cursor.gotoFirstChild()) {
      current = copyNode(cursor, current, errors);
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      if (current.parent === null || !cursor.gotoParent()) return { root, text, errors };
      current = current.parent;
    }
    current = copyNode(cursor, current.parent, errors);
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
