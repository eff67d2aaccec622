/** Paths as git writes them in a patch. */

/** Escapes of C that git uses; other bytes outside of printable ASCII become three octal digits. */
const escapes: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
};

/** The path as git quotes it (`core.quotePath`, its default): in C's quotes where a byte needs them, else as it is. */
export function quoteGitPath(path: string): string {
  let quoted = '';
  let needed = false;
  for (const byte of Buffer.from(path, 'utf8')) {
    const escaped = escapes[byte] ?? (byte < 0x20 || byte >= 0x7f ? `\\${byte.toString(8).padStart(3, '0')}` : null);
    needed ||= escaped !== null;
    quoted += escaped ?? String.fromCharCode(byte);
  }
  return needed ? `"${quoted}"` : path;
}
