/** The strings of a file by the ids that they may speak of, and its calls by where they stand: read once, asked often. */
import type { FileFacts, SparkCall, StringFact } from '../model.ts';

interface Strings {
  /** By their value. */
  readonly plain: ReadonlyMap<string, readonly StringFact[]>;
  /** Texts that read an XCom, by the words in quotes in them. */
  readonly quoting: ReadonlyMap<string, readonly StringFact[]>;
}
const indexes = new WeakMap<FileFacts, Strings>();

function stringsOf(facts: FileFacts): Strings {
  const known = indexes.get(facts);
  if (known !== undefined) return known;
  const [plain, quoting] = [new Map<string, StringFact[]>(), new Map<string, StringFact[]>()];
  for (const fact of facts.strings) {
    if (fact.value.length <= LONGEST_ID) put(plain, fact.value, fact);
    if (!/["']/.test(fact.value)) continue;
    for (const match of fact.value.matchAll(/(["'])([^"'\\\n]{1,250})(?=\1)/g)) put(quoting, match[2] ?? '', fact);
  }
  const made = { plain, quoting };
  indexes.set(facts, made);
  return made;
}

/** Airflow's own limit. */
const LONGEST_ID = 250;

function put(map: Map<string, StringFact[]>, key: string, fact: StringFact): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [fact]);
  else if (list.at(-1) !== fact) list.push(fact);
}

/** Strings that are the word. */
export const stringsEqual = (facts: FileFacts, word: string): readonly StringFact[] =>
  stringsOf(facts).plain.get(word) ?? [];
/** Strings with the word in quotes inside them. */
export const stringsQuoting = (facts: FileFacts, word: string): readonly StringFact[] =>
  stringsOf(facts).quoting.get(word) ?? [];

const sorted = new WeakMap<FileFacts, readonly SparkCall[]>();

/** The call of a source class that holds the offset, null for none. */
export function callAt(facts: FileFacts, offset: number): SparkCall | null {
  const calls = sorted.get(facts) ?? [...facts.tasks, ...facts.sensors].sort((a, b) => a.span.start - b.span.start);
  sorted.set(facts, calls);
  let [low, high] = [0, calls.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((calls[middle]?.span.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const call = calls[low - 1];
  return call !== undefined && offset < call.span.end ? call : null;
}
