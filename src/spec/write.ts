/** The finished tree as text, in the style of its source, placeholders back in their places. */
import { type Document, Scalar } from 'yaml';
import type { Json } from '../model.ts';
import { setKey } from './source-value.ts';
import { forEachScalar } from './statements.ts';
import { type Entry, isMapping, isText, type Mapping, type Text, type Value } from './tree.ts';
import type { Work } from './work.ts';

/** YAML: comments, key order, quotes, indentation of lists and braces as the source has them. */
export function writeYaml(document: Document, root: Mapping, source: string): string {
  document.contents = root as unknown as Document['contents'];
  const isJson = /^\s*[[{]/.test(source);
  if (isJson) unfold(root);
  else if (holdsCommentBehindKey(source)) keepBesideKeys(root, source);
  forEachScalar(root, (text) => {
    // The printer loses the blanks of a line that holds nothing else.
    if (text.type?.startsWith('BLOCK') && /(?:^|\n)[ \t]+(?:\n|$)/.test(text.value)) text.type = Scalar.QUOTE_DOUBLE;
  });
  return document.toString({
    // Only a document that begins with `---` has directives; looking for tags costs a walk over all nodes.
    directives: document.directives?.docStart === true ? null : false,
    lineWidth: 0,
    indentSeq: hasIndentedLists(source),
    flowCollectionPadding: !/[[{][^\s\]}{%#[]/.test(source.replace(/\{[{%#]/g, '')) || /[[{] \S/.test(source),
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  });
}

/** The reader takes a comment behind `key:` for one above the value; it goes back beside the key. */
function keepBesideKeys(node: Value, source: string): void {
  if (isText(node)) return;
  for (const item of node.items) {
    if (!('key' in item)) {
      keepBesideKeys(item as Value, source);
      continue;
    }
    const { key, value } = item as Entry;
    keepBesideKeys(value, source);
    const from = key.range?.[1];
    if (from === undefined || !value.commentBefore || isText(value) || value.flow || value.items.length === 0) continue;
    const beside = /^[ \t]*:[ \t]+(?:&\S+[ \t]+)?#([^\n]*)/.exec(source.slice(from, from + 500))?.[1];
    const [first, ...rest] = value.commentBefore.split('\n');
    if (beside === undefined || beside.trimEnd() !== first?.trimEnd()) continue;
    key.comment = first;
    value.commentBefore = rest.length > 0 ? rest.join('\n') : null;
  }
}

/** A JSON document becomes YAML in block style; keys lose quotes that they do not need. */
function unfold(node: Value): void {
  if (isText(node)) return;
  if (node.items.length > 0) node.flow = false;
  for (const item of node.items) {
    if ('key' in item) {
      (item.key as Text).type = Scalar.PLAIN;
      unfold(item.value as Value);
    } else unfold(item as Value);
  }
}

/** Line by line: on one long line a pattern would look for the comment from each of its colons. */
function holdsCommentBehindKey(source: string): boolean {
  return source.split('\n').some((line) => {
    const colon = line.search(/:[ \t]/);
    return colon >= 0 && line.includes('#', colon);
  });
}

/** As the first list below a key of the source is written; line by line, for a document may be long. */
function hasIndentedLists(source: string): boolean {
  let key: number | null = null;
  for (const line of source.split(/\r?\n/)) {
    const content = line.trimStart();
    if (content === '' || content.startsWith('#')) continue;
    const indent = line.length - content.length;
    if (key !== null && content.startsWith('- ')) return indent > key;
    key = !content.startsWith('-') && /:[ \t]*(?:#|$)/.test(content) ? indent : null;
  }
  return true;
}

/** JSON with two spaces; numbers and booleans bare, as are the placeholders that stand for them. */
export function writeJson(work: Work, node: Value, indent = ''): string {
  if (isText(node)) return jsonText(work, node);
  const inner = `${indent}  `;
  if (node.items.length === 0) return isMapping(node) ? '{}' : '[]';
  const lines = isMapping(node)
    ? node.items.map(({ key, value }) => `${inner}${quote(key.value)}: ${writeJson(work, value, inner)}`)
    : node.items.map((item) => `${inner}${writeJson(work, item, inner)}`);
  const [open, close] = isMapping(node) ? ['{', '}'] : ['[', ']'];
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

function jsonText(work: Work, node: Text): string {
  if (work.types.has(node)) return node.value;
  return quote(node.value);
}

/** The placeholder goes back after escaping: it is rendered before anyone reads the JSON. */
const quote = (text: string): string => JSON.stringify(text);

/** The request as a value. */
export function requestValue(work: Work, node: Value): Json {
  if (isText(node)) return work.value(node);
  if (isMapping(node)) {
    const object: Record<string, Json> = {};
    for (const { key, value } of node.items) setKey(object, work.restore(key.value), requestValue(work, value));
    return object;
  }
  return node.items.map((item) => requestValue(work, item));
}
