/** `# bpg-migrate: ignore[reason]` and `# bpg-migrate: ignore[reason; until 2027-03-31]`. */
import type { Span } from '../model.ts';
import { descend, type Node, type SyntaxTree } from './syntax.ts';

export interface IgnoreComment {
  readonly span: Span;
  readonly reason: string;
  /** ISO date, null where none is given. */
  readonly until: string | null;
}

const IGNORE = /#\s*bpg-migrate:\s*ignore\[([^\]]*)\]/;

/** Every such comment of the file, in source order. */
export function readIgnoreComments(tree: SyntaxTree): readonly IgnoreComment[] {
  if (!tree.text.includes('bpg-migrate')) return [];
  const result: IgnoreComment[] = [];
  for (const node of descend(tree.root)) {
    const match = node.type === 'comment' ? IGNORE.exec(tree.text.slice(node.start, node.end)) : null;
    if (match === null) continue;
    const [, reason, until] = /^(.*?)(?:;\s*until\s+(\d{4}-\d{2}-\d{2})\s*)?$/s.exec(match[1] ?? '') ?? [];
    result.push({
      span: { start: node.start, end: node.end },
      reason: (reason ?? '').trim(),
      until: until ?? null,
    });
  }
  return result;
}

/** The comment that speaks of a call: inside it, behind its last line, or on its own in the lines right above. */
export function ignoreFor(
  comments: readonly IgnoreComment[],
  call: Node,
  statement: Node,
  text: string,
): IgnoreComment | null {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.span.start ?? 0) < statement.start) low = middle + 1;
    else high = middle;
  }
  for (let index = Math.max(0, low - NEAR); index < comments.length; index += 1) {
    const comment = comments[index] as IgnoreComment;
    if (speaksOf(comment.span, call, statement, text)) return comment;
    if (comment.span.start >= call.end) return null;
  }
  return null;
}

/** How many ignore comments may stand in the lines above a call. */
const NEAR = 8;

function speaksOf(comment: Span, call: Node, statement: Node, text: string): boolean {
  if (comment.start >= call.start && comment.end <= call.end) return true;
  if (comment.start >= call.end) return !/[\r\n]/.test(text.slice(call.end, comment.start));
  if (comment.end > statement.start) return false;
  const alone = /(?:^|[\r\n])[ \t\f\uFEFF]*$/.test(text.slice(Math.max(0, comment.start - 400), comment.start));
  return alone && /^\r?\n(?:[ \t]*#[^\n]*\n)*[ \t]*$/.test(text.slice(comment.end, statement.start));
}
