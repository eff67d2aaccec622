/** Where Jinja stands in the result. */
import type { Masked } from './mask.ts';

/** Expressions and statements of a printed text, with their offsets in the restored one. */
export function placeholdersIn(
  masked: Masked,
  printed: string,
): readonly { readonly text: string; readonly offset: number }[] {
  const found: { text: string; offset: number }[] = [];
  if (masked.holes.length === 0) return found;
  let from = 0;
  let restored = 0;
  for (const { at, length, hole } of masked.tokensIn(printed)) {
    restored += at - from;
    from = at + length;
    if (hole.kind === 'expression' || hole.kind === 'statement') found.push({ text: hole.text, offset: restored });
    restored += hole.text.length;
  }
  return found;
}
