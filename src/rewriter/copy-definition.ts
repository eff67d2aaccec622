/** A second definition below the first, with the edits of a change, for those callers that move. */
import type { Edit, FileFacts } from '../model.ts';
import type { Twin } from './change.ts';
import { applyEdits } from './edits.ts';

export interface Copied {
  /** The definition under its new name, with the edits that lie in it. */
  readonly text: string;
  /** The other edits. */
  readonly outside: readonly Edit[];
}

/** The text of the copy; `edits` are those that the change would make in place. */
export function copyOf(text: string, { span, nameSpan, name }: Twin, edits: readonly Edit[]): Copied {
  const isInside = (edit: Edit): boolean => span.start <= edit.span.start && edit.span.end <= span.end;
  const inside = [...edits.filter(isInside), { span: nameSpan, text: name }];
  const shifted = inside.map(({ span: { start, end }, text: written }) => ({
    span: { start: start - span.start, end: end - span.start },
    text: written,
  }));
  return {
    text: applyEdits(text.slice(span.start, span.end), shifted),
    outside: edits.filter((edit) => !isInside(edit)),
  };
}

/** Below the line on which the definition ends, as far from it as style asks: two lines at module level, one inside. */
export function copyBelow({ source, lineEnding }: FileFacts, { span }: Twin, copy: string): Edit {
  const { text } = source;
  const indent = text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start);
  const next = text.indexOf('\n', span.end);
  const line = next === -1 ? text.length : next;
  const at = text[line - 1] === '\r' ? line - 1 : line;
  const gap = lineEnding.repeat(indent === '' ? 3 : 2);
  return { span: { start: at, end: at }, text: `${gap}${indent}${copy}` };
}
