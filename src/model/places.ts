/** Places in files, and files as text. */

/** Half-open range of UTF-16 code units, as tree-sitter reports in JavaScript and as `slice` takes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where something stands: path relative to the root with `/`, line and column 1-based, column in UTF-16 units. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A decoded source file. `text` keeps a BOM and the line endings exactly as they were. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly encoding: 'utf-8' | 'latin-1';
}

/** What discovery found: files that could be read, and the others with the reason. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
  /** True when the file names a source class, so that leaving it out must raise the exit code. */
  readonly namesSource: boolean;
}
