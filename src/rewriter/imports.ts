/** Imports after the change: added where a reader would look for them, removed when nothing uses them any more. */
import type { Edit, FileFacts, ImportedName, Span, TopImport } from '../model.ts';
import { printItems } from './argument-list.ts';
import { importClauses } from './import-clauses.ts';
import { lineSpan } from './statement-lines.ts';

/** A name that a change writes into a file, and the import that it takes the place of (null: a module of Python's own). */
export interface ImportNeed {
  readonly module: string;
  readonly name: string;
  readonly near: ImportedName | null;
}

/** The name under which the file can use it: imported already, free to be imported, or null where it is taken. */
export function localName(facts: FileFacts, need: Pick<ImportNeed, 'module' | 'name'>): string | null {
  const existing = importOf(facts, need);
  if (existing !== null) return existing.local;
  return facts.boundNames.has(need.name) ? null : need.name;
}

function importOf(facts: FileFacts, need: Pick<ImportNeed, 'module' | 'name'>): ImportedName | null {
  return (
    facts.imports.find(({ module, name, topLevel }) => topLevel && module === need.module && name === need.name) ?? null
  );
}

/** The edits for what is needed and for the imports of which every use lies in `released`. */
export function importEdits(
  facts: FileFacts,
  needs: readonly ImportNeed[],
  released: readonly Span[],
): readonly Edit[] {
  const gone = facts.imports.filter((imported) => isReleased(facts, imported, released));
  const statements = whollyGone(gone);
  const edits: Edit[] = [];
  const inserted = new Map<string, { offset: number; texts: string[]; after: boolean }>();
  const replaced = new Set<number>();
  for (const need of distinct(needs)) {
    if (importOf(facts, need) !== null) continue;
    const text = `from ${need.module} import ${need.name}`;
    const place = placeOf(facts, need, statements, replaced, gone);
    if (place.kind === 'instead') {
      replaced.add(place.span.start);
      edits.push({ span: place.span, text });
    } else {
      const key = `${place.offset}:${place.kind}`;
      const at = inserted.get(key) ?? { offset: place.offset, texts: [], after: place.kind === 'after' };
      at.texts.push(place.lead + text);
      inserted.set(key, at);
    }
  }
  const br = facts.lineEnding;
  for (const { offset, texts, after } of inserted.values()) {
    const lines = [...texts].sort();
    const text = after ? lines.map((line) => br + line).join('') : lines.map((line) => line + br).join('');
    edits.push({ span: { start: offset, end: offset }, text });
  }
  for (const statement of [...statements, ...localGone(facts, gone)]) {
    if (replaced.has(statement.start)) continue;
    const lines = lineSpan(facts.source.text, statement);
    if (lines !== null) edits.push({ span: lines, text: '' });
  }
  edits.push(...clauseEdits(facts, gone, statements));
  return edits;
}

const within = (inner: Span, outer: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** True when the change takes the last use away, and nothing can see the name from outside. */
function isReleased(facts: FileFacts, imported: ImportedName, released: readonly Span[]): boolean {
  const hidden = hiddenReaders(facts, imported.local);
  if (imported.uses.length + hidden.length === 0 || imported.rebound) return false;
  if (![...imported.uses, ...hidden].every((use) => released.some((span) => within(use, span)))) return false;
  const named = facts.strings.some(({ value }) => value === imported.local);
  return !named && (imported.topLevel ? lineSpan(facts.source.text, imported.statement) !== null : true);
}

/** What reads the name in a switch: its new side, or its question. */
function hiddenReaders({ source, switches }: FileFacts, name: string): readonly Span[] {
  const sides = switches.filter(({ names }) => names.has(name)).flatMap(({ fresh, condition }) => [fresh, condition]);
  return sides.filter(({ start, end }) => new RegExp(`(?<![\\w.])${name}\\b`).test(source.text.slice(start, end)));
}

function whollyGone(gone: readonly ImportedName[]): readonly Span[] {
  const counts = new Map<number, ImportedName[]>();
  for (const imported of gone)
    counts.set(imported.statement.start, [...(counts.get(imported.statement.start) ?? []), imported]);
  return [...counts.values()].flatMap((names) => {
    const [first] = names;
    return first !== undefined && names.length === first.names && first.topLevel ? [first.statement] : [];
  });
}

/** Where a switch goes from inside a function: imports that stand beside another statement of their block. */
function localGone({ source, switches }: FileFacts, gone: readonly ImportedName[]): readonly Span[] {
  if (switches.length === 0) return [];
  const statements = gone.filter(({ topLevel, names }) => !topLevel && names === 1).map(({ statement }) => statement);
  const lines = source.text.split('\n');
  const lineOf = (offset: number): number => source.text.slice(0, offset).split('\n').length - 1;
  const removed = new Set(statements.map(({ start }) => lineOf(start)));
  const indent = (line: number): string | null => /^([ \t]*)\S/.exec(lines[line] ?? '')?.[1] ?? null;
  const staysBeside = (line: number, step: number): boolean => {
    let next = line + step;
    while (removed.has(next)) next += step;
    return indent(next) !== null && indent(next) === indent(line);
  };
  return statements.filter(({ start }) => staysBeside(lineOf(start), 1) || staysBeside(lineOf(start), -1));
}

function clauseEdits(facts: FileFacts, gone: readonly ImportedName[], statements: readonly Span[]): Edit[] {
  const partly = gone.filter(
    ({ statement, names }) => names > 1 && !statements.some(({ start }) => start === statement.start),
  );
  const starts = new Set(partly.map(({ statement }) => statement.start));
  return [...starts].flatMap((start) => {
    const statement = partly.find((one) => one.statement.start === start)?.statement;
    const clauses = statement === undefined ? null : importClauses(facts.source.text, statement);
    if (clauses === null) return [];
    const leaving = new Set(
      partly.filter(({ statement }) => statement.start === start).map(({ clause }) => clause.start),
    );
    if (clauses.items.every((item) => leaving.has(item.start))) return [];
    const text = printItems(facts.source.text, clauses.region, clauses.items, clauses.comments, (index) =>
      leaving.has(clauses.items[index]?.start ?? -1) ? [] : 'keep',
    );
    return [{ span: clauses.region, text }];
  });
}

type Placement =
  | { readonly kind: 'instead'; readonly span: Span }
  | { readonly kind: 'after' | 'before'; readonly offset: number; readonly lead: string };

function placeOf(
  facts: FileFacts,
  need: ImportNeed,
  gone: readonly Span[],
  taken: ReadonlySet<number>,
  released: readonly ImportedName[],
): Placement {
  const { near } = need;
  if (near !== null && !near.topLevel) return besideLocal(facts, near, released, taken);
  const block = blockAround(facts, near === null ? firstOwnImport(facts) : near.statement);
  const isGone = (one: TopImport): boolean => gone.some(({ start }) => start === one.span.start);
  const froms = block.filter((one) => one.from && !isGone(one));
  if (froms.length > 0 && isSorted(block.filter(({ from }) => from))) {
    const last = froms.findLast(({ module }) => order(module, need.module) <= 0);
    if (last !== undefined) return { kind: 'after', offset: last.span.end, lead: '' };
    return { kind: 'before', offset: froms[0]?.span.start ?? 0, lead: '' };
  }
  if (near !== null && gone.some(({ start }) => start === near.statement.start) && !taken.has(near.statement.start))
    return { kind: 'instead', span: near.statement };
  // A statement that goes can be no anchor: its line goes with it.
  const anchor = near?.statement ?? block.find((one) => !isGone(one))?.span;
  return anchor === undefined ? firstImport(facts) : { kind: 'after', offset: anchor.end, lead: '' };
}

/**
 * Inside a function or a guard: in the place of the old import where that goes, for a block must not become empty, else on
 * the next line with the same indentation.
 */
function besideLocal(
  facts: FileFacts,
  near: ImportedName,
  released: readonly ImportedName[],
  taken: ReadonlySet<number>,
): Placement {
  const { text } = facts.source;
  if (near.names === 1 && released.includes(near) && !taken.has(near.statement.start))
    return { kind: 'instead', span: near.statement };
  const line = text.lastIndexOf('\n', near.statement.start - 1) + 1;
  return { kind: 'after', offset: near.statement.end, lead: /^[ \t]*/.exec(text.slice(line))?.[0] ?? '' };
}

function firstImport(facts: FileFacts): Placement {
  const { text } = facts.source;
  const at = facts.importStart;
  const behindText = /\S/.test(text.slice(0, at).replace(/^\s*(?:#[^\n]*(?:\n\s*|$))*$/, ''));
  return behindText ? { kind: 'after', offset: at, lead: facts.lineEnding } : { kind: 'before', offset: at, lead: '' };
}

/** Roots of Python's own modules that DAG files import: enough to find the block that holds them. */
const standardModules = new Set(
  'abc argparse ast base64 collections contextlib copy csv dataclasses datetime decimal enum functools glob hashlib importlib inspect io itertools json logging math os pathlib random re shutil string subprocess sys tempfile textwrap time traceback typing urllib uuid zoneinfo'.split(
    ' ',
  ),
);

function firstOwnImport(facts: FileFacts): Span | null {
  return facts.topImports.find(({ module }) => standardModules.has(module.split('.')[0] ?? ''))?.span ?? null;
}

/** The run of import statements without a blank line between them that holds `span`. */
function blockAround(facts: FileFacts, span: Span | null): readonly TopImport[] {
  if (span === null) return [];
  const { text } = facts.source;
  const all = facts.topImports;
  const middle = all.findIndex((one) => one.span.start === span.start);
  if (middle === -1) return [];
  const adjacent = (a: TopImport, b: TopImport): boolean =>
    /^[ \t]*(?:#[^\n]*)?\r?\n$/.test(text.slice(a.span.end, b.span.start));
  let [from, to] = [middle, middle];
  while (from > 0 && adjacent(all[from - 1] as TopImport, all[from] as TopImport)) from -= 1;
  while (to + 1 < all.length && adjacent(all[to] as TopImport, all[to + 1] as TopImport)) to += 1;
  return all.slice(from, to + 1);
}

const order = (a: string, b: string): number => {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : 0;
};
const isSorted = (imports: readonly TopImport[]): boolean =>
  imports.every((one, index) => index === 0 || order((imports[index - 1] as TopImport).module, one.module) <= 0);

function distinct(needs: readonly ImportNeed[]): readonly ImportNeed[] {
  const seen = new Map(needs.map((need) => [`${need.module}.${need.name}`, need]));
  return [...seen.values()];
}
