/** Two texts as hunks of lines, the form that every picture of a difference is drawn from. */
import { diffArrays } from 'diff';

/** One line: its text without `\n` (a `\r` stays), and whether a `\n` follows. Numbers are 1-based. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  readonly terminated: boolean;
  readonly before: number | null;
  readonly after: number | null;
}
/** Neighbouring changes with the context around them. A start of 0 stands for an empty side, as in a patch. */
export interface Hunk {
  readonly beforeStart: number;
  readonly beforeCount: number;
  readonly afterStart: number;
  readonly afterCount: number;
  readonly lines: readonly DiffLine[];
}

/** Past this many edits the exact difference costs more than it says: the changed middle is shown as replaced. */
const maxEditLength = 1_500;

/** Lines with their `\n`; only `\n` ends a line, as for git. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function line(kind: DiffLine['kind'], raw: string, before: number | null, after: number | null): DiffLine {
  const terminated = raw.endsWith('\n');
  return { kind, text: terminated ? raw.slice(0, -1) : raw, terminated, before, after };
}

/** All lines of both texts in order; in a replaced stretch the removed ones come first. */
export function diffLines(before: string, after: string): DiffLine[] {
  const old = splitLines(before);
  const fresh = splitLines(after);
  const parts = diffArrays(old, fresh, { maxEditLength }) ?? replaceMiddle(old, fresh);
  const lines: DiffLine[] = [];
  let beforeNumber = 0;
  let afterNumber = 0;
  for (const { value, removed, added } of parts) {
    for (const raw of value) {
      if (removed) lines.push(line('removed', raw, ++beforeNumber, null));
      else if (added) lines.push(line('added', raw, null, ++afterNumber));
      else lines.push(line('same', raw, ++beforeNumber, ++afterNumber));
    }
  }
  return lines;
}

interface Part {
  readonly value: readonly string[];
  readonly removed: boolean;
  readonly added: boolean;
}

function replaceMiddle(old: readonly string[], fresh: readonly string[]): Part[] {
  const shorter = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < shorter && old[head] === fresh[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail++;
  return [
    { value: old.slice(0, head), removed: false, added: false },
    { value: old.slice(head, old.length - tail), removed: true, added: false },
    { value: fresh.slice(head, fresh.length - tail), removed: false, added: true },
    { value: old.slice(old.length - tail), removed: false, added: false },
  ];
}

/** The hunks between two texts with `context` unchanged lines around each change; none when they are equal. */
export function hunksOf(before: string, after: string, context = 3): Hunk[] {
  const lines = diffLines(before, after);
  const ranges: { start: number; end: number }[] = [];
  lines.forEach(({ kind }, index) => {
    if (kind === 'same') return;
    const start = Math.max(0, index - context);
    const end = Math.min(lines.length, index + context + 1);
    const last = ranges.at(-1);
    if (last !== undefined && start <= last.end) last.end = end;
    else ranges.push({ start, end });
  });
  return ranges.map(({ start, end }) => hunk(lines, start, end));
}

function hunk(lines: readonly DiffLine[], start: number, end: number): Hunk {
  const inside = lines.slice(start, end);
  const before = side(lines, inside, start, 'before');
  const after = side(lines, inside, start, 'after');
  return {
    beforeStart: before.start,
    beforeCount: before.count,
    afterStart: after.start,
    afterCount: after.count,
    lines: inside,
  };
}

/** First line and number of lines of one side; a side without lines starts at the line that it follows. */
function side(
  lines: readonly DiffLine[],
  inside: readonly DiffLine[],
  start: number,
  which: 'before' | 'after',
): { start: number; count: number } {
  const numbers = inside.flatMap((line) => line[which] ?? []);
  const first = numbers[0] ?? lines.slice(0, start).findLast((line) => line[which] !== null)?.[which] ?? 0;
  return { start: first, count: numbers.length };
}
