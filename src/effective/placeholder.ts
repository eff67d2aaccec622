/** Jinja that something renders before the text is used: what it becomes can't be known here. */
const jinja = /\{\{|\{%/;

/** True for text with an unrendered expression. */
export function isPlaceholder(value: unknown): value is string {
  return typeof value === 'string' && jinja.test(value);
}
