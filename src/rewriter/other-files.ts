/** What other files of the tree say, indexed once: quoted words and identifiers, each with the files that hold it. */

export interface OtherFile {
  readonly path: string;
  /** Read again when it is asked for: a large tree has more text than memory should hold. */
  readonly text: string;
}

export interface OtherFiles {
  /** Files that hold the word in quotes. */
  quoting(word: string): readonly OtherFile[];
  /** Files that hold the identifier. */
  naming(identifier: string): readonly OtherFile[];
  /** Files with an import statement whose first line holds the word: those that may import from a module of that name. */
  importing(module: string): readonly OtherFile[];
}

/**
 * Indexes files when they are first asked for: most projects never ask. `read` gives the texts of those of `paths` that could
 * matter, the first time of all files there are; it is called for a few paths at a time, and no text is kept.
 */
export function indexFiles(
  paths: readonly string[],
  read: (paths: readonly string[]) => readonly { readonly path: string; readonly text: string }[],
): OtherFiles {
  let left: readonly OtherFile[] | null = null;
  const remembered = rememberLast((path) => read([path])[0]?.text ?? '');
  const fileAt = (path: string): OtherFile => ({
    path,
    get text() {
      return remembered(path);
    },
  });
  const indexed = (wordsIn: (text: string) => Iterable<string>): ((word: string) => readonly OtherFile[]) => {
    let index: Index | null = null;
    const make = (): Index => {
      const made: Index = new Map();
      const files = new Map((left ?? paths.map(fileAt)).map((file) => [file.path, file]));
      const held: OtherFile[] = [];
      for (const { path, text } of inBatches([...files.keys()], read)) {
        const file = files.get(path) ?? fileAt(path);
        held.push(file);
        for (const word of new Set(wordsIn(text))) addTo(made, word, file);
      }
      left = held;
      return made;
    };
    return (word) => {
      index ??= make();
      const found = index.get(word) ?? [];
      return Array.isArray(found) ? found : [found];
    };
  };
  // Task ids, DAG ids and connections; a longer text is none of them.
  const quoting = indexed((text) =>
    Array.from(text.matchAll(/(["'])([^"'\\\n]{1,250})\1/g), (match) => match[2] ?? ''),
  );
  const naming = indexed((text) => text.match(identifiers) ?? []);
  const importing = indexed((text) => (text.match(importLines) ?? []).flatMap((line) => line.match(identifiers) ?? []));
  return { quoting, naming, importing };
}

/** Files that import from the module at `path` and speak of the name. */
export function importersNaming(others: OtherFiles, path: string, name: string): readonly OtherFile[] {
  const module = /([^/]+?)(?:\/__init__)?\.py$/.exec(path)?.[1] ?? '';
  const importers = others.importing(module).filter((file) => file.path !== path);
  if (importers.length === 0) return importers;
  const naming = new Set(others.naming(name));
  return importers.filter((file) => naming.has(file));
}

const identifiers = /[A-Za-z_]\w*/g;
const importLines = /^[ \t]*(?:from|import)\b[^#\n]*/gm;

function* inBatches<T>(paths: readonly string[], read: (paths: readonly string[]) => readonly T[]): Generator<T> {
  for (let start = 0; start < paths.length; start += BATCH) yield* read(paths.slice(start, start + BATCH));
}

/** Texts held at once. */
const BATCH = 100;

/** Most words stand in one file only: no list for those. */
type Index = Map<string, OtherFile | OtherFile[]>;

/** A word that was cut out of a text keeps the whole text in memory, so a new one is copied. */
function addTo(index: Index, word: string, file: OtherFile): void {
  const known = index.get(word);
  if (known === undefined) index.set(Buffer.from(word).toString(), file);
  else if (Array.isArray(known)) known.push(file);
  else index.set(word, [known, file]);
}

/** The same file is mostly asked for several times in a row. */
function rememberLast(read: (path: string) => string): (path: string) => string {
  let last = { path: '', text: '' };
  return (path) => {
    if (path !== last.path) last = { path, text: read(path) };
    return last.text;
  };
}
