/** Text → one clean tree: no alias, no merge key, every key a text; or the findings that say why not. */
import { type Document, isMap, type ParsedNode, parseAllDocuments } from 'yaml';
import type { DocumentFinding, FindingArguments } from '../model.ts';
import { type Duplicate, expand } from './expand.ts';
import type { Mapping } from './tree.ts';

export interface ReadDocument {
  readonly document: Document;
  readonly root: Mapping;
  readonly findings: readonly DocumentFinding[];
  readonly duplicates: readonly Duplicate[];
  /** The documents behind the first. */
  readonly later: readonly Document[];
}
export type Reading =
  | { readonly ok: true; readonly read: ReadDocument }
  | { readonly ok: false; readonly findings: readonly DocumentFinding[] };

const deepest = 100;

/** Reads masked text. Nothing is resolved: every scalar stays the text that it was. */
export function readDocument(text: string): Reading {
  const deep = tooDeep(text);
  if (deep !== null) return refusal('yaml-too-deep', { limit: deepest }, deep);
  let documents: readonly Document.Parsed<ParsedNode>[];
  try {
    const parsed = parseAllDocuments(text, {
      schema: 'failsafe',
      strict: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
      keepSourceTokens: false,
    });
    documents = Array.isArray(parsed) ? parsed : [];
  } catch (error) {
    // The reader recurses; a document that exhausts the stack is no document of ours.
    if (error instanceof RangeError) return refusal('yaml-too-deep', { limit: deepest }, 0);
    throw error;
  }
  const document = documents[0];
  if (document === undefined) return refusal('not-a-mapping', { found: 'nothing' }, 0);
  const error = document.errors[0];
  if (error !== undefined) {
    return refusal('yaml-broken', { problem: error.message.split('\n')[0] ?? '' }, error.pos[0]);
  }
  const { contents } = document;
  if (!isMap(contents)) {
    const found = contents === null || text.trim() === '' ? 'nothing' : isSequence(contents) ? 'a list' : 'a text';
    return refusal('not-a-mapping', { found }, contents?.range?.[0] ?? 0);
  }
  const expansion = expand(contents);
  if (!expansion.ok) return { ok: false, findings: [expansion.finding] };
  const findings = [...expansion.findings];
  const second = documents[1];
  if (second !== undefined) {
    const offset = second.contents?.range?.[0] ?? second.range[0];
    findings.push({ code: 'several-documents', args: { count: documents.length }, offset });
  }
  const { root, duplicates } = expansion;
  return { ok: true, read: { document, root, findings, duplicates, later: documents.slice(1) } };
}

const isSequence = (node: ParsedNode): boolean => 'items' in node;

function refusal(code: string, args: FindingArguments, offset: number): Reading {
  return { ok: false, findings: [{ code, args, offset }] };
}

/** Where brackets or dashes nest deeper than any document does. Rough on purpose: it only guards the reader's stack. */
function tooDeep(text: string): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > deepest) return at;
    } else if (code === 0x5d || code === 0x7d) depth = Math.max(0, depth - 1);
  }
  // Every level takes a column at least, so deep blocks have long beginnings of lines.
  if (!/^[ \t?-]{100}/m.test(text)) return null;
  const dashes = /^[ \t]*(?:[-?][ \t]+){100}/m.exec(text);
  return dashes?.index ?? deepBlock(text);
}

function deepBlock(text: string): number | null {
  const indents: number[] = [];
  for (const line of text.matchAll(/^( *)[^\s#]/gm)) {
    const indent = line[1]?.length ?? 0;
    while (indents.length > 0 && (indents.at(-1) ?? 0) >= indent) indents.pop();
    indents.push(indent);
    if (indents.length > deepest) return line.index;
  }
  return null;
}
