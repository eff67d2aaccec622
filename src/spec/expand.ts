/** Aliases and merge keys written out: the gateway resolves neither, and silently takes the alias for its name. */
import { type Alias, isAlias, isMap, isPair, isScalar, isSeq, type Node, Pair, Scalar } from 'yaml';
import type { DocumentFinding } from '../model.ts';
import { type Entry, isMapping, type List, type Mapping, newText, type Text, type Value } from './tree.ts';

/** A key given twice: YAML readers take the last. */
export interface Duplicate {
  readonly first: Entry;
  readonly last: Entry;
}

export type Expansion =
  | {
      readonly ok: true;
      readonly root: Mapping;
      readonly findings: readonly DocumentFinding[];
      readonly duplicates: readonly Duplicate[];
    }
  | { readonly ok: false; readonly finding: DocumentFinding };

const largest = 50_000;

/** A refusal inside the recursion; caught at its only entry. */
class Refusal extends Error {
  readonly finding: DocumentFinding;
  constructor(code: string, args: DocumentFinding['args'], offset: number | null) {
    super(code);
    this.finding = { code, args, offset };
  }
}

/** Rewrites the tree below `root` in place. Bounded: a document that expands to more than 50,000 nodes is refused. */
export function expand(root: Node): Expansion {
  const walk = new Walk();
  try {
    const value = walk.value(root);
    return isMapping(value)
      ? { ok: true, root: value, findings: walk.findings, duplicates: walk.duplicates }
      : { ok: false, finding: { code: 'not-a-mapping', args: { found: 'a list' }, offset: 0 } };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, finding: error.finding };
    throw error;
  }
}

class Walk {
  readonly findings: DocumentFinding[] = [];
  readonly duplicates: Duplicate[] = [];
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  #count = 0;

  value(node: Node | null | undefined): Value {
    this.#count += 1;
    const offset = node?.range?.[0] ?? null;
    if (this.#count > largest) throw new Refusal('yaml-too-large', { limit: largest }, offset);
    if (node === null || node === undefined) return newText('');
    // Most nodes are plain texts and keys, with nothing to do.
    if (isScalar(node) && node.anchor === undefined && node.tag === undefined) return node as Text;
    if (isAlias(node)) return this.#alias(node, offset);
    if (node.anchor !== undefined) {
      this.#anchors.set(node.anchor, node);
      delete node.anchor;
    }
    this.#tag(node, offset);
    if (isScalar(node)) return node as Text;
    if (!isMap(node) && !isSeq(node)) throw new Refusal('yaml-broken', { problem: 'an unknown node' }, offset);
    this.#open.add(node);
    if (isSeq(node)) node.items = node.items.map((item) => this.value(item as Node));
    else node.items = this.#entries(node.items as Pair<Node, Node | null>[]);
    this.#open.delete(node);
    return node as Mapping | List;
  }

  #alias(alias: Alias, offset: number | null): Value {
    const name = alias.source;
    const target = this.#anchors.get(name);
    if (target === undefined) throw new Refusal('yaml-broken', { problem: `the alias *${name} has no anchor` }, offset);
    if (this.#open.has(target)) throw new Refusal('yaml-recursive', { name }, offset);
    const copy = target.clone() as Node;
    bare(copy);
    const { comment, commentBefore } = alias;
    if (comment) copy.comment = comment;
    if (commentBefore) copy.commentBefore = commentBefore;
    return this.value(copy);
  }

  /** A tag says what PyYAML makes of it: texts stay texts, everything else than the common kinds is refused by it too. */
  #tag(node: Node, offset: number | null): void {
    const tag = (node as { tag?: string }).tag;
    if (tag === undefined) return;
    const name = tag.replace('tag:yaml.org,2002:', '');
    if (!['str', 'map', 'seq'].includes(name)) throw new Refusal('yaml-tag', { tag }, offset);
    if (name === 'str' && isScalar(node) && node.type === Scalar.PLAIN) node.type = Scalar.QUOTE_DOUBLE;
    delete (node as { tag?: string }).tag;
  }

  #entries(pairs: readonly Pair<Node, Node | null>[]): Entry[] {
    const own: Entry[] = [];
    const places = new Map<string, number>();
    const merged: { at: number; entries: readonly Entry[]; comment: string | null }[] = [];
    for (const pair of pairs) {
      const key = this.#key(pair.key);
      if (key.value === '<<' && key.type === Scalar.PLAIN) {
        merged.push({ at: own.length, entries: this.#merge(pair.value, key), comment: key.commentBefore ?? null });
        continue;
      }
      const entry = pair as unknown as Entry;
      entry.key = key;
      entry.value = this.value(pair.value);
      const before = places.get(key.value);
      if (before !== undefined) {
        this.findings.push({ code: 'duplicate-key', args: { key: key.value }, offset: key.range?.[0] ?? null });
        const first = own[before];
        if (first !== undefined) this.duplicates.push({ first, last: entry });
        // The last one wins, for PyYAML and for the gateway.
        own[before] = entry;
        continue;
      }
      places.set(key.value, own.length);
      own.push(entry);
    }
    for (const { at, entries, comment } of merged.reverse()) {
      const fresh = entries.filter(({ key }) => !places.has(key.value));
      for (const [index, { key }] of fresh.entries()) places.set(key.value, at + index);
      const first = fresh[0] ?? own[at];
      if (comment !== null && first !== undefined) {
        first.key.commentBefore = [comment, ...(first.key.commentBefore ? [first.key.commentBefore] : [])].join('\n');
      }
      own.splice(at, 0, ...fresh);
    }
    return own;
  }

  #key(node: Node): Text {
    const value = this.value(node);
    if (isScalar(value)) return value;
    throw new Refusal('yaml-key', {}, value.range?.[0] ?? null);
  }

  /** The entries that a merge key brings: the first of a list wins, none wins over the mapping's own. */
  #merge(node: Node | null, key: Text): readonly Entry[] {
    const value = this.value(node);
    const sources = isMapping(value) ? [value] : isSeq(value) ? (value.items as Value[]) : [];
    if (sources.length === 0 || !sources.every(isMapping)) {
      throw new Refusal('yaml-broken', { problem: 'a merge key takes a mapping' }, key.range?.[0] ?? null);
    }
    const entries = new Map<string, Entry>();
    for (const source of sources) {
      for (const entry of source.items) if (!entries.has(entry.key.value)) entries.set(entry.key.value, entry);
    }
    return [...entries.values()].map((entry) => new Pair(entry.key, entry.value) as Entry);
  }
}

/** Comments stay with the anchor, not with its copies; the copies define no anchors of their own. */
export function bare(node: unknown): void {
  if (isPair(node)) {
    bare(node.key);
    bare(node.value);
    return;
  }
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return;
  delete node.anchor;
  delete node.commentBefore;
  delete node.comment;
  if (!isScalar(node)) for (const item of node.items) bare(item);
}
