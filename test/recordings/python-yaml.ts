import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseAllDocuments, type YAMLMap } from 'yaml';
import type { Json } from '../../src/model.ts';

/**
 * Documents as PyYAML's safe loader reads them, which is what recorded them: `1e3` and dates stay texts, `yes` is true,
 * `12:30` is 750, a collection as a key is refused.
 */
export type PythonReading = { readonly ok: true; readonly documents: readonly Json[] } | { readonly ok: false };

class Unreadable extends Error {}

/** Reads all documents of a text; one that can't be read spoils them all. */
export function readPythonYaml(text: string): PythonReading {
  const parsed = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false });
  const documents: readonly Document[] = Array.isArray(parsed) ? parsed : [];
  if (documents.some((document) => document.errors.length > 0)) return { ok: false };
  try {
    return { ok: true, documents: documents.map((document) => new Reader(document).read()) };
  } catch (problem) {
    if (problem instanceof Unreadable || problem instanceof ReferenceError) return { ok: false };
    throw problem;
  }
}

class Reader {
  private readonly document: Document;

  constructor(document: Document) {
    this.document = document;
  }

  read(): Json {
    return this.value(this.document.contents);
  }

  private value(node: unknown): Json {
    if (isAlias(node)) {
      const target: Node | undefined = node.resolve(this.document);
      if (target === undefined) throw new Unreadable(node.source);
      return this.value(target);
    }
    if (isMap(node)) return Object.fromEntries(this.entries(node));
    if (isSeq(node)) return node.items.map((item) => this.value(item));
    if (!isScalar(node)) return null;
    const text = String(node.value ?? '');
    const plain = node.type === undefined || node.type === 'PLAIN';
    return plain && node.tag === undefined ? resolve(text) : text;
  }

  /** Merge keys come first, so that the map's own entries win. */
  private entries(map: YAMLMap): readonly (readonly [string, Json])[] {
    const merged: (readonly [string, Json])[] = [];
    const own: (readonly [string, Json])[] = [];
    for (const { key, value } of map.items) {
      if (isMap(key) || isSeq(key)) throw new Unreadable('unhashable key');
      const name = this.value(key);
      if (name !== '<<') own.push([keyText(name), this.value(value)]);
      else for (const part of [this.value(value)].flat()) merged.push(...Object.entries(part ?? {}));
    }
    return [...merged, ...own];
  }
}

/** Keys become texts as Python's JSON writer makes them. */
function keyText(key: Json): string {
  return key === null ? 'null' : String(key);
}

const integers: readonly (readonly [pattern: RegExp, base: number, prefix: RegExp])[] = [
  [/^[-+]?0b[01_]+$/, 2, /0b/],
  [/^[-+]?0[0-7_]+$/, 8, /^[-+]?0/],
  [/^[-+]?0x[0-9a-fA-F_]+$/, 16, /0x/],
  [/^[-+]?(?:0|[1-9][0-9_]*)$/, 10, /^$/],
];
const sexagesimal = /^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+$/;
const float = /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$/;

function resolve(text: string): Json {
  if (/^(?:~|null|Null|NULL|)$/.test(text)) return null;
  if (/^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/.test(text)) return true;
  if (/^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/.test(text)) return false;
  const digits = text.replaceAll('_', '');
  for (const [pattern, base, prefix] of integers)
    if (pattern.test(text))
      return (text.startsWith('-') ? -1 : 1) * Number.parseInt(digits.replace(prefix, '').replace(/^[-+]/, ''), base);
  if (sexagesimal.test(text))
    return (
      (text.startsWith('-') ? -1 : 1) *
      digits
        .replace(/^[-+]/, '')
        .split(':')
        .reduce((sum, part) => sum * 60 + Number(part), 0)
    );
  return float.test(text) ? Number(digits) : text;
}
