/**
 * `.bpg-migrate/sources.json`: what JSON requests were translated from. The gateway refuses comments in JSON, so these files
 * can not remember it themselves.
 */

/** By path of the request: path and hash of its source as it was then. */
export type Sources = ReadonlyMap<string, { readonly source: string; readonly sha256: string }>;

/** Reads the file; null for what is none. Entries that are something else are passed over. */
export function readSources(text: string): Sources | null {
  let value: { readonly version?: unknown; readonly sources?: unknown } | null;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (value?.version !== 1 || typeof value.sources !== 'object' || value.sources === null) return null;
  return new Map(
    Object.entries(value.sources).flatMap(([path, entry]) => {
      const { source, sha256 } = (entry ?? {}) as Readonly<Record<string, unknown>>;
      return typeof source === 'string' && typeof sha256 === 'string' ? [[path, { source, sha256 }] as const] : [];
    }),
  );
}

/** Sorted, one request a line, so that git merges it. */
export function writeSources(sources: Sources): string {
  const lines = [...sources]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([path, { source, sha256 }]) => `    ${JSON.stringify(path)}: ${JSON.stringify({ source, sha256 })}`);
  return `{\n  "version": 1,\n  "sources": {${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}}\n}\n`;
}
