/** Offsets to lines and columns. */
import type { Place } from '../model.ts';

let last: { text: string; lines: number[] } | null = null;

function lineStarts(text: string): number[] {
  if (last?.text === text) return last.lines;
  const lines = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.push(at + 1);
  last = { text, lines };
  return lines;
}

/** The place of an offset; a BOM takes no column. */
export function placeAt(file: string, text: string, offset: number): Place {
  const lines = lineStarts(text);
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const bom = low === 0 && text.startsWith('\uFEFF') ? 1 : 0;
  return { file, line: low + 1, column: Math.max(1, offset - (lines[low] ?? 0) + 1 - bom) };
}
