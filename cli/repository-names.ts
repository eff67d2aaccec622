import { sep } from 'node:path';

/**
 * What to call the repositories that reports are of, by the paths of these: the shortest ends of the paths that tell
 * them apart, without what all end in (`sales/report.json` and `risk/report.json` are `sales` and `risk`).
 */
export function namesFor(paths: readonly string[]): readonly string[] {
  const parts = paths.map((path) =>
    path
      .replace(/\.json$/i, '')
      .split(sep)
      .filter((part) => part !== ''),
  );
  const shortest = Math.min(...parts.map(({ length }) => length));
  const lastOf = (at: number): Set<string | undefined> => new Set(parts.map((own) => own.at(-1 - at)));
  let shared = 0;
  if (paths.length > 1) while (shared < shortest - 1 && lastOf(shared).size === 1) shared += 1;
  for (let length = 1; length < shortest; length += 1) {
    const names = parts.map((own) => own.slice(own.length - shared - length, own.length - shared).join('/'));
    if (new Set(names).size === names.length) return names;
  }
  return parts.map((own) => own.slice(0, own.length - shared).join('/'));
}
