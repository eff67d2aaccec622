/** Whose a DAG is by its tags. The last source: a tag is written to find DAGs, not to answer for them. */

/** Words that say of a tag that it names an owner, in the order in which they are believed. */
const words: readonly string[] = ['owner', 'team'];

/**
 * The one that `owner:x` or else `team:x` names (also `owner=x`), else the only tag. Null where several differ: which of
 * them is the owner would be a guess.
 */
export function ownerOfTags(tags: readonly string[]): string | null {
  const named = tags.map((tag) => /^([a-z]+)\s*[:=](.*)$/is.exec(tag.trim()));
  for (const word of words) {
    const names = new Set(named.flatMap((parts) => (parts?.[1]?.toLowerCase() === word ? [parts[2]?.trim()] : [])));
    names.delete('');
    if (names.size > 0) return only(names);
  }
  // `tier:1` is a word about something else.
  return named.some((parts) => parts !== null) ? null : only(new Set(tags.map((tag) => tag.trim()).filter(Boolean)));
}

function only(names: ReadonlySet<string | undefined>): string | null {
  const [first, ...others] = names;
  return first === undefined || others.length > 0 ? null : first;
}
