import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseAllDocuments,
  visit,
} from 'yaml';
import type { ConfigurationProblem } from '../model.ts';

export type Path = readonly (string | number)[];

/** A configuration file as a value that remembers where everything stands. */
export interface ConfigurationDocument {
  readonly value: unknown;
  /** Line and column (1-based) of what stands at a path: the key for `key`, what follows it for `value`. */
  place(path: Path, of: 'key' | 'value'): { readonly line: number; readonly column: number };
  /** A scalar as it was written (`2.10`, not the number 2.1), null for anything else. */
  written(path: Path): string | null;
}

export type ConfigurationText =
  | { readonly ok: true; readonly document: ConfigurationDocument }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] };

/** Keys that JavaScript objects treat as their own. A mapping that used one could lose it silently. */
const reservedKeys = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads YAML 1.2 with exactly one document that is a mapping. Aliases, tags, and duplicate or composite keys are problems:
 * a configuration is read by people too, and each of them hides what holds.
 */
export function readConfigurationText(text: string, file: string): ConfigurationText {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text.startsWith('\uFEFF') ? text.slice(1) : text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
  });
  const at = (offset: number, message: string): ConfigurationProblem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), message };
  };
  const documents: readonly Document.Parsed[] = 'empty' in parsed ? [] : parsed;
  const [first, second] = documents;
  if (first === undefined || (isScalar(first.contents) && first.contents.value === null && first.errors.length === 0))
    return { ok: false, problems: [at(0, 'the file is empty; it needs at least `version: 1`')] };
  const problems = [...first.errors, ...first.warnings].map((error) => at(error.pos[0], yamlSentence(error.message)));
  if (second !== undefined) problems.push(at(second.range[0], 'a second document starts here; write one only'));
  if (problems.length > 0) return { ok: false, problems };
  if (!isMap(first.contents))
    return { ok: false, problems: [at(startOf(first.contents), 'the file must be a mapping such as `version: 1`')] };

  visit(first, {
    Alias: (_, node) => {
      problems.push(at(startOf(node), `the alias \`*${node.source}\` is not followed here; write the value out`));
    },
    Pair: (_, pair) => {
      const name = isScalar(pair.key) ? pair.key.value : undefined;
      if (isCollection(pair.key)) problems.push(at(startOf(pair.key), 'a key must be a plain word'));
      else if (typeof name === 'string' && reservedKeys.has(name))
        problems.push(at(startOf(pair.key), `\`${name}\` can not be used as a name here`));
    },
  });
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, document: describe(first, lines) };
}

function describe(document: Document.Parsed, lines: LineCounter): ConfigurationDocument {
  return {
    value: document.toJS(),
    place(path, of) {
      const offset = (of === 'key' ? keyOffset(document, path) : null) ?? valueOffset(document, path);
      const { line, col } = lines.linePos(offset);
      return { line, column: col };
    },
    written(path) {
      const node = document.getIn(path, true);
      return isScalar(node) && !isAlias(node) && node.source !== undefined ? node.source : null;
    },
  };
}

function keyOffset(document: Document.Parsed, path: Path): number | null {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (!isMap(parent)) return null;
  const name = String(path.at(-1));
  const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === name);
  return pair === undefined ? null : startOf(pair.key);
}

/** The value's place, its key's where there is no value (`queue:`), else that of the nearest thing around it. */
function valueOffset(document: Document.Parsed, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const part = path.slice(0, length);
    const node = document.getIn(part, true);
    const empty = isScalar(node) && node.value === null;
    const offset = isNode(node) && !empty ? startOf(node) : keyOffset(document, part);
    if (offset !== null) return offset;
  }
  return startOf(document.contents);
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

/** The library's messages in our words where they are the ones people meet. */
function yamlSentence(message: string): string {
  if (message === 'Map keys must be unique') return 'this key stands twice in the same mapping';
  return `not valid YAML: ${message}`;
}
