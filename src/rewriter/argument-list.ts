/**
 * Prints a bracketed list anew from its own pieces: what is kept keeps its text, its comments and its place; only what is
 * replaced, dropped or added differs. Serves argument lists and parenthesised imports alike.
 */
import type { Span } from '../model.ts';

/** What becomes of one item: its new texts (the first in its place, the others behind it), none to drop it. */
export type ItemOutcome = readonly string[] | 'keep';

interface Unit {
  /** White space and own-line comments before the item. */
  readonly lead: string;
  readonly text: string;
  /** What stands between the item and its comma: rarely anything. */
  readonly beforeComma: string;
  /** What follows the comma in its line: white space and a comment. */
  readonly afterComma: string;
}

/**
 * The new text of `region` (brackets excluded). `items` are the spans of its items in order, `comments` those of the
 * comments in it. `outcomeOf` says what becomes of the item at an index.
 */
export function printItems(
  text: string,
  region: Span,
  items: readonly Span[],
  comments: readonly Span[],
  outcomeOf: (index: number) => ItemOutcome,
): string {
  const { units, closing, trailingComma } = readUnits(text, region, items, comments);
  const spread = units[1]?.lead ?? (units[0]?.lead.includes('\n') ? units[0].lead : ' ');
  const printed: Unit[] = [];
  let carried = '';
  units.forEach((unit, index) => {
    const outcome = outcomeOf(index);
    const texts = outcome === 'keep' ? [unit.text] : outcome;
    if (texts.length === 0) {
      carried += survivors(unit);
      return;
    }
    texts.forEach((item, position) => {
      // A comment beside an item stays beside what takes its place; what is added behind has none.
      if (position === 0) printed.push({ ...unit, lead: carried + unit.lead, text: item });
      else
        printed.push({
          lead: plainLead(index === 0 ? spread : unit.lead),
          text: item,
          beforeComma: '',
          afterComma: '',
        });
    });
    carried = '';
  });
  return join(printed, units[0]?.lead ?? '', carried, closing, trailingComma);
}

function join(
  units: readonly Unit[],
  firstLead: string,
  carried: string,
  closing: string,
  trailingComma: boolean,
): string {
  let result = '';
  units.forEach((unit, index) => {
    const last = index === units.length - 1;
    // The first item stands where the first stood, unless comments come before it.
    const lead = index === 0 && !unit.lead.includes('#') ? firstLead : unit.lead;
    const comma = !last || trailingComma ? ',' : '';
    result += lead + unit.text + unit.beforeComma + comma + unit.afterComma;
  });
  return result + carried + closing;
}

/** The comments of a dropped item, each on a line of its own in the item's indentation. */
function survivors(unit: Unit): string {
  const own = unit.lead.includes('#') ? unit.lead.replace(/\r?\n[ \t]*$/, '') : '';
  const indent = /\n[ \t]*$/.exec(unit.lead)?.[0] ?? ' ';
  const beside = [unit.beforeComma, unit.afterComma].map((part) => part.trim()).filter((part) => part.startsWith('#'));
  return own + beside.map((comment) => lineBreakOf(unit.lead) + indent.replace('\n', '') + comment).join('');
}

const lineBreakOf = (lead: string): string => (lead.includes('\r\n') ? '\r\n' : '\n');

/** The lead of an added item: a line break and the indentation, or a blank; no comments, no blank lines. */
function plainLead(lead: string): string {
  const line = /(\r?\n)[ \t]*$/.exec(lead);
  return line === null ? lead.replace(/#.*/s, '') || ' ' : line[0];
}

function readUnits(
  text: string,
  region: Span,
  items: readonly Span[],
  comments: readonly Span[],
): { units: Unit[]; closing: string; trailingComma: boolean } {
  const units: Unit[] = [];
  let at = region.start;
  let trailingComma = false;
  items.forEach((item, index) => {
    const until = items[index + 1]?.start ?? region.end;
    const comma = findComma(text, item.end, until, comments);
    const tailEnd = endOfTail(text, comma === -1 ? item.end : comma + 1, until);
    units.push({
      lead: text.slice(at, item.start),
      text: text.slice(item.start, item.end),
      beforeComma: comma === -1 ? '' : text.slice(item.end, comma),
      afterComma: text.slice(comma === -1 ? item.end : comma + 1, tailEnd),
    });
    if (index === items.length - 1) trailingComma = comma !== -1;
    at = tailEnd;
  });
  return { units, closing: text.slice(at, region.end), trailingComma };
}

function findComma(text: string, from: number, until: number, comments: readonly Span[]): number {
  for (let at = text.indexOf(',', from); at !== -1 && at < until; at = text.indexOf(',', at + 1)) {
    const position = at;
    if (!comments.some(({ start, end }) => start <= position && position < end)) return at;
  }
  return -1;
}

/** The tail of an item ends with its line where only a comment follows, else right behind the comma. */
function endOfTail(text: string, from: number, until: number): number {
  const rest = text.slice(from, until);
  const comment = /^[ \t]*#[^\r\n]*/.exec(rest);
  return comment === null ? from : from + comment[0].length;
}
