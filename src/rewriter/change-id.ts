import { createHash } from 'node:crypto';

/** A short hash of what a change does: equal for equal subjects wherever they stand in the file. */
export function changeId(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}
