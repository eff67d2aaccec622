/**
 * What tree-sitter accepts and Python does not, as far as an edit could bring it about: empty blocks, odd indentation,
 * arguments in the wrong order or given twice, commas that stand alone, `__future__` imports too late.
 *
 * A tree without errors and without these problems compiles, but for rules about meaning (`return` outside a function).
 */
import { indentationProblems } from './indentation.ts';
import { childOf, descend, type Node, namedChildren, type SyntaxTree } from './syntax.ts';

export interface StructuralProblem {
  /** UTF-16 offset in the text. */
  readonly offset: number;
  readonly message: string;
}

type Check = (node: Node, text: string) => StructuralProblem | null;

const known = new WeakMap<SyntaxTree, readonly StructuralProblem[]>();

/** All problems of a tree, in source order. A result is asked for them twice: when it is verified, and for its facts. */
export function structuralProblems(tree: SyntaxTree): readonly StructuralProblem[] {
  const problems = known.get(tree) ?? findProblems(tree);
  known.set(tree, problems);
  return problems;
}

function findProblems(tree: SyntaxTree): readonly StructuralProblem[] {
  const problems = [...indentationProblems(tree)];
  for (const node of descend(tree.root)) {
    const problem = CHECKS[node.type]?.(node, tree.text);
    if (problem != null) problems.push(problem);
  }
  const late = lateFuture(tree.root);
  if (late !== null) problems.push(late);
  return problems.sort((a, b) => a.offset - b.offset);
}

const at = (node: Node, message: string): StructuralProblem => ({ offset: node.start, message });

const checkArguments: Check = (list, text) => emptyArgument(list) ?? misplacedArgument(list, text);

function emptyArgument(list: Node): StructuralProblem | null {
  let empty = true;
  for (const child of list.children) {
    if (child.type === ',' && empty) return at(child, 'a comma without an argument before it');
    if (child.type === ',') empty = true;
    else if (child.named && child.type !== 'comment' && child.type !== 'line_continuation') empty = false;
  }
  return null;
}

function misplacedArgument(list: Node, text: string): StructuralProblem | null {
  const seen = new Set<string>();
  let unpacked = false;
  for (const child of namedChildren(list)) {
    const name = child.type === 'keyword_argument' ? childOf(child, 'name') : null;
    if (name !== null) {
      const word = text.slice(name.start, name.end);
      if (seen.has(word)) return at(child, `keyword argument repeated: ${word}`);
      seen.add(word);
    } else if (child.type === 'dictionary_splat') unpacked = true;
    else if (unpacked) return at(child, 'an argument without keyword follows `**`');
    else if (seen.size > 0 && child.type !== 'list_splat')
      return at(child, 'positional argument follows keyword argument');
  }
  return null;
}

const checkImportFrom: Check = (node) => {
  const last = node.children.findLast(({ type }) => type !== 'comment');
  return last?.type === ',' ? at(last, 'trailing comma in an import without parentheses') : null;
};

const checkPrint: Check = (node) =>
  node.children.length > 1 && !node.children.some(({ type }) => type === 'chevron')
    ? at(node, 'a statement of Python 2')
    : null;

const checkTry: Check = (node) =>
  node.children.some(({ type }) => type.startsWith('except') || type === 'finally_clause')
    ? null
    : at(node, '`try` without `except` or `finally`');

const checkInteger: Check = (node, text) => {
  const written = text.slice(node.start, node.end);
  return /^0[0-9_]*[1-9]|[lL]$/.test(written) ? at(node, `${written} is a number of Python 2`) : null;
};

const checkComparison: Check = (node) => {
  const old = node.children.find(({ type }) => type === '<>');
  return old === undefined ? null : at(old, '`<>` is an operator of Python 2');
};

const checkRaise: Check = (node) =>
  node.children.some(({ type }) => type === 'expression_list') ? at(node, 'a statement of Python 2') : null;

const CHECKS: Readonly<Record<string, Check>> = {
  argument_list: checkArguments,
  import_from_statement: checkImportFrom,
  import_statement: checkImportFrom,
  future_import_statement: checkImportFrom,
  print_statement: checkPrint,
  exec_statement: checkPrint,
  try_statement: checkTry,
  integer: checkInteger,
  comparison_operator: checkComparison,
  raise_statement: checkRaise,
};

/** `from __future__ import …` may only follow the docstring and its like. */
function lateFuture(root: Node): StructuralProblem | null {
  let begun = false;
  for (const [index, node] of namedChildren(root).entries()) {
    if (node.type === 'future_import_statement') {
      if (begun) return at(node, '`from __future__` imports must stand at the beginning of the file');
      continue;
    }
    const first = namedChildren(node)[0];
    const docstring = index === 0 && node.type === 'expression_statement' && first?.type.endsWith('string') === true;
    if (!docstring) begun = true;
  }
  return null;
}
