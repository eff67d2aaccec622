/** CODEOWNERS: whose a file is, by the last pattern that matches it. */
import ignore from 'ignore';

interface Rule {
  readonly matches: (path: string) => boolean;
  /** Empty: the pattern says that nobody is. */
  readonly owners: readonly string[];
}

/** The text of CODEOWNERS, and the root as the top of its repository names it (`` or `team/airflow/`). */
export interface Codeowners {
  readonly text: string;
  readonly prefix: string;
}

/** Whose a file is, named relative to the root; nobody's where there is no CODEOWNERS. */
export function codeownersOf(codeowners: Codeowners | undefined): (file: string) => string | null {
  if (codeowners === undefined) return () => null;
  const ownerOf = readCodeowners(codeowners.text);
  return (file) => ownerOf(codeowners.prefix + file);
}

/**
 * Reads the file as GitHub does, and GitLab's sections with their default owners as one list. The answer are the owners
 * of a path from the top of the repository, joined by a space; null where no pattern matches or the last names nobody.
 */
export function readCodeowners(text: string): (path: string) => string | null {
  const rules = rulesOf(text).reverse();
  const known = new Map<string, string | null>();
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const owners = rules.find(({ matches }) => matches(path))?.owners ?? [];
    const owner = owners.length === 0 ? null : owners.join(' ');
    known.set(path, owner);
    return owner;
  };
}

function rulesOf(text: string): Rule[] {
  const rules: Rule[] = [];
  let inherited: readonly string[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|[\r\n]/)) {
    const section = /^\^?\[[^\]]+\](?:\[\d+\])?(?<owners>.*)$/.exec(line.trim());
    if (section !== null) {
      inherited = wordsOf(section.groups?.['owners'] ?? '');
      continue;
    }
    const [pattern, ...owners] = wordsOf(line);
    if (pattern === undefined) continue;
    const matches = matcherOf(pattern);
    if (matches !== null) rules.push({ matches, owners: owners.length > 0 ? owners : inherited });
  }
  return rules;
}

/** Words apart by space, up to a comment; `\ ` is a space and `\#` a hash inside of one. */
function wordsOf(line: string): readonly string[] {
  const end = /(?<=^|\s)#/.exec(line)?.index ?? line.length;
  return line.slice(0, end).match(/(?:\\.|\S)+/g) ?? [];
}

/** Null for what CODEOWNERS does not have: negation. */
function matcherOf(pattern: string): Rule['matches'] | null {
  if (pattern.startsWith('!')) return null;
  const matcher = ignore({ ignorecase: false, allowRelativePaths: true }).add(pattern);
  // Unlike in .gitignore, `docs/*` are the files of that folder only.
  if (!pattern.endsWith('/*')) return (path) => matcher.ignores(path);
  return (path) => {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    return matcher.ignores(path) && (folder === '' || !matcher.ignores(folder));
  };
}
