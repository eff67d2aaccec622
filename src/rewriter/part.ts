/** A part of a project as something to tell about. */
import type { Discovery } from '../parser/discover.ts';
import { affectedFiles } from './affected.ts';
import type { Selection } from './assemble.ts';
import type { Project } from './project.ts';
import { inShard } from './shard.ts';

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
