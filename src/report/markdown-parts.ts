/** The pieces of Markdown that a report is made of, with everything that comes from users escaped. */
import { visible } from './visible.ts';

/** Signs that could begin markup, a formula or the next cell, as what every renderer shows literally. */
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '|': '&#124;',
  $: '&#36;',
};

/** Prose on one line: no markup, no HTML, no pipe that would end a cell. */
export function text(value: string): string {
  return visible(value).replace(/[\\`*_{}[\]~&<>|$]/g, (sign) => escapes[sign] ?? `\\${sign}`);
}

/** Code on one line; in HTML's form where backticks could not hold it in every place (a pipe in a cell, a backtick). */
export function code(value: string): string {
  const shown = visible(value);
  if (shown.trim() === '' || /[|`<>&]/.test(shown)) return `<code>${text(value)}</code>`;
  return shown.startsWith(' ') && shown.endsWith(' ') ? `\` ${shown} \`` : `\`${shown}\``;
}

/** A sentence: text in which what stands between backticks is code. */
export function prose(value: string): string {
  return value.replace(/`([^`]+)`|[^`]+|`/g, (part, inside: string | undefined) =>
    inside === undefined ? text(part) : code(inside),
  );
}

/** A heading of markup that is already safe. */
export function heading(level: 1 | 2 | 3, content: string): string {
  return `${'#'.repeat(level)} ${content}`;
}

/** A list of items that are already safe. */
export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** A table of cells that are already safe. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A table or a list of at most `most` rows; how many are left out is said. */
export function limited(part: string, most: number): string {
  const lines = part.split('\n');
  const head = /^\| --- /.test(lines[1] ?? '') ? 2 : 0;
  const isRows = head > 0 || lines.every((line) => line.startsWith('- '));
  const rows = lines.length - head;
  if (!isRows || rows <= most) return part;
  const said = `_… and ${rows - most} more: see the HTML, JSON or CSV report._`;
  const kept = most === 0 ? [] : lines.slice(0, head + most);
  return [...kept, ...(kept.length === 0 ? [] : ['']), said].join('\n');
}
