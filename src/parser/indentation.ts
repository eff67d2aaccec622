/** Blocks by Python's own rules: tree-sitter takes empty blocks, odd dedents, and mixtures of tabs and spaces. */
import type { Node, SyntaxTree } from './syntax.ts';

interface Problem {
  readonly offset: number;
  readonly message: string;
}

/** Width with tabs to multiples of eight, and with tabs as one: where the two disagree, the mixture is ambiguous. */
interface Indentation {
  readonly wide: number;
  readonly narrow: number;
}

/** Problems of indentation, in source order. One that shifts all lines behind it is told once. */
export function indentationProblems(tree: SyntaxTree): readonly Problem[] {
  const problems: Problem[] = [];
  const stack: Indentation[] = [{ wide: 0, narrow: 0 }];
  let opens = false;
  for (const line of logicalLines(tree)) {
    if (line.strange !== null)
      problems.push({ offset: line.strange, message: 'a character that Python does not read' });
    const found = indentationOf(tree.text, line.start);
    const problem = opens ? indent(stack, found) : level(stack, found);
    if (problem !== null) problems.push({ offset: line.start, message: problem });
    opens = line.opens;
  }
  if (opens) problems.push({ offset: tree.text.length, message: 'a block without a statement' });
  return problems;
}

function indent(stack: Indentation[], found: Indentation): string | null {
  const top = stack.at(-1) as Indentation;
  if (found.wide <= top.wide) {
    level(stack, found);
    return 'a block without a statement';
  }
  if (found.narrow <= top.narrow) return 'tabs and spaces are mixed in the indentation';
  stack.push(found);
  return null;
}

function level(stack: Indentation[], found: Indentation): string | null {
  if (found.wide > (stack.at(-1) as Indentation).wide) return 'an indentation without a block';
  while (stack.length > 1 && found.wide < (stack.at(-1) as Indentation).wide) stack.pop();
  const top = stack.at(-1) as Indentation;
  if (found.wide !== top.wide) return 'an indentation that matches no outer block';
  return found.narrow === top.narrow ? null : 'tabs and spaces are mixed in the indentation';
}

function indentationOf(text: string, offset: number): Indentation {
  let start = offset;
  while (start > 0 && !'\n\r'.includes(text.charAt(start - 1))) start -= 1;
  let [wide, narrow] = [0, 0];
  for (const letter of text.slice(start, offset)) {
    if (letter === '\t') {
      wide = (Math.floor(wide / 8) + 1) * 8;
      narrow += 1;
    } else if (letter === '\f') [wide, narrow] = [0, 0];
    else if (letter !== '\uFEFF') {
      wide += 1;
      narrow += 1;
    }
  }
  return { wide, narrow };
}

interface LogicalLine {
  readonly start: number;
  /** True when it ends in the colon of a block. */
  opens: boolean;
  /** Offset of white space that only tree-sitter takes for white space. */
  strange: number | null;
}

const BRACKETS: Readonly<Record<string, number>> = { '(': 1, '[': 1, '{': 1, ')': -1, ']': -1, '}': -1 };

/** Before a string tree-sitter has no node for it. */
const CONTINUATION = /\\(?:\r\n|\r|\n)/g;

/** The lines that count for indentation: not those inside brackets or strings, behind a backslash, or empty. */
function logicalLines(tree: SyntaxTree): LogicalLine[] {
  const { text } = tree;
  const lines: LogicalLine[] = [];
  let current: LogicalLine | null = null;
  let depth = 0;
  let end = text.startsWith('\uFEFF') ? 1 : 0;
  let fresh = true;
  for (const token of tokens(tree.root)) {
    const gap = text.slice(end, token.start);
    fresh ||= /[\r\n]/.test(gap.replace(CONTINUATION, ''));
    const strange = gap.search(/[^ \t\f\r\n\\]/);
    const strangeAt = strange === -1 ? null : end + strange;
    end = token.end;
    if (token.type === 'comment' || token.type === 'line_continuation') continue;
    if (current === null || (fresh && depth === 0)) {
      current = { start: token.start, opens: false, strange: null };
      lines.push(current);
    }
    current.strange ??= strangeAt;
    fresh = false;
    depth = Math.max(0, depth + (BRACKETS[token.type] ?? 0));
    current.opens = token.type === ':' && depth === 0;
  }
  return lines;
}

/** Leaves in source order, a string as one: an f-string has brackets and line breaks of its own. */
function* tokens(root: Node): Generator<Node> {
  const stack = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.children.length === 0 || node.type === 'string') {
      if (node.end > node.start && node.type !== 'module') yield node;
    } else for (let i = node.children.length - 1; i >= 0; i -= 1) stack.push(node.children[i] as Node);
  }
}
