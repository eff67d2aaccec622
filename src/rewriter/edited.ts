/** A change as a person left it: looked at again like one of ours, before it counts and before it is written. */
import type { Json, StringFact } from '../model.ts';
import { readPythonFile } from '../parser/read-file.ts';
import { type CheckedRequest, checkRequest } from '../spec/check-request.ts';
import { filesTouched, type PlannedChange } from './change.ts';
import type { Project } from './project.ts';
import { verifyText } from './verify.ts';

/** Null, or why the text of one file does not hold. `planned` is what the change alone makes of it. */
export function problemOfEdit(
  project: Project,
  change: PlannedChange,
  path: string,
  planned: string,
  edited: string,
): string | null {
  const facts = filesTouched(change).find(({ source }) => source.path === path);
  if (facts === undefined) return differenceOf(checkRequest(planned), checkRequest(edited));
  const { python, options } = project;
  const verified = verifyText(python, facts, [change], options.target.operator, edited);
  if (verified.ok && facts !== change.facts) return null;
  return verified.ok ? embeddedProblem(project, change, planned, edited) : verified.reason;
}

/** A request that stands in the Python: found again by what it was, and held against the gateway's rules. */
function embeddedProblem(project: Project, change: PlannedChange, planned: string, edited: string): string | null {
  const { request, facts, documents, documentSource } = change;
  if (documents.length > 0 || documentSource !== null) return null;
  if (request === null) return null;
  const stringsOf = (text: string): readonly StringFact[] =>
    readPythonFile(project.python, { ...facts.source, text }, project.options.target.operator, facts.classes).strings;
  const before = stringsOf(planned).map(({ value }) => value);
  const after = stringsOf(edited).map(({ value }) => value);
  const wanted = request.text.trim();
  const isRequest = (value: string): boolean => value.trim() === wanted;
  if (!before.some(isRequest))
    return 'the request is put together by Python code, where an edit of it can not be verified; edit the source';
  if (after.filter(isRequest).length >= before.filter(isRequest).length) return null;
  const fresh = after.filter((value) => !before.includes(value) && value.includes('\n'));
  const [text, ...others] = fresh;
  if (text === undefined || others.length > 0) return 'the request can not be found again in the result';
  return differenceOf(checkRequest(wanted), checkRequest(text));
}

function differenceOf(planned: CheckedRequest, edited: CheckedRequest): string | null {
  if (!edited.ok) return `the request is not valid: ${edited.reason}`;
  const [was, is] = [planned.ok ? queueOf(planned.request) : undefined, queueOf(edited.request)];
  // Where a job may go is decided by routes and isolation rules, which know nothing of an edit.
  return was === is ? null : 'the queue is not edited here but chosen (`--queue`), so that isolation rules are asked';
}

const queueOf = (request: Json): Json | undefined =>
  typeof request === 'object' && request !== null && !Array.isArray(request)
    ? (request as { readonly [key: string]: Json })['queue']
    : undefined;
