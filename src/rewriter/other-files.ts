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
}

/** Indexes files when they are first asked for: most projects never ask. */
export function indexFiles(read: () => readonly OtherFile[]): OtherFiles {
  let files: readonly OtherFile[] | null = null;
  const indexed = (pattern: RegExp): ((word: string) => readonly OtherFile[]) => {
    let index: Map<string, OtherFile[]> | null = null;
    return (word) => {
      files ??= read();
      index ??= indexBy(files, pattern);
      return index.get(word) ?? [];
    };
  };
  // Task ids, DAG ids and connections; a longer text is none of them.
  const quoting = indexed(/(["'])([^"'\\\n]{1,250})\1/g);
  const naming = indexed(/()([A-Za-z_]\w*)/g);
  return { quoting, naming };
}

function indexBy(files: readonly OtherFile[], pattern: RegExp): Map<string, OtherFile[]> {
  const index = new Map<string, OtherFile[]>();
  for (const file of files) {
    for (const word of new Set(Array.from(file.text.matchAll(pattern), (match) => match[2] ?? ''))) {
      const known = index.get(word);
      if (known === undefined) index.set(word, [file]);
      else known.push(file);
    }
  }
  return index;
}
