/** The only ways by which text of users enters the page. */
import { visible, visibleCode } from '../visible.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function entitled(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

/** Text for an element or a quoted attribute, hidden characters spelled out. */
export function html(text: string): string {
  return entitled(visible(text));
}

/** The same for a line of code, tabs kept. Not for attributes. */
export function htmlCode(text: string): string {
  return visibleCode(text).replace(/[&<>]/g, (sign) => entities[sign] ?? sign);
}

/** The fragment, and the element id, of a deep link: percent-encoded as a browser does with what is typed. */
export function fragment(kind: 'task' | 'code' | 'sensor', id: string): string {
  return entitled(`${kind}=${encodeURI(id.toWellFormed())}`);
}
