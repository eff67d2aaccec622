/** The Python expression that stands for the request document in the call. */

import { posix } from 'node:path';
import type { FileFacts, SparkTask, StringLiteral } from '../model.ts';
import { escaped } from '../parser/escaped.ts';
import { writeStringLiteral } from '../parser/literals.ts';
import { usualQuote } from './call.ts';
import { dagFolder, isOpenPath } from './find-document.ts';
import type { DocumentFile } from './payload.ts';
import type { Project } from './project.ts';

/** An expression, and whether it reads `Path`. */
export interface Reference {
  readonly text: string;
  readonly usesPath: boolean;
}

/** A document and where its translation goes. */
export interface Moved {
  readonly from: DocumentFile;
  readonly target: string;
}

/**
 * For a document in a file: a path where the operator resolves it, else the text read where the DAG is parsed. For the
 * documents of several tasks the expression of the call with another suffix. Null where none of these would hold.
 * `ascii` is true when all requests are: without a name the encoding is the worker's own, which need not be UTF-8.
 */
export function fileReference(
  project: Project,
  facts: FileFacts,
  task: SparkTask,
  moved: readonly Moved[],
  ascii: boolean,
  pathName: string,
): Reference | null {
  const { payload } = task;
  const [first] = moved;
  if (payload.kind !== 'file' || first === undefined) return null;
  const takesPath = project.style === 'templated' || project.style === 'file';
  const suffixed = moved.every(({ from, target }) => target === from.path.replace(SUFFIX, `.bpg.${extension(target)}`));
  const { text } = payload.argument;
  // What parses JSON can not read the YAML that stands for it.
  const readsAny =
    !first.from.path.endsWith('.json') || payload.form === 'path' || /^(?:open|Path|pathlib\.Path)\(/.test(text);
  const edited = suffixed && readsAny ? renamed(payload, extension(first.target), moved) : null;
  if (payload.form !== 'path') {
    if (edited !== null && (payload.form === 'text' || project.target.acceptsDict))
      return { text: edited, usesPath: false };
    if (project.style === 'file') return null;
  }
  if (task.form === 'partial' && task.expansion?.arguments.includes(payload.argument)) {
    const relative = moved.every(({ from }) => from.how === 'beside' || (takesPath && from.how === 'searched'));
    if (!relative || !suffixed) return null;
    const listed = text.replace(/\.(?:ya?ml|json)(?=["'])/g, `.bpg.${extension(first.target)}`);
    if (takesPath) return { text: listed, usesPath: false };
    const encoding = ascii ? '' : 'encoding="utf-8"';
    return {
      text: `[(${pathName}(__file__).parent / path).read_text(${encoding}) for path in ${listed}]`,
      usesPath: true,
    };
  }
  // A piece that is not known chooses the document: it must stay.
  const isOpen = moved.some(({ from }) => from.how !== 'mapped' && isOpenPath(from.written));
  if (moved.length > 1 || isOpen)
    return ofSeveral(payload, moved, edited, takesPath, ascii, pathName, isFar(facts, task));
  return ofOne(facts, task, first, takesPath && payload.form === 'path', ascii, pathName);
}

const SUFFIX = /\.(?:ya?ml|json)$/;
const extension = (path: string): string => posix.extname(path).slice(1);

/** The expression with another suffix wherever it names a document; null where that can't be told. */
function renamed(
  { argument, choices }: Extract<SparkTask['payload'], { kind: 'file' }>,
  suffix: string,
  moved: readonly Moved[],
): string | null {
  if (choices === undefined) return withNewSuffix(argument.text, suffix, moved);
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of [...choices].sort((a, b) => a.start - b.start)) {
    const literal = argument.text.slice(start - argument.valueSpan.start, end - argument.valueSpan.start);
    const found = withNewSuffix(literal, suffix, moved, true);
    if (found === null) return null;
    parts.push(argument.text.slice(at, start - argument.valueSpan.start), found);
    at = end - argument.valueSpan.start;
  }
  return parts.join('') + argument.text.slice(at);
}

/** The expression with the suffix of its one literal that ends in one replaced; null where there is no such literal. */
function withNewSuffix(expression: string, suffix: string, moved: readonly Moved[], oneOf = false): string | null {
  const matches = [...expression.matchAll(/\.(?:ya?ml|json)(?=["'])/g)];
  const [only] = matches;
  if (only === undefined || matches.length > 1) return null;
  const piece = /[^"'{}/\\]*$/.exec(expression.slice(0, only.index))?.[0] ?? '';
  const fits = ({ from }: Moved): boolean => from.path.replace(SUFFIX, '').endsWith(piece);
  if (!(oneOf ? moved.some(fits) : moved.every(fits))) return null;
  return `${expression.slice(0, only.index)}.bpg.${suffix}${expression.slice(only.index + only[0].length)}`;
}

function ofOne(
  facts: FileFacts,
  task: SparkTask,
  { from, target }: Moved,
  takesPath: boolean,
  ascii: boolean,
  pathName: string,
): Reference {
  const literal = literalOf(task) ?? { prefix: '', quote: usualQuote(task) };
  const quoted = (path: string): string =>
    writeStringLiteral({ ...literal, prefix: '' }, path, facts.lineEnding, facts.source.encoding) ??
    JSON.stringify(path);
  const fromFile = posix.relative(posix.dirname(facts.source.path), target);
  const fromDag = posix.relative(dagFolder(facts, task), target);
  const name = posix.basename(target);
  const isFree = from.how !== 'project' && /^(?:[/\uFFFC]|\{\{)/.test(from.written);
  if (takesPath) {
    // Airflow looks below the folder of the DAG and along the search path, and takes neither `..` nor an absolute path.
    if (!isFree && from.how !== 'project' && !isOpenPath(from.written)) {
      const folder = posix.dirname(from.written);
      return { text: quoted(from.written.includes('/') ? `${folder}/${name}` : name), usesPath: false };
    }
    if (!fromDag.startsWith('../')) return { text: quoted(fromDag), usesPath: false };
  }
  const encoding = ascii ? '' : `encoding=${quoted('utf-8')}`;
  const known = isFree && from.how === 'mapped' && fromFile.startsWith('../') && !isOpenPath(from.written);
  const path = known
    ? `${pathName}(${quoted(posix.join(posix.dirname(from.written), name))})`
    : `(${pathName}(__file__).parent / ${quoted(fromFile)})`;
  return { text: `${path}.read_text(${encoding})`, usesPath: true };
}

/** True where the DAG lies in another folder than the call: what is beside the one is not beside the other. */
const isFar = (facts: FileFacts, task: SparkTask): boolean =>
  dagFolder(facts, task) !== posix.dirname(facts.source.path);

/** Several documents of one expression: it stays, with the suffix of the translations. */
function ofSeveral(
  payload: Extract<SparkTask['payload'], { kind: 'file' }>,
  moved: readonly Moved[],
  edited: string | null,
  takesPath: boolean,
  ascii: boolean,
  pathName: string,
  isFarAway: boolean,
): Reference | null {
  const { text } = payload.argument;
  const relative = moved.every(({ from }) => isRelative(from));
  const suffixed = moved.every(({ from, target }) => target === from.path.replace(SUFFIX, `.bpg.${extension(target)}`));
  const [first] = moved;
  if (!suffixed || payload.form !== 'path' || first === undefined) return null;
  const suffix = `.bpg.${extension(first.target)}`;
  const quote = text.includes('"') || !text.includes("'") ? '"' : "'";
  if (relative && takesPath) {
    if (edited !== null) return { text: edited, usesPath: false };
    return { text: `str(${pathName}(${text}).with_suffix(${quote}${suffix}${quote}))`, usesPath: true };
  }
  // Nothing can be read before the name is rendered.
  if (moved.some(({ from }) => from.written.includes('{{')))
    return takesPath && edited !== null ? { text: edited, usesPath: false } : null;
  const beside = moved.every(({ from }) => from.how === 'beside');
  if (relative && (!beside || isFarAway)) return null;
  // One expression can not be both: a relative path would be read from wherever the process stands.
  if (!relative && moved.some(({ from }) => isRelative(from))) return null;
  const inner = edited ?? text;
  const path = relative ? `(${pathName}(__file__).parent / ${wrapped(inner)})` : `${pathName}(${inner})`;
  const whole = edited === null ? `${path}.with_suffix(${quote}${suffix}${quote})` : path;
  const encoding = ascii ? '' : `encoding=${quote}utf-8${quote}`;
  return { text: `${whole}.read_text(${encoding})`, usesPath: true };
}

/** Relative as the DAG wrote it. */
const isRelative = ({ how, written }: DocumentFile): boolean =>
  how !== 'project' && !/^(?:\/|\uFFFC\/|\{\{[^}]*\}\}\/)/.test(written);

/** In parentheses, unless it binds at least as strongly as what it is put into. */
const wrapped = (text: string): string =>
  /^[\w.]+$|^[rRfFuU]{0,2}(?:"[^"]*"|'[^']*')$/.test(text) ? text : `(${text})`;

function literalOf(task: SparkTask): Pick<StringLiteral, 'prefix' | 'quote'> | null {
  if (!('argument' in task.payload)) return null;
  const quote = /^[rRuUbB]{0,2}("""|'''|"|')/.exec(task.payload.argument.text)?.[1];
  return quote === undefined ? null : { prefix: '', quote: quote.charAt(0) };
}

/**
 * The text as a literal in the form that it had, in triple quotes where that form can't hold it; with the holes that
 * Python fills in. Null where a hole that counts by its position went missing or changed its place.
 */
export function textLiteral(facts: FileFacts, literal: StringLiteral, text: string): string | null {
  const { lineEnding, source } = facts;
  const { masked, restore } = maskHoles(literal, text);
  const write = (form: Pick<StringLiteral, 'prefix' | 'quote'>): string | null =>
    writeStringLiteral(form, masked, lineEnding, source.encoding);
  const written = write(literal) ?? write({ prefix: literal.prefix.replace(/r/gi, ''), quote: '"""' });
  return written === null || !keepsPositions(literal, text) ? null : restore(written);
}

/** What fills in by position needs every hole, in its place. */
function keepsPositions({ holes = [], filledBy }: StringLiteral, text: string): boolean {
  if (filledBy !== 'format' && filledBy !== 'percent') return true;
  const before = holes.map((hole) => hole.text);
  if (before.every((hole) => /^(?:\{[A-Za-z_]|%\()/.test(hole))) return true;
  const pattern = new RegExp([...new Set(before)].map(escaped).join('|'), 'g');
  return JSON.stringify([...text.matchAll(pattern)].map(([hole]) => hole)) === JSON.stringify(before);
}

/** Stand for the holes while the texts between them are escaped: no document holds these. */
const [OPEN, CLOSE] = ['\u2983', '\u2984'];

function maskHoles(
  { holes = [], filledBy }: StringLiteral,
  text: string,
): { readonly masked: string; readonly restore: (written: string) => string } {
  if (filledBy === undefined) return { masked: text, restore: (written) => written };
  const doubled = (part: string): string => {
    if (filledBy === 'percent') return part.replaceAll('%', '%%');
    return filledBy === 'replace' ? part : part.replaceAll('{', '{{').replaceAll('}', '}}');
  };
  const texts = [...new Set(holes.map((hole) => hole.text))].sort((a, b) => b.length - a.length);
  if (texts.length === 0) return { masked: doubled(text), restore: (written) => written };
  const pattern = new RegExp(texts.map(escaped).join('|'), 'g');
  let masked = '';
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    masked += `${doubled(text.slice(at, match.index))}${OPEN}${texts.indexOf(match[0])}${CLOSE}`;
    at = match.index + match[0].length;
  }
  masked += doubled(text.slice(at));
  const back = new RegExp(`${OPEN}(\\d+)${CLOSE}`, 'g');
  return { masked, restore: (written) => written.replace(back, (_, index: string) => texts[Number(index)] ?? '') };
}
