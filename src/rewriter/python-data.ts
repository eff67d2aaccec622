/** A request as Python data, in the layout that the display of the document had. */
import type { Json, PythonData } from '../model.ts';

/** Where a line would be longer, a container is spread over several. */
const WIDTH = 100;

/** The request as a display; null where an expression became a part of a larger text, which no display can hold. */
export function writeDisplay(source: string, { display, holes }: PythonData, request: Json): string | null {
  const before = source.slice(display.start, display.end);
  const lineStart = source.lastIndexOf('\n', display.start - 1) + 1;
  const indent = /^[ \t]*/.exec(source.slice(lineStart))?.[0] ?? '';
  const inner = /\n([ \t]+)\S/.exec(before)?.[1];
  const step = inner?.startsWith(indent) === true && inner.length > indent.length ? inner.slice(indent.length) : '    ';
  const quote = before.includes('"') || !before.includes("'") ? '"' : "'";
  // Where the document has a filled container on one line, short ones may stay on one.
  const width = !before.startsWith('{') || /[{[][^\n{}[\]]+[}\]]/.test(before) ? WIDTH : 0;
  const printer = new Printer(new Map(holes.map(({ text }) => [text, text.slice(1, -1)])), step, quote, width);
  const flat = printer.flat(request);
  // What stands for a call has no layout of its own.
  const isLong = !/^\{|^dict\(/.test(before) && flat.length > WIDTH;
  const text = before.includes('\n') || isLong ? printer.spread(request, indent) : flat;
  if (printer.torn) return null;
  return source.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}

class Printer {
  torn = false;
  readonly #holes: ReadonlyMap<string, string>;
  readonly #step: string;
  readonly #quote: string;
  readonly #width: number;

  constructor(holes: ReadonlyMap<string, string>, step: string, quote: string, width: number) {
    this.#holes = holes;
    this.#step = step;
    this.#quote = quote;
    this.#width = width;
  }

  flat(value: Json): string {
    if (Array.isArray(value)) return `[${value.map((item: Json) => this.flat(item)).join(', ')}]`;
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value).map(([key, item]) => `${this.#text(key)}: ${this.flat(item as Json)}`);
      return `{${entries.join(', ')}}`;
    }
    return this.#scalar(value as null | boolean | number | string);
  }

  spread(value: Json, indent: string, isInner = false): string {
    const flat = this.flat(value);
    const isContainer = typeof value === 'object' && value !== null;
    if (!isContainer || (isInner && this.#fits(flat, indent))) return flat;
    const inside = indent + this.#step;
    const items = Array.isArray(value)
      ? value.map((item: Json) => this.spread(item, inside, true))
      : Object.entries(value).map(([key, item]) => `${this.#text(key)}: ${this.spread(item as Json, inside, true)}`);
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
    if (items.length === 0) return `${open}${close}`;
    return `${open}\n${items.map((item) => `${inside}${item},\n`).join('')}${indent}${close}`;
  }

  #fits(flat: string, indent: string): boolean {
    return indent.length + flat.length <= this.#width && !/[{[]/.test(flat.slice(1));
  }

  #scalar(value: null | boolean | number | string): string {
    if (value === null) return 'None';
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    return typeof value === 'number' ? String(value) : this.#text(value);
  }

  #text(text: string): string {
    const expression = this.#holes.get(text);
    if (expression !== undefined) return expression;
    if (/⟦.*⟧/s.test(text)) this.torn = true;
    const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
    return this.#quote + escaped.replaceAll(this.#quote, `\\${this.#quote}`) + this.#quote;
  }
}
