/**
 * What a plan looked at, so that somebody can look again later: when every answer is the same, so is the plan. Answers
 * are hashes of content, never of times or absolute paths, so they hold on another machine too.
 */
import { createHash } from 'node:crypto';
import type { SourceFile } from '../model.ts';
import { type DiscoverOptions, type Discovery, discover } from './discover.ts';
import {
  listDocuments,
  listFiles,
  namesIn,
  type ProjectFile,
  readFilesNaming,
  readProjectFile,
} from './project-files.ts';

export type Look =
  /** All Python files below some paths: which there are, and every byte of them. */
  | { readonly kind: 'python'; readonly from: Omit<DiscoverOptions, 'root'> }
  | { readonly kind: 'file'; readonly path: string }
  /** Names of the files in a folder that match a regular expression. */
  | { readonly kind: 'names'; readonly folder: string; readonly pattern: string }
  /** Paths of all documents of the project. */
  | { readonly kind: 'documents' }
  /** Python, YAML and JSON files of the project with one of the words in them, and their content. */
  | { readonly kind: 'speaking'; readonly words: readonly string[]; readonly maxFileSize: number };

/** A look and the hash of what was seen. */
export interface Seen {
  readonly look: Look;
  readonly answer: string;
}

export type Remember = (seen: Seen) => void;

/** Discovers and remembers what was seen, from the very bytes that were read. */
export function discoverAndRemember(options: DiscoverOptions, words: readonly string[], remember: Remember): Discovery {
  const hash = createHash('sha256');
  const found = discover(options, words, (path, bytes, isLast) => {
    hash.update(bytes);
    if (isLast) hash.update(`\0${path}\0`);
  });
  const { root: _, ...from } = options;
  const skipped = found.skipped.map(({ path, reason }) => [path, reason]);
  hash.update(JSON.stringify([found.paths, skipped, found.problems]));
  remember({ look: { kind: 'python', from }, answer: hash.digest('hex') });
  return found;
}

export const fileSeen = (path: string, file: ProjectFile): Seen => ({
  look: { kind: 'file', path },
  answer: file.ok ? digest(file.bytes) : `- ${file.reason}`,
});

/** The names in the folder that match, and what was seen. */
export function namesMatching(root: string, folder: string, pattern: string): { names: string[]; seen: Seen } {
  const matches = new RegExp(pattern);
  const names = namesIn(root, folder).filter((name) => matches.test(name));
  return { names, seen: { look: { kind: 'names', folder, pattern }, answer: digest(JSON.stringify(names)) } };
}

/** All Python, YAML and JSON files of the project that hold one of the words, and what was seen. */
export function filesSpeaking(
  root: string,
  words: readonly string[],
  maxFileSize: number,
): { readonly files: readonly SourceFile[]; readonly seen: Seen } {
  const { files } = readFilesNaming(root, listFiles(root, /\.(?:py|ya?ml|json)$/), words, maxFileSize);
  const answer = digest(JSON.stringify(files.map(({ path, text }) => [path, text])));
  return { files, seen: { look: { kind: 'speaking', words, maxFileSize }, answer } };
}

export const documentsSeen = (paths: readonly string[]): Seen => ({
  look: { kind: 'documents' },
  answer: digest(JSON.stringify(paths)),
});

/** True when everything that was seen is still there as it was, and nothing has come that a look would see too. */
export function isStillSo(root: string, seen: readonly Seen[]): boolean {
  return seen.every(({ look, answer }) => answerTo(root, look) === answer);
}

function answerTo(root: string, look: Look): string {
  if (look.kind === 'file') return fileSeen(look.path, readProjectFile(root, look.path)).answer;
  if (look.kind === 'names') return namesMatching(root, look.folder, look.pattern).seen.answer;
  if (look.kind === 'documents') return documentsSeen(listDocuments(root)).answer;
  if (look.kind === 'speaking') return filesSpeaking(root, look.words, look.maxFileSize).seen.answer;
  let answer = '';
  discoverAndRemember({ root, ...look.from }, [], (seen) => {
    answer = seen.answer;
  });
  return answer;
}

const digest = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
