/** A part of a project that one of several runs plans: its files, by their paths alone, so that all runs agree. */
import type { Shard } from '../model.ts';

/** True when the file is the shard's; without a shard every file is. */
export function inShard(path: string, shard: Shard | undefined): boolean {
  return shard === undefined || hashOf(path) % shard.count === shard.index - 1;
}

/** FNV-1a with a last stir, for paths differ in few places and their sum must not. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) >>> 0;
}
