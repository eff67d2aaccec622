/** Markdown that must not be longer than its place: cut between lines, with what was cut said at the end. */

/**
 * The text where it fits into `most` bytes of UTF-8; else as many of its lines as fit with a last sentence. A table that is
 * cut keeps its head, so what is left renders.
 */
export function cutMarkdown(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  const lines = text.split('\n');
  const say = (left: number): string =>
    `\n> **Cut here**: ${left} more lines would not fit. \`bpg-migrate report --output report.md\` writes all of them.\n`;
  const room = most - Buffer.byteLength(say(lines.length));
  if (room < 0) return '';
  let kept = 0;
  let size = 0;
  for (; kept < lines.length; kept += 1) {
    size += Buffer.byteLength(`${lines[kept]}\n`);
    if (size > room) break;
  }
  return `${lines.slice(0, kept).join('\n')}\n${say(lines.length - kept)}`;
}
