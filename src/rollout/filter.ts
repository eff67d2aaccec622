/** `verdict:safe owner:… code:… path:… text`: which tasks a decision in bulk is about. */
import type { TaskEntry } from '../model.ts';
import { type Decision, type Decisions, standingOf } from './decisions.ts';
import { matchesGlob } from './glob.ts';

/** A legacy task as decisions see it: its entry, and to whom it belongs (null: nobody says). */
export interface Candidate {
  readonly entry: TaskEntry;
  readonly owner: string | null;
}

/** The legacy tasks: all that there is to decide about. */
export function candidatesOf(tasks: readonly TaskEntry[], owners: ReadonlyMap<string, string>): Candidate[] {
  return tasks
    .filter(({ status }) => status === 'legacy')
    .map((entry) => ({ entry, owner: owners.get(entry.id) ?? null }));
}

interface Term {
  /** Null for plain text. */
  readonly key: Key | null;
  readonly value: string;
  readonly not: boolean;
}
export type Filter = readonly Term[];

export type ParsedFilter =
  | { readonly ok: true; readonly filter: Filter }
  | { readonly ok: false; readonly reason: string };

type Subject = Candidate & { readonly decision: Decision | null; readonly changedSince: Decision | null };

type Key =
  | 'verdict'
  | 'decision'
  | 'owner'
  | 'dag'
  | 'task'
  | 'connection'
  | 'namespace'
  | 'queue'
  | 'code'
  | 'loss'
  | 'path';

/** What each key looks at: the values of which one must match. */
const keys: Readonly<Record<Key, (subject: Subject) => readonly string[]>> = {
  verdict: ({ entry }) => [entry.verdict ?? entry.status],
  decision: ({ decision, changedSince }) => [decision ?? 'undecided', ...(changedSince === null ? [] : ['changed'])],
  owner: ({ owner }) => [owner ?? '?'],
  dag: ({ entry }) => [entry.dagId ?? '?'],
  task: ({ entry }) => [entry.id, entry.taskId ?? '?', ...(entry.taskIds ?? [])],
  connection: ({ entry }) => [entry.connection ?? '?'],
  namespace: ({ entry }) => [entry.namespace ?? '?'],
  queue: ({ entry }) => [entry.queue ?? '?'],
  code: ({ entry }) => entry.findings.map(({ code }) => code),
  loss: ({ entry }) => entry.losses.map(({ path }) => path),
  path: ({ entry }) => [entry.file, ...foldersOf(entry.file)],
};

export const filterKeys: readonly string[] = Object.keys(keys);

/** The words that a key takes, where it does not take any. */
const values: Readonly<Partial<Record<Key, readonly string[]>>> = {
  verdict: ['safe', 'review', 'manual'],
  decision: ['undecided', 'accepted', 'rejected', 'skipped', 'changed'],
};

/**
 * Reads a filter: words apart by space, `key:value` or plain text, values with space in double quotes, `-` in front for
 * «not». Globs with `*` and `?`.
 */
export function parseFilter(text: string): ParsedFilter {
  const terms: Term[] = [];
  for (const [word] of text.matchAll(/(?:[^\s"]|"[^"]*"?)+/g)) {
    const not = word.startsWith('-') && word.length > 1;
    const plain = not ? word.slice(1) : word;
    const named = /^([a-z]+):(.*)$/s.exec(plain);
    if (named === null) {
      terms.push({ key: null, value: unquoted(plain), not });
      continue;
    }
    const [, key = '', raw = ''] = named;
    const value = unquoted(raw);
    if (!isKey(key)) return { ok: false, reason: `there is no \`${key}:\`; there are ${filterKeys.join(', ')}` };
    if (value === '') return { ok: false, reason: `\`${key}:\` needs a value` };
    const known = values[key];
    if (known !== undefined && !/[*?]/.test(value) && !known.includes(value))
      return { ok: false, reason: `\`${key}:\` takes ${known.join(', ')}` };
    terms.push({ key, value, not });
  }
  return { ok: true, filter: terms };
}

/** True when the task matches: one of the values of each key, all of the texts, none of what is negated. */
export function matchesFilter(filter: Filter, candidate: Candidate, decisions: Decisions): boolean {
  if (filter.length === 0) return true;
  const subject = { ...candidate, ...standingOf(candidate.entry, decisions) };
  const wanted = new Map<Key, boolean>();
  for (const { key, value, not } of filter) {
    const matched =
      key === null ? hasText(candidate, value) : keys[key](subject).some((one) => matchesGlob(one, value));
    if (key === null || not) {
      if (matched === not) return false;
    } else {
      wanted.set(key, wanted.get(key) === true || matched);
    }
  }
  return [...wanted.values()].every((matched) => matched);
}

/** True when the text stands in something that a person sees of the task, upper and lower case alike. */
export function hasText({ entry, owner }: Candidate, text: string): boolean {
  const lower = text.toLowerCase();
  const seen = [
    entry.id,
    entry.dagId,
    entry.taskId,
    owner,
    entry.connection,
    entry.queue,
    entry.namespace,
    ...entry.findings.flatMap(({ code, message }) => [code, message]),
    ...entry.losses.map(({ path }) => path),
  ];
  return seen.some((one) => one?.toLowerCase().includes(lower));
}

const isKey = (word: string): word is Key => Object.hasOwn(keys, word);
const unquoted = (word: string): string => word.replaceAll('"', '');

function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).flatMap((_, index) => {
    const folder = parts.slice(0, index + 1).join('/');
    return [folder, `${folder}/`];
  });
}
