/** The request: the name and the route's keys on top, then what `spec` has become. */
import type { Document } from 'yaml';
import { documentFields, type FieldNode, rowOf } from './fields/index.ts';
import { forEachScalar } from './statements.ts';
import {
  commentsOf,
  type Entry,
  isMapping,
  type Mapping,
  newEntry,
  newMapping,
  newText,
  putComments,
  type Text,
} from './tree.ts';
import type { Work } from './work.ts';
import { writeJson, writeYaml } from './write.ts';

/** Builds the root of the request. What stood around `spec` is entered into the ledger, its comments are kept. */
export function assemble(work: Work, root: Mapping, name: Text | null): Mapping {
  const { spec, options } = work;
  const request = newMapping();
  request.flow = root.flow === true;
  const above: string[] = root.commentBefore ? [root.commentBefore] : [];
  const below: string[] = [];
  for (const entry of root.items) {
    if (entry.value === spec) {
      if (entry.key.commentBefore) below.push(entry.key.commentBefore);
      if (spec.commentBefore) below.push(spec.commentBefore);
      continue;
    }
    above.push(...commentsOf(entry));
    enterOutside(work, entry, entry.key.value, documentFields);
  }
  work.say('gateway-decides', {}, root);
  if (name !== null)
    request.items.push(newEntry('applicationName', newText(name.value, (name.type ?? 'PLAIN') as 'PLAIN')));
  if (options.queue !== null) request.items.push(newEntry('queue', newText(options.queue)));
  if (options.spotInstance !== undefined) {
    const spot = newText(String(options.spotInstance));
    work.types.set(spot, 'boolean');
    request.items.push(newEntry('spotInstance', spot));
  }
  const [first] = spec.items;
  if (first !== undefined) putComments(first.key, below);
  request.items.push(...spec.items);
  if (spec.comment) request.comment = [request.comment, spec.comment].filter(Boolean).join('\n');
  if (root.comment) request.comment = [request.comment, root.comment].filter(Boolean).join('\n');
  const [top] = request.items;
  if (top !== undefined) {
    top.key.spaceBefore = false;
    if (above.length > 0) request.commentBefore = above.join('\n');
  }
  return request;
}

/** Everything beside `spec`, by the rows of the document. `metadata.labels` has been entered by its rule. */
function enterOutside(work: Work, entry: Entry, path: string, fields: FieldNode): void {
  const field = fields.keys.get(entry.key.value) ?? fields.any;
  if (path === 'metadata.labels') return;
  const row = field?.row ?? rowOf(path, documentFields);
  if (isMapping(entry.value) && field !== null && (field.keys.size > 0 || field.any !== null)) {
    for (const inner of entry.value.items) enterOutside(work, inner, `${path}.${inner.key.value}`, field);
    return;
  }
  if (row === null) {
    work.enter(path, entry.value, 'dead', { why: 'No program reads this key.', remedy: 'Nothing.' });
    return;
  }
  work.enter(path, entry.value, row.class === 'same' ? 'moved' : row.class, { why: row.why, remedy: row.remedy });
}

export interface Finished {
  readonly text: string;
  /** With tokens where placeholders stand in `text`. */
  readonly masked: string;
}

/** The text of the request: leading blank lines, indentation, line ends and the last newline as the source has them. */
export function finishText(work: Work, document: Document, request: Mapping, source: string): Finished {
  if (work.options.format === 'json') {
    const masked = `${writeJson(work, request)}\n`;
    return { text: work.restore(masked), masked };
  }
  const body = source.replace(/^\ufeff/, '');
  const blank = /^(?:[ \t]*\r?\n)*/.exec(body)?.[0] ?? '';
  const printed = writeYaml(document, request, work.masked.text);
  const ended = /\n[ \t]*$/.test(body) || blank === body ? printed : printed.replace(/\n$/, '');
  const tail = /\n([ \t]+)$/.exec(body)?.[1] ?? '';
  const indent = indentOf(work.masked.text);
  const shifted = indent === '' ? ended : ended.replace(/^(?=[^\n])/gm, indent);
  const lines = blank + shifted + (blank === body ? '' : tail);
  const masked = /\r\n/.test(source) ? lines.replace(/\r?\n/g, '\r\n') : lines;
  return { text: work.restore(masked), masked };
}

/** The indentation of the first line with content: a document may be indented as a whole, in a Python constant. */
function indentOf(source: string): string {
  return /^(?:[ \t]*(?:#[^\n]*|\r?)\n)*( *)[^\s#{]/.exec(source.replace(/^\ufeff/, ''))?.[1] ?? '';
}

/** What is rendered into JSON text must need no escaping; told where the source was YAML, which takes any text. */
export function tellJsonPlaceholders(work: Work, request: Mapping): void {
  if (work.options.format !== 'json' || /^\s*\{/.test(work.masked.text)) return;
  forEachScalar(request, (text) => {
    if (work.types.has(text) || !work.isHole(text.value)) return;
    work.say('json-placeholder', { text: work.restore(text.value) }, text);
  });
}
