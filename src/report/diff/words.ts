/** Which words of a changed line changed. */
import { align } from './align.ts';

/** A stretch of a line; `changed` where the other side has something else. */
export interface Segment {
  readonly text: string;
  readonly changed: boolean;
}

/** Past this many comparisons a line is marked from its first to its last difference. */
const maxComparisons = 40_000;

/** Identifiers and numbers, runs of space, and every other character by itself. */
function splitWords(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}_]+|\s+|[\s\S]/gu) ?? [];
}

/**
 * How much of two lines' words is shared: 0 (nothing) to 1 (all), by length, order and space left aside. Takes words
 * sorted by code unit, as `sortedWords` gives them.
 */
export function similarity(left: readonly string[], right: readonly string[]): number {
  let shared = 0;
  let total = 0;
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const one = left[i];
    const other = right[j];
    if (one !== undefined && one === other) {
      shared += 2 * one.length;
      total += 2 * one.length;
      i++;
      j++;
    } else if (other === undefined || (one !== undefined && one < other)) {
      total += one?.length ?? 0;
      i++;
    } else {
      total += other.length;
      j++;
    }
  }
  return total === 0 ? 0 : shared / total;
}

/** The words of a line without space, sorted by code unit. */
export function sortedWords(text: string): string[] {
  return splitWords(text)
    .filter((word) => word.trim() !== '')
    .sort();
}

/**
 * Both lines in segments; concatenated, each side gives its line back. Indentation is never marked: a document that
 * moves out of `spec` would be marked on every line, and the real changes in it be drowned.
 */
export function markWords(before: string, after: string): { before: Segment[]; after: Segment[] } {
  const old = splitWords(before);
  const fresh = splitWords(after);
  const shorter = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < shorter && old[head] === fresh[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail++;
  const oldMiddle = old.slice(head, old.length - tail);
  const freshMiddle = fresh.slice(head, fresh.length - tail);
  const pairs =
    oldMiddle.length * freshMiddle.length > maxComparisons
      ? []
      : align(oldMiddle.length, freshMiddle.length, (i, j) => {
          const word = oldMiddle[i] ?? '';
          return word === freshMiddle[j] ? wordWeight(word) : 0;
        });
  return {
    before: segments(old, head, tail, new Set(pairs.map(([i]) => i + head))),
    after: segments(fresh, head, tail, new Set(pairs.map(([, j]) => j + head))),
  };
}

/** A long word in common says more than a bracket in common. */
function wordWeight(word: string): number {
  return word.trim() === '' ? 0.5 : word.length;
}

function segments(words: readonly string[], head: number, tail: number, kept: ReadonlySet<number>): Segment[] {
  const result: { text: string; changed: boolean }[] = [];
  words.forEach((text, index) => {
    const indentation = index === 0 && text.trim() === '';
    const changed = !indentation && index >= head && index < words.length - tail && !kept.has(index);
    const last = result.at(-1);
    if (last !== undefined && last.changed === changed) last.text += text;
    else result.push({ text, changed });
  });
  return result;
}
