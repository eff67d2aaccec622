/** The ledger's own check: every leaf of the source is in the request or in the ledger. */
import { forEachLeaf, isText, type Mapping, type Value } from './tree.ts';
import type { Work } from './work.ts';

export interface SourceLeaf {
  readonly node: Value;
  readonly path: string;
}

/** Every leaf of the document before anything is moved; those of `spec` relative to it, others from the root. */
export function sourceLeaves(spec: Mapping, metadata: Mapping | undefined): readonly SourceLeaf[] {
  const leaves: SourceLeaf[] = [];
  const add = (node: Value, path: string): void => {
    leaves.push({ node, path });
  };
  forEachLeaf(spec, '', add);
  if (metadata !== undefined && metadata.items.length > 0) forEachLeaf(metadata, 'metadata', add);
  return leaves;
}

/** Says each leaf that got lost without a word: a fault of ours, so the document is refused. */
export function findUnaccounted(work: Work, leaves: readonly SourceLeaf[], request: Mapping): void {
  const kept = new Set<Value>();
  collect(request, kept);
  const entered = new Set(work.losses.map(({ path }) => path));
  for (const { node, path } of leaves) {
    if (kept.has(node) || isEntered(entered, work.restore(path))) continue;
    work.say('field-unaccounted', { path: work.restore(path) }, node);
  }
}

function collect(node: Value, into: Set<Value>): void {
  into.add(node);
  if (isText(node)) return;
  for (const item of node.items) collect(('key' in item ? item.value : item) as Value, into);
}

/** True when the ledger has the path or one above it. Keys may hold dots, so every cut is tried. */
export function isEntered(entered: ReadonlySet<string>, path: string): boolean {
  if (entered.has(path)) return true;
  for (let at = path.length - 1; at > 0; at -= 1) {
    const code = path.charCodeAt(at);
    if ((code === 0x2e || code === 0x5b) && entered.has(path.slice(0, at))) return true;
  }
  return false;
}
