/** The only ways by which text of users enters the page. */
import { visible, visibleCode } from '../visible.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function contained(text: string): string {
  return text.replace(/[&<>]/g, (sign) => entities[sign] ?? sign);
}

function entitled(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

/** Text for an element, hidden characters spelled out. Not for attributes: quotes stay, they are many. */
export function html(text: string): string {
  return contained(visible(text));
}

/** A sentence: text in which what stands between backticks is code. Escaped first, so nothing else can become markup. */
export function prose(text: string): string {
  return html(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

/** The same for a line of code, tabs kept. */
export function htmlCode(text: string): string {
  return contained(visibleCode(text));
}

/** The value of an attribute in double quotes. */
export function attribute(text: string): string {
  return entitled(visible(text));
}

/** The fragment, and the element id, of a deep link: percent-encoded as a browser does with what is typed. */
export function fragment(kind: 'task' | 'code' | 'sensor', id: string): string {
  return entitled(`${kind}=${encodeURI(id.toWellFormed())}`);
}
