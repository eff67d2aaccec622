/** A part of a project that one of several runs plans: its files, by their paths alone, so that all runs agree. */
import type { Shard } from '../model.ts';
import type { Discovery } from '../parser/discover.ts';
import { affectedFiles } from './affected.ts';
import type { Selection } from './assemble.ts';
import type { Project } from './project.ts';

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

/**
 * What a report of the shard is made from. The project was read as a whole, for files tell about each other; told is what
 * lies in the shard's own files, so that the reports of all shards together are the report of the project.
 */
export function partOf(
  project: Project,
  discovery: Discovery,
  selection: Selection,
): { readonly project: Project; readonly discovery: Discovery; readonly selection: Selection } {
  const { shard, changed } = selection;
  if (shard === undefined) return { project, discovery, selection };
  const own = ({ path }: { readonly path: string }): boolean => inShard(path, shard);
  const { others } = project;
  const paths = discovery.paths.filter((path) => inShard(path, shard));
  return {
    project: {
      ...project,
      files: project.files.filter(({ source }) => own(source)),
      others: { ...others, quoting: (word) => others.quoting(word).filter(own) },
    },
    discovery: { ...discovery, paths, seen: paths.length, skipped: discovery.skipped.filter(own) },
    selection: changed === undefined ? selection : { ...selection, changed: affectedFiles(project.files, changed) },
  };
}
