/** Which files of the project a path means: beside the DAG, on the search path, from `__file__`, or by the end of it. */

import { posix } from 'node:path';
import type { FileFacts, FindingArguments, SparkTask, WrittenPath } from '../model.ts';
import { escaped } from '../parser/escaped.ts';
import { HOLE } from '../parser/paths.ts';
import { brief, type Project } from './project.ts';

export interface FoundDocument {
  readonly path: string;
  /** The path as the DAG wrote it, as far as it is known. */
  readonly written: string;
  /** `mapped`: the only file of the project that the end of the path fits. */
  readonly how: 'beside' | 'searched' | 'project' | 'mapped';
}

export type FoundDocuments =
  | { readonly ok: true; readonly found: readonly FoundDocument[] }
  | { readonly ok: false; readonly code: string; readonly args: FindingArguments };

export function findDocuments(
  project: Project,
  facts: FileFacts,
  task: SparkTask,
  path: WrittenPath,
  isTemplate: boolean,
): FoundDocuments {
  const { from, text: written } = path;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(written)) return { ok: false, code: 'document-is-url', args: { path: written } };
  const text = written.replace(EXPRESSION, HOLE);
  if (/\{[{%#]/.test(text) || text === HOLE || (text !== written && !(isTemplate && rendersPaths(project))))
    return { ok: false, code: 'payload-at-run-time', args: { expression: brief(written) } };
  const places = from === 'project' ? [''] : isTemplate && !isFree(text) ? folders(project, facts, task) : [];
  const anchored = inFolders(project, places, text, dagFolder(facts, task), from === 'project');
  if (typeof anchored !== 'string') return { ok: true, found: anchored.map((one) => ({ ...one, written })) };
  const missing = (reason: string): FoundDocuments => ({
    ok: false,
    code: posix.isAbsolute(text) && from === 'written' ? 'document-absolute' : 'document-not-found',
    args: { path: written.replaceAll(HOLE, '…'), reason },
  });
  if (from === 'project' || anchored !== GONE) return missing(anchored);
  const mapped = byItsEnd(project, text, task);
  const [only] = mapped;
  if (only === undefined) return missing(anchored);
  if (mapped.length > 1) return missing(`${mapped.length} files of the project end like it`);
  return { ok: true, found: [{ path: only, written, how: 'mapped' }] };
}

const EXPRESSION = /\{\{(?:(?!\{\{|\}\}|\n).)*\}\}/g;

/** Airflow renders what stands in a template, not its name: only the operator that translates does both. */
const rendersPaths = ({ target, style }: Project): boolean =>
  style === 'templated' && target.parameters.has('translate');

/** True for a path of which a part is not known here: what it comes to must be left to choose. */
export const isOpenPath = (written: string): boolean => /\uFFFC|\{\{/.test(written);

/** Airflow looks beside the file of the DAG, wherever the function stands that makes the task. */
export function dagFolder({ source }: FileFacts, { reached }: SparkTask): string {
  return posix.dirname(reached?.dagFile ?? source.path);
}

const GONE = 'it does not exist';

/** The files below the first folder that has any, or why there are none. */
function inFolders(
  project: Project,
  places: readonly string[],
  text: string,
  beside: string,
  isFixed: boolean,
): readonly FoundDocument[] | string {
  let reason = GONE;
  for (const folder of places) {
    const candidate = posix.normalize(posix.join(folder, text));
    const how = isFixed ? 'project' : folder === beside ? 'beside' : 'searched';
    if (candidate.includes(HOLE)) {
      const fitting = matching(project, `^${pattern(candidate)}$`);
      if (fitting.length > 0) return fitting.map((path) => ({ path, written: text, how }));
      continue;
    }
    const file = project.read(candidate);
    if (file.ok) return [{ path: candidate, written: text, how }];
    if (!/does not exist/.test(file.reason)) reason = file.reason;
  }
  return reason;
}

/** Absolute, or below something that is not known: only the end of it says anything. */
const isFree = (text: string): boolean => posix.isAbsolute(text) || text.startsWith(`${HOLE}/`);

/** The folders of `template_searchpath` that lie in the project, then the configured ones. */
function folders(project: Project, facts: FileFacts, task: SparkTask): readonly string[] {
  const { dag } = task;
  const beside = dagFolder(facts, task);
  const own = (dag?.searchFolders ?? []).flatMap(({ from, text }) => {
    if (from === 'project') return [text];
    return isFree(text) ? [] : [text, posix.join(beside, text)];
  });
  return [beside, ...own, ...project.options.source.templateSearchPath];
}

/** The files that share the longest end with the path, below one of the free search folders where there is one. */
function byItsEnd(project: Project, text: string, { dag }: SparkTask): readonly string[] {
  const ways = [text];
  if (!isFree(text))
    for (const folder of dag?.searchFolders ?? [])
      if (folder.from === 'written' && isFree(folder.text)) ways.unshift(posix.join(folder.text, text));
  for (const way of ways) {
    const parts = posix
      .normalize(way)
      .split('/')
      .filter((part) => part !== '' && part !== '..' && part !== '.');
    // A relative path must fit as a whole, of an absolute one only the end can.
    const shortest = isFree(way) ? 1 : parts.length;
    for (let length = parts.length; length >= shortest; length -= 1) {
      const end = parts.slice(-length);
      if (end.some((part) => part.includes(HOLE))) continue;
      const found = matching(project, `(?:^|/)${pattern(end.join('/'))}$`);
      if (found.length > 0) return found;
    }
  }
  return [];
}

const pattern = (text: string): string => text.split(HOLE).map(escaped).join('.+');

function matching(project: Project, expression: string): readonly string[] {
  const fits = new RegExp(expression);
  return (project.documents?.() ?? []).filter((path) => fits.test(path));
}
