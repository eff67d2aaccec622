/**
 * Which Content-Type an operator sends with `application_content` and with `application_file`. Read from the literals of
 * its source and the conditions around them; what the conditions do not tell is `unknown`.
 */
import type { ContentType } from '../model.ts';
import { childOf, descend, type Node } from '../parser/syntax.ts';
import type { Module } from '../parser/values.ts';

interface Mention {
  readonly what: 'header' | 'yaml' | 'json' | 'by-parameter';
  readonly content: boolean;
  readonly file: boolean;
}
export interface SentTypes {
  readonly content: ContentType;
  readonly file: ContentType;
  /** Where it shows, null where nothing does. */
  readonly offset: number | null;
}

/** Of the classes and of what the file defines beside them; null for a file that submits nothing. */
export function sentTypes(module: Module, root: Node): SentTypes | null {
  const mentions: Mention[] = [];
  let offset: number | null = null;
  let sendsJson = false;
  for (const node of descend(root)) {
    if (
      node.type === 'keyword_argument' &&
      /^json\s*=/.test(module.text.slice(node.start, node.end)) &&
      isPost(module, node)
    )
      sendsJson = true;
    if (node.type !== 'string') continue;
    const what = meaningOf(module.text.slice(node.start, node.end));
    if (what === null) continue;
    mentions.push({ what, ...reachedBy(module, node) });
    if (what === 'header' || offset === null) offset = node.start;
  }
  if (mentions.length === 0 && !sendsJson && !/\.(?:post|request)\(/.test(module.text)) return null;
  // Whoever reads YAML and writes JSON sends what the gateway takes, whatever was given.
  if (/\byaml\.(?:safe_)?load\(/.test(module.text) && (sendsJson || writesJson(module.text, mentions)))
    return { content: 'by-text', file: 'by-text', offset };
  const sent = (side: 'content' | 'file'): ContentType => {
    const own = mentions.filter((mention) => mention[side]);
    if (!own.some(({ what }) => what === 'header')) return sendsJson ? 'json' : 'none';
    const types = new Set(own.map(({ what }) => what).filter((what) => what !== 'header'));
    if (types.has('by-parameter')) return 'by-parameter';
    if (types.has('yaml')) return types.has('json') ? 'by-text' : 'yaml';
    if (types.has('json')) return 'json';
    // A header without a type of its own: either none is ever found for this side, or it is computed elsewhere.
    return mentions.some(({ what }) => what === 'yaml' || what === 'json') ? 'none' : 'unknown';
  };
  return { content: sent('content'), file: sent('file'), offset };
}

const writesJson = (text: string, mentions: readonly Mention[]): boolean =>
  /\bjson\.dumps\(/.test(text) && mentions.every(({ what }) => what === 'header' || what === 'json');

function isPost(module: Module, keyword: Node): boolean {
  const call = keyword.parent?.parent ?? null;
  const callee = call === null ? null : childOf(call, 'function');
  return callee !== null && /\b(?:post|request|run)$/.test(module.text.slice(callee.start, callee.end));
}

function meaningOf(literal: string): Mention['what'] | null {
  if (/^[rbf]*(["'])content-type\1$/i.test(literal)) return 'header';
  if (/^[rb]*["']+(?:application|text)\/(?:x-)?yaml\b/i.test(literal)) return 'yaml';
  if (/^[rb]*["']+application\/json\b/i.test(literal)) return 'json';
  return /^f["']+(?:application|text)\/\{/i.test(literal) ? 'by-parameter' : null;
}

/** For which of both the place is reached, by the conditions on the two attributes around it. */
function reachedBy(module: Module, node: Node): { readonly content: boolean; readonly file: boolean } {
  const reached = { content: true, file: true };
  for (let inner = node, outer = node.parent; outer !== null; inner = outer, outer = outer.parent) {
    for (const { name, holds } of conditionsOn(module, outer, inner)) {
      // The other one may be given as well, but what decides is the one that was asked for.
      const other = name === 'content' ? 'file' : 'content';
      reached[holds ? other : name] = false;
    }
    if (outer.type === 'function_definition') break;
  }
  return reached;
}

interface Condition {
  readonly name: 'content' | 'file';
  readonly holds: boolean;
}

/** What is known of both attributes where `inner` runs inside of an `if` statement or expression. */
function conditionsOn(module: Module, outer: Node, inner: Node): readonly Condition[] {
  if (outer.type === 'if_statement') {
    const first = conditionIn(module, childOf(outer, 'condition'), true);
    if (inner.field === 'consequence') return first;
    return inner.field === 'alternative' ? conditionIn(module, childOf(outer, 'condition'), false) : [];
  }
  if (outer.type === 'elif_clause' && inner.field === 'consequence')
    return conditionIn(module, childOf(outer, 'condition'), true);
  return [];
}

function conditionIn(module: Module, condition: Node | null, holds: boolean): readonly Condition[] {
  const text = condition === null ? '' : module.text.slice(condition.start, condition.end);
  const found = /^(not\s+)?self\.application_(content|file)(?:\s+is\s+(not\s+)?None)?$/.exec(text.trim());
  if (found === null) return [];
  const isNone = / is\s+None$/.test(text.trim());
  const negated = (found[1] !== undefined) !== isNone;
  return [{ name: found[2] === 'file' ? 'file' : 'content', holds: holds !== negated }];
}
