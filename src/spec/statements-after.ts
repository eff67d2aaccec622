/** After printing: do the tags still hold what they held, and nothing else? */
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { DocumentFinding } from '../model.ts';
import type { SourceLeaf } from './accounting.ts';
import { refusal, type Statement, type Statements } from './statements.ts';
import { isMapping, isText, type Mapping, type Text, type Value } from './tree.ts';
import type { Work } from './work.ts';

/** Fields whose translation depends on nothing else in the document. */
const independent = /^(?:arguments\[|deps\.|sparkConf\.|(?:driver|executor)\.(?:env\[|annotations\.))/;
/** sparkConf keys that other fields, sizes and defaults look at. */
const watched =
  /^sparkConf\.(?:spark\.(?:driver|executor)\.(?:cores|memory|instances)|spark\.dynamicAllocation\.|spark\.kubernetes\.(?:driver|executor)\.(?:limit|request)\.cores|spark\.kubernetes\.(?:memoryOverheadFactor|container\.image\.pullSecrets)|bpg\.)/;

/** The first tag that the translation can not keep certain, as a finding; null where all are. */
export function checkStatements(
  work: Work,
  statements: Extract<Statements, { ok: true }>,
  leaves: readonly SourceLeaf[],
  request: Mapping,
  printed: string,
): DocumentFinding | null {
  const { outer, blocks } = statements;
  const [first] = outer;
  if (first === undefined) return null;
  const places = placesOf(request, printed);
  const tokens = work.masked.tokensIn(printed);
  const kept = tokens.filter(({ hole }) => outer.some((statement) => statement.hole === hole));
  const isInOrder = kept.length === outer.length && kept.every(({ hole }, index) => hole === outer[index]?.hole);
  if (places === null || !isInOrder) return refusal(first).finding;
  const before = (offset: number): number => outer.filter(({ hole }) => hole.span.start < offset).length;
  const after = (offset: number): number => kept.filter(({ at }) => at < offset).length;
  const torn = (index: number): DocumentFinding => refusal(outer[Math.max(0, index - 1)] ?? first).finding;
  for (const { at, hole } of tokens) {
    if (hole.kind !== 'statement' && before(hole.span.start) !== after(at)) return torn(before(hole.span.start));
  }
  const isInBlock = (offset: number): boolean => blocks.some(({ start, end }) => offset >= start && offset < end);
  for (const [node, at] of places) {
    const source = node.range?.[0];
    const blockAfter = after(at) > 0 && depthAt(outer, after(at)) > 0;
    if (source === undefined ? blockAfter : (isInBlock(source) || blockAfter) && before(source) !== after(at)) {
      return torn(after(at));
    }
  }
  const leaf = leaves.find((each) => isInBlock(each.node.range?.[0] ?? 0) && !isCertain(work, each, places));
  return leaf === undefined ? null : torn(before(leaf.node.range?.[0] ?? 0));
}

/** True for a leaf whose translation is a copy, whatever else the document holds. */
function isCertain(work: Work, { node, path }: SourceLeaf, places: ReadonlyMap<Text, number>): boolean {
  if (!independent.test(path) || watched.test(path)) return false;
  return (!isText(node) || places.has(node)) && !work.losses.some((loss) => path.startsWith(loss.path));
}

/** How many blocks are open behind the first `count` tags. */
function depthAt(outer: readonly Statement[], count: number): number {
  let depth = 0;
  for (const { keyword } of outer.slice(0, count)) {
    if (keyword === 'if' || keyword === 'for') depth += 1;
    else if (keyword.startsWith('end')) depth -= 1;
  }
  return depth;
}

/** Where each key and scalar of the tree stands in the printed text; null where the two differ in shape. */
function placesOf(request: Mapping, printed: string): ReadonlyMap<Text, number> | null {
  const document = parseDocument(printed, {
    schema: 'failsafe',
    strict: false,
    logLevel: 'silent',
    prettyErrors: false,
  });
  const places = new Map<Text, number>();
  const pair = (node: Value, twin: unknown): boolean => {
    if (isText(node)) {
      if (isScalar(twin)) places.set(node, twin.range?.[0] ?? 0);
      return isScalar(twin);
    }
    if (isMapping(node)) {
      if (!isMap(twin) || twin.items.length !== node.items.length) return false;
      return node.items.every(
        ({ key, value }, index) => pair(key, twin.items[index]?.key) && pair(value, twin.items[index]?.value),
      );
    }
    if (!isSeq(twin) || twin.items.length !== node.items.length) return false;
    return node.items.every((item, index) => pair(item, twin.items[index]));
  };
  return document.errors.length === 0 && pair(request, document.contents) ? places : null;
}
