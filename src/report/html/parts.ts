/** Pieces of the page that sections are made of. What they are given is markup already. */
import { attribute, html } from './escape.ts';

/** A section with its heading; nothing where there is nothing to say. */
export function section(id: string, title: string, body: string): string {
  return body === '' ? '' : `<section id=${id}><h2>${title}</h2>${body}</section>\n`;
}

/** A table, which scrolls by itself, with the keyboard too, where it is wider than the page. */
export function grid(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}`).join('')}`).join('\n');
  return `<div class=scroll tabindex=0><table class=grid><thead><tr>${head.map((cell) => `<th scope=col>${cell}`).join('')}<tbody>${body}</table></div>`;
}

/** A link to the list of tasks with a filter set: `#list?owner==team-a`. */
export function taskLink(filter: Readonly<Record<string, string>>, text: string): string {
  const query = Object.entries(filter).map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`);
  return `<a href="#list?${attribute(query.join('&'))}">${text}</a>`;
}

/** Some of the items, the rest counted. */
export function shortList(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).join(', ');
  return items.length <= most ? shown : `${shown} and ${items.length - most} more`;
}

/** Text as code. */
export const codeOf = (text: string): string => `<code>${html(text)}</code>`;
