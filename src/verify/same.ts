import type { Json } from '../model.ts';

/** Equal as JSON, whatever the order of keys. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  return ordered(one ?? null) === ordered(other ?? null);
}

function ordered(value: Json): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
