/** Finds the SparkApplication of a task: the text, and where an offset in it stands. */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { FileFacts, Finding, Place, SparkTask, StringLiteral, TextConstant } from '../model.ts';
import { placeAt } from '../parser/places.ts';
import { brief, finding, type Project } from './project.ts';

export interface DocumentText {
  readonly text: string;
  readonly placeOf: (offset: number | null) => Place;
  readonly from:
    | {
        readonly kind: 'file';
        readonly path: string;
        /** SHA-256 of the raw bytes, in hex. */
        readonly hash: string;
        /** The path as the DAG wrote it. */
        readonly written: string;
        /** True when it was found through the template search path and not beside the DAG. */
        readonly searched: boolean;
      }
    | { readonly kind: 'constant'; readonly constant: TextConstant }
    | { readonly kind: 'inline'; readonly literal: StringLiteral };
}

export type Payload =
  | { readonly ok: true; readonly document: DocumentText }
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
      return no('payload-is-dict', { expression: brief(payload.argument.text) }, payload.argument.valueSpan.start);
    case 'constant':
      return inPython(facts, payload.constant.literal, { kind: 'constant', constant: payload.constant });
    case 'inline':
      return inPython(facts, payload.literal, { kind: 'inline', literal: payload.literal });
    case 'file':
      return inFile(project, facts, task, payload.path, (code, args) =>
        no(code, args, payload.argument.valueSpan.start),
      );
  }
}

function inPython(facts: FileFacts, literal: StringLiteral, from: DocumentText['from']): Payload {
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
  return { ok: true, document: { text: literal.value, placeOf, from } };
}

/** Line breaks of the value are one character, those of the file may be two. */
function inSource(literal: StringLiteral, text: string, offset: number): number {
  if (text.slice(literal.contentStart, literal.span.end).includes('\r\n'))
    return offset + (literal.value.slice(0, offset).match(/\n/g)?.length ?? 0);
  return offset;
}

type No = (code: string, args?: Finding['args']) => Payload;

function inFile(project: Project, facts: FileFacts, task: SparkTask, path: string, no: No): Payload {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return no('document-is-url', { path });
  if (/\{[{%#]/.test(path)) return no('payload-at-run-time', { expression: brief(path) });
  if (posix.isAbsolute(path)) return no('document-absolute', { path });
  const beside = posix.dirname(facts.source.path);
  let reason = 'it does not exist';
  for (const [index, folder] of [beside, ...searchPath(project, task, beside)].entries()) {
    const candidate = posix.normalize(posix.join(folder, path));
    const file = project.read(candidate);
    if (!file.ok) {
      if (file.reason !== reason && !/does not exist/.test(file.reason)) reason = file.reason;
      continue;
    }
    const hash = createHash('sha256').update(file.bytes).digest('hex');
    return {
      ok: true,
      document: {
        text: file.text,
        placeOf: (offset) => placeAt(candidate, file.text, offset ?? 0),
        from: { kind: 'file', path: candidate, hash, written: path, searched: index > 0 && folder !== beside },
      },
    };
  }
  return no('document-not-found', { path, reason });
}

/** The folders of `template_searchpath` that lie in the project, then the configured ones. */
function searchPath(project: Project, task: SparkTask, beside: string): string[] {
  const fact = task.dag?.templateSearchPath;
  const value = fact?.kind === 'known' ? fact.value : [];
  const own = (Array.isArray(value) ? value : [value]).flatMap((folder) =>
    typeof folder === 'string' && !posix.isAbsolute(folder) ? [folder, posix.join(beside, folder)] : [],
  );
  return [...own, ...project.options.source.templateSearchPath];
}
