import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import {
  encodeText,
  filesNaming,
  type Options,
  type PlannedFile,
  parsesAsPython,
  revertEdits,
  type SourceFile,
} from '../src/index.ts';
import { listRuns, readRunFile, type UndoRun, undoFolder } from './undo-journal.ts';
import { reasonOf } from './write-failure.ts';
import { removeFile, writeFiles } from './write-files.ts';

/** What became of a file: `same` needed nothing; `kept` (a document that is needed) and `refused` say why. */
export interface TakenBack {
  readonly path: string;
  readonly outcome: 'restored' | 'removed' | 'same' | 'kept' | 'refused';
  readonly reason: string;
}

/**
 * Takes a run back, file by file: what stands in the way of one does not stop the others. DAGs first; then a document
 * goes that no DAG names any more.
 */
export async function takeBackRun(options: Options, run: UndoRun): Promise<readonly TakenBack[]> {
  const { root } = options;
  const results: TakenBack[] = [];
  const left = run.files.filter(({ path }) => !run.undone.has(path));
  const read = left.map((file) => ({ file, content: readRunFile(root, run, file) }));
  for (const { file, content } of read) {
    if (content === null) results.push(refusal(file.path, 'the journal of the run can not be read any more'));
    else if (file.kind === 'changed') results.push(await restore(root, content));
  }
  const documents = read.flatMap(({ file, content }) => (file.kind === 'new' && content !== null ? [content] : []));
  const naming = documentUsers(
    options,
    documents.map(({ path }) => path),
  );
  const refused = results.find(({ outcome }) => outcome === 'refused');
  const others = listRuns(root).filter(({ id }) => id !== run.id);
  for (const document of documents) {
    const reason =
      naming.get(document.path) ??
      // Every DAG behind a switch needs the module, and one that stays may come back to it.
      (refused !== undefined && isOfSwitch(document.path) ? `${refused.path} is not taken back` : null) ??
      runThatNeeds(options, others, document.path);
    results.push(reason === null ? remove(root, document) : { path: document.path, outcome: 'kept', reason });
  }
  return results.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** By document, that a DAG names it: by a path that leads there, or by one that leads to no file that can be seen. */
function documentUsers(options: Options, documents: readonly string[]): ReadonlyMap<string, string> {
  const users = new Map<string, string>();
  if (documents.length === 0) return users;
  const files = filesNaming(options, [...new Set(documents.flatMap((path) => namesOf(posix.basename(path))))]);
  for (const document of documents) {
    const user = files.find((file) => isNaming(options, file, document));
    if (user !== undefined) users.set(document, `${user.path} names it`);
  }
  return users;
}

/** Null, or which other run would bring a DAG back that needs the document, and not the document with it. */
function runThatNeeds(options: Options, others: readonly UndoRun[], document: string): string | null {
  for (const other of others) {
    const left = other.files.filter(({ path, kind }) => kind === 'changed' && !other.undone.has(path));
    if (left.some(({ path }) => path === document)) continue;
    for (const file of left) {
      const before = file.path.endsWith('.py') ? readRunFile(options.root, other, file)?.before : null;
      if (before != null && isNaming(options, { path: file.path, text: before }, document))
        return `undo of run ${other.id} would bring back ${file.path}, which names it`;
    }
  }
  return null;
}

const switchModule = 'bpg_switch';
const isOfSwitch = (path: string): boolean => [`${switchModule}.py`, 'bpg-routing.yaml'].includes(posix.basename(path));
/** What a DAG writes to use the file: its name, or that of the module, which reads the routing file. */
const namesOf = (name: string): readonly string[] => (isOfSwitch(name) ? [switchModule] : [name]);

function isNaming(
  { root, source }: Options,
  { path, text }: Pick<SourceFile, 'path' | 'text'>,
  document: string,
): boolean {
  const name = posix.basename(document);
  const [word = name] = namesOf(name);
  if (word === switchModule)
    return posix.basename(path) !== `${switchModule}.py` && new RegExp(`\\b${word}\\b`).test(text);
  return text
    .split(/["'\s]/)
    .filter((word) => posix.basename(word) === name)
    .some((written) => {
      const folders = [posix.dirname(path), ...source.templateSearchPath, '.'];
      const ways = folders.map((folder) => posix.normalize(posix.join(folder, written)));
      return ways.includes(document) || !ways.some((way) => existsSync(join(root, way)));
    });
}

const refusal = (path: string, reason: string): TakenBack => ({ path, outcome: 'refused', reason });

async function restore(root: string, file: PlannedFile): Promise<TakenBack> {
  const { path, before, after, encoding } = file;
  const current = readCurrent(root, file);
  if (file.gone === true) return putBack(root, file, current);
  if (!current.ok) return refusal(path, current.reason);
  if (before === null || current.text === before) return { path, outcome: 'same', reason: '' };
  const reverted = revertEdits({ before, after, current: current.text });
  if (!reverted.ok)
    return refusal(path, `what apply wrote was edited since (near line ${reverted.line} as it wrote it)`);
  const merged = reverted.text !== before;
  if (merged && path.endsWith('.py') && !(await parsesAsPython(reverted.text)) && (await parsesAsPython(before)))
    return refusal(path, 'with the edits that were made since it would not parse');
  const outcome = writeFiles(root, [{ path, before: current.text, after: reverted.text, encoding }]);
  if (!outcome.ok) return refusal(path, outcome.problems.join('; ').replace(`${path}: `, ''));
  return { path, outcome: 'restored', reason: merged ? 'edits made since are kept' : '' };
}

/** A file that the run removed; one that stands there now is somebody's. */
function putBack(root: string, { path, before, encoding }: PlannedFile, current: Current): TakenBack {
  if (current.ok || !current.missing) {
    if (current.ok && current.text === before) return { path, outcome: 'same', reason: '' };
    return refusal(path, current.ok ? 'apply removed it, and another one stands there now' : current.reason);
  }
  const outcome = writeFiles(root, [{ path, before: null, after: before ?? '', encoding }]);
  return outcome.ok ? { path, outcome: 'restored', reason: '' } : refusal(path, outcome.problems.join('; '));
}

function remove(root: string, document: PlannedFile): TakenBack {
  const { path } = document;
  const current = readCurrent(root, document);
  if (!current.ok) return current.missing ? { path, outcome: 'same', reason: '' } : refusal(path, current.reason);
  if (current.text !== document.after) return refusal(path, 'it was edited since apply wrote it');
  const problem = removeFile(root, document);
  return problem === null ? { path, outcome: 'removed', reason: '' } : refusal(path, problem);
}

/**
 * Removes what a file is written to before it takes its place, where the process died in between: beside a file of the
 * run, with a number behind its name, younger than the run, and with the beginning of what was there or would have been.
 */
export function removeTemporaryFiles(root: string, run: UndoRun): void {
  const since = statSync(join(root, undoFolder, run.id, 'process'), { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
  const names = new Map<string, readonly string[]>();
  for (const file of run.files) {
    // Beside where it truly lies: a link stays, and what it leads to is replaced.
    const place = realPlace(join(root, file.path));
    const folder = dirname(place);
    const beside = names.get(folder) ?? namesIn(folder);
    names.set(folder, beside);
    const start = `${basename(place)}.`;
    for (const name of beside.filter((one) => one.startsWith(start) && /^\d+$/.test(one.slice(start.length)))) {
      const path = join(folder, name);
      const content = readRunFile(root, run, file);
      const entry = lstatSync(path);
      if (content === null || !entry.isFile() || entry.mtimeMs < since) continue;
      const bytes = readFileSync(path);
      const sides = [content.before ?? '', content.after].map((text) => encodeText(text, content.encoding));
      if (sides.some((side) => side !== null && bytes.every((byte, index) => byte === side[index]))) rmSync(path);
    }
  }
}

function realPlace(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

type Current =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string; readonly missing: boolean };

/** The file as it is now, in the encoding that it had. */
function readCurrent(root: string, { path, encoding }: PlannedFile): Current {
  try {
    const bytes = readFileSync(join(root, path));
    const text = bytes.toString(encoding === 'latin-1' ? 'latin1' : 'utf8');
    if (encodeText(text, encoding)?.every((byte, index) => byte === bytes[index]) !== true)
      return { ok: false, reason: 'it has another encoding now', missing: false };
    return { ok: true, text };
  } catch (error) {
    return { ok: false, reason: reasonOf(error), missing: (error as NodeJS.ErrnoException).code === 'ENOENT' };
  }
}
