/** The argument that stands for the request: a reference to its file, its text, or its dict, in the form that it had. */
import type { FileFacts, PythonData, Span, StringLiteral } from '../model.ts';
import type { ConstantRequest } from './change.ts';
import { changeId } from './change-id.ts';
import type { DocumentTarget } from './documents.ts';
import { type ImportNeed, localName } from './imports.ts';
import { importersNaming } from './other-files.ts';
import type { PreparedTask, Request } from './prepare.ts';
import { factText, type Project } from './project.ts';
import { writeDisplay } from './python-data.ts';
import { fileReference, textLiteral } from './reference.ts';

export interface WrittenPayload {
  readonly reference: string;
  readonly constant: ConstantRequest | null;
  readonly needs: readonly ImportNeed[];
  /** What stands around the name of the constant in the call. */
  readonly wrap: (name: string) => string;
}

/** Null where the form of the payload can not hold the request. */
export function writePayload(
  project: Project,
  prepared: PreparedTask,
  request: Request | null,
  documentTarget: DocumentTarget | null,
  twins: Map<string, string>,
): WrittenPayload | null {
  const { facts, task, document, routed, more, runtime } = prepared;
  if (runtime !== null) return { ...nothingAround, reference: runtime.reference };
  if (document === null || request === null || !('argument' in task.payload)) return null;
  const { from } = document;
  if (from.kind === 'file') {
    if (documentTarget === null) return null;
    const sources = [{ document, request }, ...more];
    const moved = allTargets(documentTarget).flatMap(({ path }, index) => {
      const source = sources[index]?.document.from;
      return source?.kind === 'file' ? [{ from: source, target: path }] : [];
    });
    const ascii = sources.every(({ request: { text } }) => /^[\0-\x7f]*$/.test(text));
    const need: ImportNeed = { module: 'pathlib', name: 'Path', near: null };
    const reference = fileReference(project, facts, task, moved, ascii, localName(facts, need) ?? 'Path');
    if (reference === null) return null;
    return { ...nothingAround, reference: reference.text, needs: reference.usesPath ? [need] : [] };
  }
  if (from.kind === 'data') return writeData(project, prepared, from.data, request, twins);
  const text = notAPath(request.text, project.target.templateExtensions);
  const { argument } = task.payload;
  const source = facts.source.text;
  if (from.kind === 'inline') {
    if (request.isFolded) {
      const plain = textLiteral(facts, plainForm(from.literal), text);
      return plain === null ? null : { ...nothingAround, reference: plain };
    }
    const literal = textLiteral(facts, from.literal, text);
    if (literal === null) return null;
    return { ...nothingAround, reference: replaced(source, argument.valueSpan, from.literal.span, literal) };
  }
  if (task.payload.kind !== 'constant') return null;
  const { slot } = task.payload;
  const { constant } = from;
  const whole = request.isFolded
    ? textLiteral(facts, plainForm(constant.literal), text)
    : textLiteral(facts, constant.literal, text);
  if (whole === null) return null;
  const value = request.isFolded ? whole : replaced(source, constant.valueSpan, constant.literal.span, whole);
  const twin = twinName(facts, constant.name, routed.queue, factText(task.taskId), value, twins);
  const shared = isShared(project, facts, constant.name);
  return {
    reference: argument.text,
    constant: {
      constant: { ...constant, literal: { ...constant.literal, span: constant.valueSpan } },
      literal: value,
      twin,
      indent: indentOf(source, constant.statement),
      shared,
    },
    needs: [],
    // Filled in already: what stands around the name in the call would find nothing to fill.
    wrap: (name) => (request.isFolded ? name : replaced(source, argument.valueSpan, slot, name)),
  };
}

/** A dict display, in its place or in that of its constant; as JSON text where the operator takes no dict. */
function writeData(
  project: Project,
  { facts, task, routed }: PreparedTask,
  data: PythonData,
  request: Request,
  twins: Map<string, string>,
): WrittenPayload | null {
  const source = facts.source.text;
  const display = writeDisplay(source, data, request.translation.request);
  if (display === null || project.style === 'file') return null;
  const isText = data.form !== 'dict' || project.target.acceptsDict;
  const module = facts.imports.find((one) => one.module === 'json' && one.name === null && one.topLevel)?.local;
  const need: ImportNeed = { module: 'json', name: 'dumps', near: null };
  const dumps = module === undefined ? (localName(facts, need) ?? 'dumps') : `${module}.dumps`;
  const wrap = (inner: string): string => {
    const whole = replaced(source, data.argumentSpan, data.slot, inner);
    return isText ? whole : `${dumps}(${whole})`;
  };
  const needs = isText || module !== undefined ? [] : [need];
  const { constant } = data;
  if (constant === null) return { reference: wrap(display), constant: null, needs, wrap };
  const twin = twinName(facts, constant.name, routed.queue, factText(task.taskId), display, twins);
  const shared = isShared(project, facts, constant.name);
  const indent = indentOf(source, constant.statement);
  const literal = { span: data.display };
  return {
    reference: wrap(constant.name),
    constant: { constant: { ...constant, literal }, literal: display, twin, indent, shared },
    needs,
    wrap,
  };
}

/** True when another file that imports from this module speaks of the name. */
function isShared(project: Project, { source }: FileFacts, name: string): boolean {
  return importersNaming(project.others, source.path, name).length > 0;
}

function indentOf(source: string, statement: Span): string {
  return source.slice(source.lastIndexOf('\n', statement.start - 1) + 1, statement.start);
}

const nothingAround: Omit<WrittenPayload, 'reference'> = { constant: null, needs: [], wrap: (name) => name };

const plainForm = ({ quote, prefix, ...rest }: StringLiteral): StringLiteral => {
  const { holes: _, filledBy: __, ...plain } = rest;
  return { ...plain, quote, prefix: prefix.replace(/f/gi, '') };
};

/** The text of `outer` with `inner` replaced. */
function replaced(source: string, outer: Span, inner: Span, text: string): string {
  return source.slice(outer.start, inner.start) + text + source.slice(inner.end, outer.end);
}

/** Text that ends in a template suffix would be taken for a path; a line break at the end prevents it. */
function notAPath(text: string, extensions: readonly string[]): string {
  return extensions.some((extension) => text.endsWith(extension)) ? `${text}\n` : text;
}

/** `<name>_bpg`, with queue and task id where a different request has that name already; `twins` holds those given. */
function twinName(
  facts: FileFacts,
  name: string,
  queue: string | null,
  task: string | null,
  literal: string,
  twins: Map<string, string>,
): string {
  const word = (text: string | null): string => (text ?? 'default').replace(/\W/g, '_');
  const plain = `${name}_bpg`;
  const candidates = [plain, `${plain}_${word(queue)}`, `${plain}_${word(queue)}_${word(task)}`];
  const free = (candidate: string): boolean => !facts.boundNames.has(candidate) && !twins.has(candidate);
  const twin =
    candidates.find((candidate) => twins.get(candidate) === literal || free(candidate)) ??
    `${plain}_${changeId([literal])}`;
  twins.set(twin, literal);
  return twin;
}

/** The target of a document, and those of the others of the same call. */
export const allTargets = (target: DocumentTarget | null): readonly DocumentTarget[] =>
  target === null ? [] : [target, ...target.more];
