/**
 * Text of users made harmless to look at: escape sequences could repaint a terminal, and marks of direction or zero
 * width could make a line read as something that it is not.
 */

/** Control, format (direction, zero width, BOM) and lone surrogate characters, and the separators of line and paragraph. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const names: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function spell(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return names[character] ?? `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** The text on one line, with every character that does not show itself spelled out (`\x1b`, `\u202e`, `\n`). */
export function visible(text: string): string {
  return text.replace(hidden, spell);
}

/** The same for a line of code: tabs stay, for the caller to expand or the browser to lay out. */
export function visibleCode(text: string): string {
  return text.replace(hidden, (character) => (character === '\t' ? '\t' : spell(character)));
}
