/**
 * Where translated documents go: `<stem>.bpg.yaml` beside the source, a second different request of the same source
 * `<stem>.<queue>.bpg.yaml`, then `<stem>.<queue>.<task_id>.bpg.yaml`. Nothing that is there is overwritten: a name that
 * another content has is passed over, whoever wrote it.
 */
import { posix } from 'node:path';
import type { Finding, NewFile } from '../model.ts';
import type { PreparedTask, Translated } from './prepare.ts';
import { factText, finding, type Project } from './project.ts';

export interface DocumentTarget {
  readonly path: string;
  /** Null where the very same file is already there. */
  readonly file: NewFile | null;
  readonly findings: readonly Finding[];
  /** Of a call that makes several tasks: the targets of its other documents, in their order. */
  readonly more: readonly DocumentTarget[];
}

/** Targets for all tasks whose document is a file, in source order, so that names do not depend on what is accepted. */
export function placeDocuments(
  project: Project,
  tasks: readonly PreparedTask[],
): ReadonlyMap<PreparedTask, DocumentTarget> {
  const taken = new Map<string, string>();
  const targets = new Map<PreparedTask, DocumentTarget>();
  for (const prepared of tasks) {
    const { document, request } = prepared;
    if (document?.from.kind !== 'file' || request === null) continue;
    const place = (one: Translated): DocumentTarget | null => {
      const { from } = one.document;
      if (from.kind !== 'file') return null;
      const text = withHeader(one.request.text, from.path, from.hash, project.style === 'file');
      return { ...placeOne(project, prepared, from.path, text, taken), more: [] };
    };
    const first = place({ document, request });
    const more = prepared.more.flatMap((one) => place(one) ?? []);
    if (first !== null)
      targets.set(prepared, { ...first, more, findings: [first, ...more].flatMap(({ findings }) => findings) });
  }
  return targets;
}

function placeOne(
  project: Project,
  { task, routed }: PreparedTask,
  source: string,
  text: string,
  taken: Map<string, string>,
): Omit<DocumentTarget, 'more'> {
  const extension = project.style === 'file' ? 'json' : 'yaml';
  let path = '';
  const names: string[] = [];
  for (const name of candidateNames(source, routed.queue, factText(task.taskId), extension)) {
    path = name;
    names.push(name);
    if (taken.get(path) === text) return { path, file: fileFor(project, path, text), findings: [] };
    if (taken.has(path)) continue;
    const there = project.read(path);
    // Another request, or a person's file: both stay, and this request gets a name of its own.
    if (there.ok && there.text !== text) continue;
    taken.set(path, text);
    return { path, file: fileFor(project, path, text), findings: [] };
  }
  return { path, file: null, findings: [finding('document-exists', task.place, { path: names.join(', '), source })] };
}

function fileFor(project: Project, path: string, text: string): NewFile | null {
  const there = project.read(path);
  return there.ok && there.text === text ? null : { path, text };
}

function* candidateNames(
  source: string,
  queue: string | null,
  task: string | null,
  extension: string,
): Generator<string> {
  const stem = source.replace(/\.(?:ya?ml|json)(?:\.(?:j2|jinja2?|tmpl|tpl))?$/, '');
  yield `${stem}.bpg.${extension}`;
  const part = queue === null ? 'default' : fileName(queue);
  yield `${stem}.${part}.bpg.${extension}`;
  if (task === null) return;
  yield `${stem}.${part}.${fileName(task)}.bpg.${extension}`;
}

const fileName = (name: string): string => name.replace(/[^\w.-]/g, '_');

/** A translated file remembers its source; JSON can't, for the gateway refuses comments. */
function withHeader(text: string, source: string, hash: string, json: boolean): string {
  return json ? text : `# translated from ${posix.basename(source)} (sha256 ${hash}) by bpg-migrate\n${text}`;
}
