/** Where the edits at callers go: into definitions, into copies of them, or to the calls themselves. */
import type { Edit, FileFacts, ReachedDefinition, ReachingCall, SparkTask } from '../model.ts';
import type { FilePart, Twin } from './change.ts';
import { changeId } from './change-id.ts';
import { copyOf } from './copy-definition.ts';
import { type ImportNeed, localName } from './imports.ts';
import { factsOf, factText, type Project } from './project.ts';

export type Laid =
  | {
      readonly ok: true;
      readonly inside: readonly Edit[];
      readonly callers: readonly FilePart[];
      readonly twin: Twin | null;
    }
  | { readonly ok: false; readonly because: string };

/** An edit, and the file that it is made in. */
export type PlacedEdit = Edit & { readonly file: string };

/** What is still to be placed, by file. */
interface Pending {
  readonly edits: PlacedEdit[];
  readonly needs: Map<string, ImportNeed[]>;
  readonly released: Map<string, FilePart['released'][number][]>;
}

/**
 * The edits of a function that the call stands in, of those that lead to it (each a copy where other DAGs reach it too),
 * and of the calls. `copyText` is the copy of the first, with edits of its own beside those of the call.
 */
export function layOut(
  project: Project,
  task: SparkTask,
  edits: readonly PlacedEdit[],
  needsPath: ReadonlySet<string>,
  copyText: (twin: Twin, inside: readonly Edit[]) => string | null,
): Laid {
  const path: ImportNeed = { module: 'pathlib', name: 'Path', near: null };
  const needs = new Map([...needsPath].map((file) => [file, [path]]));
  const pending: Pending = { edits: [...edits], needs, released: new Map() };
  const callers: FilePart[] = [];
  let twin: Twin | null = null;
  let inside: readonly Edit[] = [];
  for (const [index, definition] of (task.reached?.definitions ?? []).entries()) {
    const facts = factsOf(project, definition.file);
    if (facts === null || facts.errors.length > 0) return cannot(`${definition.file} can not be edited`);
    const own = takeFrom(pending, definition);
    if (index === 0) inside = own;
    else if (own.length === 0) continue;
    const textFor = (candidate: Twin): string | null =>
      index === 0 ? copyText(candidate, own) : copyOf(facts.source.text, candidate, own).text;
    const named = definition.shared ? nameTwin(project, definition, facts, task, textFor) : null;
    if (definition.shared && named === null) return cannot(`no copy of ${definition.name} holds all edits`);
    const problem = named === null ? null : moveCalls(project, task, pending, definition.calls, named);
    if (problem !== null) return cannot(problem);
    if (index === 0) twin = named;
    else callers.push({ facts, edits: own, needs: [], released: [], twin: named });
  }
  for (const file of new Set([...pending.edits.map((edit) => edit.file), ...pending.needs.keys()])) {
    const part = partOf(project, pending, file);
    if (typeof part === 'string') return cannot(part);
    callers.push(part);
  }
  return { ok: true, inside, callers, twin };
}

const cannot = (because: string): Laid => ({ ok: false, because });
const plain = ({ span, text }: PlacedEdit): Edit => ({ span, text });

/** Takes the edits that lie in a definition. */
function takeFrom(pending: Pending, { file, span }: ReachedDefinition): readonly Edit[] {
  const own = pending.edits.filter(
    (edit) => edit.file === file && span.start <= edit.span.start && edit.span.end <= span.end,
  );
  for (const edit of own) pending.edits.splice(pending.edits.indexOf(edit), 1);
  return own.map(plain);
}

function moveCalls(
  project: Project,
  { reached }: SparkTask,
  pending: Pending,
  calls: readonly ReachingCall[],
  twin: Twin,
): string | null {
  for (const call of calls) {
    // What is copied stays, and reads the old name still.
    const stays = reached?.definitions.some((one) => one.shared && holds(one, call)) === true;
    const problem = moveCall(project, pending, call, twin, stays);
    if (problem !== null) return problem;
  }
  return null;
}

const holds = ({ file, span }: ReachedDefinition, call: ReachingCall): boolean =>
  file === call.file && span.start <= call.span.start && call.span.end <= span.end;

/** The call calls the copy from now on; null, or why it can not. */
function moveCall(
  project: Project,
  pending: Pending,
  call: ReachingCall,
  { name }: Twin,
  stays: boolean,
): string | null {
  const facts = factsOf(project, call.file);
  if (call.from === 'unknown') return `${call.file} reaches it through another module`;
  if (facts === null) return `${call.file} can not be edited`;
  let text = name;
  if (call.import !== null && call.import.name !== null) {
    const need: ImportNeed = { module: call.from ?? call.import.module, name, near: call.import };
    const local = localName(facts, need);
    if (local === null) return `the name ${name} is taken in ${call.file}`;
    text = local;
    pending.needs.set(call.file, [...(pending.needs.get(call.file) ?? []), need]);
    if (!stays) pending.released.set(call.file, [...(pending.released.get(call.file) ?? []), call.nameSpan]);
  }
  pending.edits.push({ file: call.file, span: call.nameSpan, text });
  return null;
}

/** What is left for one file: the calls themselves. */
function partOf(project: Project, pending: Pending, file: string): FilePart | string {
  const facts = factsOf(project, file);
  if (facts === null || facts.errors.length > 0) return `${file} can not be edited`;
  const needs = pending.needs.get(file) ?? [];
  const taken = needs.find((need) => localName(facts, need) === null);
  if (taken !== undefined) return `the name ${taken.name} is taken in ${file}`;
  const edits = pending.edits.filter((edit) => edit.file === file).map(plain);
  return { facts, edits, needs, released: pending.released.get(file) ?? [], twin: null };
}

/** Names of copies given so far, with their texts, by project. */
const given = new WeakMap<Project, Map<string, string>>();

/** `<name>_bpg`, with the DAG where another copy has that name; one that is there already and says the same is taken. */
function nameTwin(
  project: Project,
  { name, span, nameSpan, file, twins }: ReachedDefinition,
  facts: FileFacts,
  task: SparkTask,
  textFor: (twin: Twin) => string | null,
): Twin | null {
  const known = given.get(project) ?? new Map<string, string>();
  given.set(project, known);
  const word = (factText(task.dag?.id) ?? 'dag').replace(/\W/g, '_');
  const usual = `${name}_bpg`;
  for (const candidate of [usual, `${usual}_${word}`, `${usual}_${changeId([word, file])}`]) {
    const twin: Twin = { span, nameSpan, name: candidate, isThere: false };
    const text = textFor(twin);
    if (text === null) return null;
    if (twins.get(candidate) === text) return { ...twin, isThere: true };
    const key = `${file}:${candidate}`;
    const other = known.get(key);
    if (other === text || (other === undefined && !facts.boundNames.has(candidate))) {
      known.set(key, text);
      return twin;
    }
  }
  return null;
}
