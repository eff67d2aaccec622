/** The text as a regular expression that matches just it. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A pattern for the word in quotes of either kind. */
export function inQuotes(word: string): RegExp {
  return new RegExp(`(['"])${escaped(word)}\\1`);
}
