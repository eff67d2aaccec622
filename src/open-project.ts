/** Reads a project: which files name the classes, what stands in them, which operator and versions they meet. */
import type { ClassMeaning, FileFacts, Options, PythonEnvironment, SourceClass, SourceFile } from './model.ts';
import { DefinitionSites } from './parser/definition-sites.ts';
import { type DiscoverOptions, type Discovery, discover } from './parser/discover.ts';
import { followExports } from './parser/follow-exports.ts';
import { DefinitionLinker } from './parser/link-definitions.ts';
import {
  discoverAndRemember,
  documentsSeen,
  fileSeen,
  filesSpeaking,
  namesMatching,
  type Remember,
} from './parser/looks.ts';
import { listDocuments, type ProjectFile, readFilesNaming, readProjectFile } from './parser/project-files.ts';
import { readPythonFile } from './parser/read-file.ts';
import { SOURCE_WORDS } from './parser/source-classes.ts';
import { loadPython } from './parser/syntax.ts';
import { pinFiles } from './rewriter/deployment.ts';
import { type FoundEra, findEra } from './rewriter/find-era.ts';
import { findGateway } from './rewriter/gateway-check.ts';
import { withoutExpiredIgnores } from './rewriter/ignores.ts';
import { findMentions } from './rewriter/mentions.ts';
import { indexFiles } from './rewriter/other-files.ts';
import type { Project } from './rewriter/project.ts';
import { sensorIds } from './rewriter/references.ts';
import { hasRuntimeHelper } from './rewriter/runtime-payload.ts';
import { secondLookWords } from './rewriter/second-look.ts';
import { findTarget } from './target/find.ts';
import { payloadStyle } from './target/payload-style.ts';
import { splitName } from './target/profiles.ts';

export interface OpenedProject {
  readonly project: Project;
  readonly discovery: Discovery;
  /** True when a file that names a source class can't be read or does not parse. */
  readonly brokenSources: boolean;
  /** Versions and how they were found. */
  readonly versions: FoundEra['versions'];
}

/**
 * `paths` as asked for; empty: the configuration's, else `dags`, else everything. `onFile` is called for each file,
 * `remember` for everything that is looked at, whenever it is; without it nothing is hashed. `environment`: what the Python
 * that runs the DAGs holds, for what the project does not tell.
 */
export async function openProject(
  options: Options,
  paths: readonly string[],
  today: string | null,
  onFile: (done: number, files: number) => void,
  remember?: Remember,
  environment?: PythonEnvironment,
): Promise<OpenedProject> {
  const python = await loadPython();
  const { operator, payload } = options.target;
  const words = [operator, ...options.classes.map(({ name }) => name)].map((name) => splitName(name).className);
  const discovery = discoverFrom(options, paths, [...SOURCE_WORDS, ...words], remember);
  const own = configuredClasses(options);
  const readOne = (source: SourceFile, classes: ReadonlyMap<string, ClassMeaning>): FileFacts =>
    withoutExpiredIgnores(readPythonFile(python, source, operator, classes), today);
  const first = discovery.files.map((source, index) => {
    const facts = readOne(source, own);
    onFile(index + 1, discovery.files.length);
    return facts;
  });
  const readMore = (words: readonly string[]): readonly SourceFile[] =>
    readFilesNaming(options.root, discovery.paths, words, options.maxFileSize).files;
  const beside = modulesBeside(options, discovery, readOne, remember);
  const followed = followExports(first, beside, own, options.source.sourceRoots, readMore, readOne);
  const sites = new DefinitionSites(python, options.source.sourceRoots, readMore);
  const merges = options.sharedDefinitions === 'in-place';
  const linker = new DefinitionLinker(python, sites, operator, merges, (source) => readOne(source, own));
  const files = linker.link(followed, beside);
  const read = remembering(options.root, remember);
  const { target, findings } = findTarget(options, python, read, (module) => environment?.modules[module] ?? null);
  const { gateway, findings: gatewayFindings } = findGateway(options, read);
  const { root, maxFileSize } = options;
  const { era, versions } = findEra(options, () => pinsOf(options, read, remember), environment);
  const speaking = once(() => secondLookWords(files, options));
  const project: Project = {
    options,
    target,
    targetFindings: [...findings, ...gatewayFindings],
    gateway,
    runtimeHelper: hasRuntimeHelper(options, read),
    style: payloadStyle(target, payload),
    era,
    files,
    python,
    today,
    read,
    documents: once(() => {
      const documents = listDocuments(root);
      remember?.(documentsSeen(documents));
      return documents;
    }),
    mentions: findMentions(
      () => sensorIds(files),
      (words) => {
        const { files: found, seen } = filesSpeaking(root, words, maxFileSize);
        remember?.(seen);
        return found;
      },
    ),
    others: indexFiles(discovery.paths, (some) => readFilesNaming(root, some, speaking(), maxFileSize).files),
  };
  return { project, discovery, brokenSources: isBroken(discovery, files), versions };
}

/** Modules that DAGs may import from folders that were not asked for: what they export counts, what they call does not. */
function modulesBeside(
  options: Options,
  { paths: asked }: Discovery,
  read: (source: SourceFile, classes: ReadonlyMap<string, ClassMeaning>) => FileFacts,
  remember?: Remember,
): readonly FileFacts[] {
  const known = new Set(asked);
  const paths = [...new Set(['plugins', 'include', ...options.source.sourceRoots])];
  const words = [...SOURCE_WORDS, splitName(options.target.operator).className];
  const { files: all } = look(discoverOptions(options, paths), words, remember);
  const files = all.filter(({ path }) => !known.has(path));
  return files.map((file) => read(file, new Map()));
}

/** The user's own subclasses, as the configuration names them. */
function configuredClasses({ classes }: Options): ReadonlyMap<string, SourceClass> {
  return new Map(
    classes.map(({ name, as }) => [name, as === 'operator' ? 'SparkKubernetesOperator' : 'SparkKubernetesSensor']),
  );
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function remembering(root: string, remember?: Remember): (path: string) => ProjectFile {
  const known = new Map<string, ProjectFile>();
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const file = readProjectFile(root, path);
    known.set(path, file);
    remember?.(fileSeen(path, file));
    return file;
  };
}

/** Versions of a deployment as configuration, pin files and an environment say them; no DAG is looked at. */
export function versionsOf(options: Options, environment?: PythonEnvironment): FoundEra['versions'] {
  return findEra(options, () => pinsOf(options, remembering(options.root)), environment).versions;
}

/** The files of the root that pin versions, with their texts. */
function pinsOf(
  { root }: Options,
  read: (path: string) => ProjectFile,
  remember?: Remember,
): readonly { readonly path: string; readonly text: string }[] {
  const { names, seen } = namesMatching(root, '', pinFiles.source);
  remember?.(seen);
  return names.flatMap((path) => {
    const file = read(path);
    return file.ok ? [{ path, text: file.text }] : [];
  });
}

/** The Python files that a plan would look at and in whose text one of the words stands. */
export function filesNaming(options: Options, words: readonly string[]): readonly SourceFile[] {
  return discoverFrom(options, [], words).files;
}

function discoverFrom(
  options: Options,
  asked: readonly string[],
  words: readonly string[],
  remember?: Remember,
): Discovery {
  const from = (paths: readonly string[]): Discovery => look(discoverOptions(options, paths), words, remember);
  if (asked.length > 0) return from(asked);
  if (options.paths.length > 0) return from(options.paths);
  const usual = from(['dags']);
  return usual.problems.length > 0 ? from(['.']) : usual;
}

function discoverOptions({ root, exclude, maxFileSize, source }: Options, paths: readonly string[]): DiscoverOptions {
  return { root, paths, exclude, maxFileSize, ignoreSyntax: source.ignoreSyntax, airflow: source.airflow };
}

function look(options: DiscoverOptions, words: readonly string[], remember?: Remember): Discovery {
  return remember === undefined ? discover(options, words) : discoverAndRemember(options, words, remember);
}

/** A file that is skipped for its size is said and no more. */
function isBroken(found: Discovery, files: readonly FileFacts[]): boolean {
  const unreadable = found.skipped.some(({ namesSource, reason }) => namesSource && !reason.startsWith('larger than'));
  const sources = files.filter(({ source }) => SOURCE_WORDS.some((word) => source.text.includes(word)));
  return unreadable || sources.some(({ errors }) => errors.length > 0);
}
