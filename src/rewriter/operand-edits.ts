/** The text of a dependency expression with operands taken out or replaced. What is kept keeps its text and comments. */
import type { DependencyStatement, Edit, Span } from '../model.ts';
import type { Fates, Part } from './operand-fates.ts';

/** Null where something stands in the way: a comment in the part that goes, a label on an edge that goes. */
export function editOperands(statement: DependencyStatement, fates: Fates, text: string): readonly Edit[] | null {
  const { form, operators, expression } = statement;
  if (form === 'bare') return null;
  if (form === 'shift') return editChain(fates, operators, text);
  // The arguments of a call; of a method only replaced ones get here.
  return editList(fates, expression.end - 1, false, text);
}

/** An operator or a comma between operands. */
interface Separator {
  readonly span: Span;
  readonly sign: string;
}

function editChain(fates: Fates, operators: DependencyStatement['operators'], text: string): readonly Edit[] | null {
  if (losesLabel(fates)) return null;
  const separators = fates.slice(1).map((part, index) => {
    const before = fates[index]?.operand.outer.end ?? 0;
    return separatorIn(text, before, part.operand.outer.start, operators[index] ?? '>>');
  });
  const mayFollow = (index: number): boolean =>
    operators[index] === operators[index - 1] && fates[index + 1]?.fate !== 'drop';
  return editParts(fates, separators, mayFollow, text);
}

/** Two labels on one edge, or one on none. */
function losesLabel(fates: Fates): boolean {
  return fates.some(({ fate }, index) => {
    if (fate !== 'drop') return false;
    const isLabel = (at: number): boolean => fates[at]?.operand.kind === 'label';
    if (index === 0) return isLabel(1);
    return isLabel(index - 1) && (isLabel(index + 1) || index === fates.length - 1);
  });
}

/** `end` is where the closing bracket stands. */
function editList(parts: Fates, end: number, tuple: boolean, text: string): readonly Edit[] | null {
  const separators = parts.map((part, index) =>
    separatorIn(text, part.operand.outer.end, parts[index + 1]?.operand.outer.start ?? end, ','),
  );
  const edits = editParts(parts, separators, () => true, text);
  const kept = parts.filter(({ fate }) => fate !== 'drop');
  const [last] = kept;
  if (edits === null || !tuple || kept.length !== 1 || last === undefined || kept.length === parts.length) return edits;
  // `(a, b)` less one must not become `(a)`.
  const own = separators[parts.indexOf(last)];
  const stays = own != null && !edits.some(({ span }) => span.start <= own.span.start && own.span.end <= span.end);
  const { end: behind } = last.operand.outer;
  return stays ? edits : [...edits, { span: { start: behind, end: behind }, text: ',' }];
}

/** The separator between two offsets, null where anything but white space and comments stands beside it. */
function separatorIn(text: string, start: number, end: number, sign: string): Separator | null {
  const gap = text.slice(start, end).replace(/#[^\n]*/g, (comment) => ' '.repeat(comment.length));
  if (gap.replace(sign, '').replace(/[\s\\]+/g, '') !== '') return null;
  const at = gap.indexOf(sign);
  return at === -1 ? null : { span: { start: start + at, end: start + at + sign.length }, sign };
}

function editParts(
  fates: Fates,
  separators: readonly (Separator | null)[],
  mayFollow: (index: number) => boolean,
  text: string,
): readonly Edit[] | null {
  const edits: Edit[] = [];
  const used = new Set<Separator>();
  for (const [index, part] of fates.entries()) {
    if (part.fate !== 'drop') {
      const own = editPart(part, text);
      if (own === null) return null;
      edits.push(...own);
      continue;
    }
    const leads = fates.slice(0, index).every(({ fate }) => fate === 'drop');
    const cut = cutOperand(part.operand.outer, separators[index - 1] ?? null, separators[index] ?? null, {
      leads,
      mayFollow: leads || mayFollow(index),
      next: fates[index + 1]?.operand.outer.start ?? null,
      text,
    });
    if (cut === null || used.has(cut.separator)) return null;
    used.add(cut.separator);
    edits.push({ span: cut.span, text: '' });
  }
  return edits;
}

function editPart({ operand, fate, parts }: Part, text: string): readonly Edit[] | null {
  if (fate === 'drop') return null;
  if (fate !== 'keep') return [{ span: operand.span, text: bracketed(fate.map(({ name }) => name)) }];
  if (parts.every((part) => isUntouched(part))) return [];
  if (operand.kind === 'chain') return editChain(parts, operand.operators, text);
  if (operand.kind !== 'list') return [];
  const edits = editList(
    parts.map((part) => (typeof part.fate === 'string' ? part : { ...part, fate: 'keep', parts: [] })),
    operand.span.end - 1,
    operand.tuple,
    text,
  );
  const spliced = parts.flatMap(({ operand: item, fate: own }) =>
    typeof own === 'string' ? [] : [{ span: item.span, text: own.map(({ name }) => name).join(', ') }],
  );
  return edits === null ? null : [...edits, ...spliced];
}

const isUntouched = ({ fate, parts }: Part): boolean => fate === 'keep' && parts.every(isUntouched);
const bracketed = (names: readonly string[]): string =>
  names.length === 1 ? (names[0] ?? '') : `[${names.join(', ')}]`;

interface CutContext {
  readonly leads: boolean;
  readonly mayFollow: boolean;
  /** Where the next operand starts. */
  readonly next: number | null;
  readonly text: string;
}

/** Takes an operand out with the separator before it, or the one behind it where that leaves the lines in better order. */
function cutOperand(
  operand: Span,
  before: Separator | null,
  behind: Separator | null,
  { leads, mayFollow, next, text }: CutContext,
): { readonly span: Span; readonly separator: Separator } | null {
  const follows = behind !== null && mayFollow && !text.slice(operand.end, behind.span.start).includes('#');
  if (leads) {
    // Up to the next one, so that what starts the statement starts where it did.
    const clear = follows && next !== null && !text.slice(behind.span.end, next).includes('#');
    return clear ? { span: { start: operand.start, end: next }, separator: behind } : null;
  }
  if (follows && startsLine(text, operand.start))
    return { span: widened(text, { start: operand.start, end: behind.span.end }), separator: behind };
  if (before !== null && !text.slice(before.span.end, operand.start).includes('#'))
    return { span: widened(text, { start: before.span.start, end: operand.end }), separator: before };
  if (!follows) return null;
  return { span: widened(text, { start: operand.start, end: behind.span.end }), separator: behind };
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;
const startsLine = (text: string, offset: number): boolean => !/\S/.test(text.slice(lineStart(text, offset), offset));

/** The span with the white space that would be left over: whole lines where it has them to itself. */
function widened(text: string, { start, end }: Span): Span {
  const first = startsLine(text, start);
  const rest = /^[ \t]*(?:(\\?)\r?\n|(#)|)/.exec(text.slice(end)) ?? ['', '', ''];
  const endsLine = rest[0].endsWith('\n');
  const continued = rest[1] === '\\';
  const from = lineStart(text, start);
  if (first && endsLine) {
    // The last of lines joined by backslashes takes the backslash before it along.
    const joint = /[ \t]*\\\r?\n$/.exec(text.slice(0, from));
    if (joint === null || continued) return { start: from, end: end + rest[0].length };
    return { start: from - joint[0].length, end };
  }
  // The comment that stays takes the place of what goes.
  if (rest[2] === '#' && first) return { start, end: end + rest[0].length - 1 };
  if (first) return { start, end };
  const space = /[ \t]*$/.exec(text.slice(from, start))?.[0] ?? '';
  return { start: start - space.length, end };
}
