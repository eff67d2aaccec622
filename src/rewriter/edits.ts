/** Edits are values in the offsets of the original text. */
import type { Edit } from '../model.ts';

/** The text with all edits made. Edits that overlap are a fault of ours, so they throw. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const { span, text: replacement } of sortEdits(edits)) {
    if (span.start < at) throw new Error(`two edits overlap at offset ${span.start}`);
    result += text.slice(at, span.start) + replacement;
    at = span.end;
  }
  return result + text.slice(at);
}

/** By place; what is inserted at an offset comes before what is replaced there. */
function sortEdits(edits: readonly Edit[]): readonly Edit[] {
  return [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
