/** Finds the SparkApplication of a task: the text, and where an offset in it stands. */
import { createHash } from 'node:crypto';
import type {
  FileFacts,
  Finding,
  PayloadSource,
  Place,
  PythonData,
  Span,
  SparkTask,
  StringLiteral,
  TextConstant,
  TextHole,
} from '../model.ts';
import { placeAt } from '../parser/places.ts';
import { rendersTemplates } from '../target/payload-style.ts';
import { type FoundDocument, findDocuments, isOpenPath } from './find-document.ts';
import { importersNaming } from './other-files.ts';
import { brief, finding, type Project } from './project.ts';

export interface DocumentFile {
  readonly kind: 'file';
  readonly path: string;
  /** SHA-256 of the raw bytes, in hex. */
  readonly hash: string;
  /** The path as the DAG wrote it. */
  readonly written: string;
  readonly how: FoundDocument['how'];
  /** True when it was found through the template search path and not beside the DAG. */
  readonly searched: boolean;
}

export interface DocumentText {
  readonly text: string;
  /** Parts of the text that Python fills in. */
  readonly opaque: readonly Span[];
  /** The text with these filled in, where all of them are known. */
  readonly folded: string | null;
  readonly placeOf: (offset: number | null) => Place;
  readonly from:
    | DocumentFile
    | { readonly kind: 'constant'; readonly constant: TextConstant }
    | { readonly kind: 'inline'; readonly literal: StringLiteral }
    | { readonly kind: 'data'; readonly data: PythonData };
}

export type Payload =
  | {
      readonly ok: true;
      readonly document: DocumentText;
      /** The other documents of a call that makes several tasks. */
      readonly more: readonly DocumentText[];
      readonly findings: readonly Finding[];
    }
  | { readonly ok: false; readonly finding: Finding };

export function findPayload(project: Project, facts: FileFacts, task: SparkTask): Payload {
  const { payload } = task;
  const no = (code: string, args: Finding['args'] = {}, offset = task.span.start): Payload => ({
    ok: false,
    finding: finding(code, placeAt(facts.source.path, facts.source.text, offset), args),
  });
  switch (payload.kind) {
    case 'none':
      return no(task.defaults.entries.has('application_file') ? 'payload-in-default-args' : 'payload-missing');
    case 'runtime':
      return no('payload-at-run-time', { expression: brief(payload.because) }, payload.argument.valueSpan.start);
    case 'dict':
      if (payload.data !== null) return inData(project, facts, payload.data);
      return no('payload-is-dict', { expression: brief(payload.argument.text) }, payload.argument.valueSpan.start);
    case 'constant':
      return inPython(project, facts, payload.constant.literal, { kind: 'constant', constant: payload.constant });
    case 'inline':
      return inPython(project, facts, payload.literal, { kind: 'inline', literal: payload.literal });
    case 'file':
      return inFiles(project, facts, task, payload);
  }
}

function inPython(project: Project, facts: FileFacts, literal: StringLiteral, from: DocumentText['from']): Payload {
  const { path, text } = facts.source;
  const placeOf = (offset: number | null): Place => {
    const exact = offset !== null && literal.verbatim;
    const place = placeAt(
      path,
      text,
      exact ? literal.contentStart + inSource(literal, text, offset) : literal.span.start,
    );
    return place;
  };
  const findings = jinjaInHoles(project, literal.holes ?? [], placeOf(null));
  return { ok: true, document: { text: literal.value, ...filling(literal), placeOf, from }, more: [], findings };
}

/** Jinja that comes from a constant or an f-string: the translation does not see it, and it must be rendered all the same. */
function jinjaInHoles({ style, target }: Project, holes: readonly TextHole[], place: Place): readonly Finding[] {
  const hole = holes.find(({ text, value }) => /\{[{%]/.test(value ?? '') || text.includes('{{{{'));
  if (hole === undefined || style === null || rendersTemplates(target, style)) return [];
  return [finding('jinja-not-rendered', place, { expression: brief(hole.text), operator: target.className })];
}

/** A dict display, read as JSON. */
function inData(project: Project, facts: FileFacts, data: PythonData): Payload {
  const place = placeAt(facts.source.path, facts.source.text, data.display.start);
  const findings: Finding[] = [];
  if (data.hasComments) findings.push(finding('comments-not-carried', place));
  if (data.hasConstants) findings.push(finding('constants-written-out', place));
  const { text, holes } = data;
  findings.push(...jinjaInHoles(project, holes, place));
  const document = {
    text,
    ...filling({ value: text, holes }),
    placeOf: () => place,
    from: { kind: 'data', data },
  } as const;
  return { ok: true, document, more: [], findings };
}

/** The holes of a literal, and its text without any where their values are known. */
function filling({
  value,
  holes = [],
}: Pick<StringLiteral, 'value' | 'holes'>): Pick<DocumentText, 'opaque' | 'folded'> {
  let folded: string | null = '';
  let at = 0;
  for (const hole of holes) {
    folded = folded === null || hole.value === null ? null : folded + value.slice(at, hole.span.start) + hole.value;
    at = hole.span.end;
  }
  const whole = folded === null || holes.length === 0 ? null : folded + value.slice(at);
  return { opaque: holes.map(({ span }) => span), folded: whole };
}

/** Line breaks of the value are one character, those of the file may be two. */
function inSource(literal: StringLiteral, text: string, offset: number): number {
  if (text.slice(literal.contentStart, literal.span.end).includes('\r\n'))
    return offset + (literal.value.slice(0, offset).match(/\n/g)?.length ?? 0);
  return offset;
}

/** Every file that the path can be. One that is not there fails the task: the call would fail for it. */
function inFiles(
  project: Project,
  facts: FileFacts,
  task: SparkTask,
  payload: Extract<PayloadSource, { kind: 'file' }>,
): Payload {
  const place = placeAt(facts.source.path, facts.source.text, payload.argument.valueSpan.start);
  const documents = new Map<string, DocumentText>();
  const findings: Finding[] = [];
  for (const path of payload.paths) {
    const answer = findDocuments(project, facts, task, path, payload.form === 'path');
    if (!answer.ok) return { ok: false, finding: finding(answer.code, place, answer.args) };
    for (const found of answer.found) {
      const document = readDocument(project, found);
      if (document === null)
        return {
          ok: false,
          finding: finding('document-not-found', place, { path: found.path, reason: 'it can not be read' }),
        };
      documents.set(found.path, document);
      const written = found.how === 'project' ? payload.argument.text : found.written.replaceAll('\uFFFC', '…');
      const args = { path: brief(written), file: found.path };
      if (found.how === 'mapped') findings.push(finding('document-mapped', place, args));
      else if (found.how === 'project' && payload.form === 'path')
        findings.push(finding('document-never-found', place, args));
    }
  }
  const [document, ...more] = documents.values();
  if (document === undefined)
    return {
      ok: false,
      finding: finding('document-not-found', place, { path: payload.path, reason: 'nothing fits it' }),
    };
  const holes = [document, ...more].some(
    ({ from }) => from.kind === 'file' && from.how !== 'mapped' && isOpenPath(from.written),
  );
  if (payload.paths.some(({ text }) => text.includes('{{')))
    findings.push(finding('path-rendered', place, { path: brief(payload.path) }));
  if (holes)
    findings.push(
      finding('documents-assumed', place, { expression: brief(payload.argument.text), count: documents.size }),
    );
  return { ok: true, document, more, findings };
}

function readDocument(project: Project, { path, written, how }: FoundDocument): DocumentText | null {
  const file = project.read(path);
  if (!file.ok) return null;
  const hash = createHash('sha256').update(file.bytes).digest('hex');
  return {
    text: file.text,
    opaque: [],
    folded: null,
    placeOf: (offset) => placeAt(path, file.text, offset ?? 0),
    from: { kind: 'file', path, hash, written, how, searched: how === 'searched' },
  };
}

/** A function whose callers decided something, and another file that calls it too. */
export function calledElsewhere(project: Project, facts: FileFacts, task: SparkTask): Finding | null {
  // All of them were found, and each DAG is looked at by itself.
  if (task.reached !== undefined) return null;
  const names = [...task.callers, ...(task.payload.kind === 'file' ? task.payload.callers : [])];
  for (const name of new Set(names)) {
    const [other] = importersNaming(project.others, facts.source.path, name);
    if (other !== undefined) return finding('called-elsewhere', task.place, { function: name, file: other.path });
  }
  return null;
}
