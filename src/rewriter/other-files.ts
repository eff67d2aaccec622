/** What other files of the tree say, indexed once: quoted words and identifiers, each with the files that hold it. */

export interface OtherFile {
  readonly path: string;
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

/** Indexes files when they are first asked for: most projects never ask. */
export function indexFiles(read: () => readonly OtherFile[]): OtherFiles {
  let files: readonly OtherFile[] | null = null;
  const indexed = (wordsIn: (text: string) => Iterable<string>): ((word: string) => readonly OtherFile[]) => {
    let index: Map<string, OtherFile[]> | null = null;
    return (word) => {
      files ??= read();
      index ??= indexBy(files, wordsIn);
      return index.get(word) ?? [];
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

function indexBy(files: readonly OtherFile[], wordsIn: (text: string) => Iterable<string>): Map<string, OtherFile[]> {
  const index = new Map<string, OtherFile[]>();
  for (const file of files) {
    for (const word of new Set(wordsIn(file.text))) {
      const known = index.get(word);
      if (known === undefined) index.set(word, [file]);
      else known.push(file);
    }
  }
  return index;
}
