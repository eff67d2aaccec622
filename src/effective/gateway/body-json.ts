import type { BodyNode, BodyReading } from './body-node.ts';
import { renderDouble } from './java-numbers.ts';

/** Strict JSON: no comments, no trailing comma, no NaN; what follows the first value is not looked at. */

class JsonProblem extends Error {}

const blank = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /[A-Za-z_$][\w$]*/y;
const plainText = /[^"\\]*/y;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Values inside one another, as many as the gateway's parser takes. */
const deepest = 1000;

class JsonReader {
  private readonly text: string;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The next value, blanks before it skipped. */
  value(): BodyNode {
    this.skip();
    const first = this.text[this.at];
    if (first === '{') return this.inside(() => this.map());
    if (first === '[') return this.inside(() => this.list());
    if (first === '"') return { kind: 'text', text: this.string() };
    if (first === '-' || (first !== undefined && first >= '0' && first <= '9')) return this.number();
    return this.word();
  }

  private inside(read: () => BodyNode): BodyNode {
    if (++this.depth > deepest) this.refuse('Document nesting depth exceeds the maximum allowed');
    const node = read();
    this.depth--;
    return node;
  }

  private map(): BodyNode {
    const entries: [string, BodyNode][] = [];
    this.at++;
    if (this.closes('}')) return { kind: 'map', entries };
    do {
      this.skip();
      if (this.text[this.at] !== '"') this.refuse('was expecting double-quote to start field name');
      const key = this.string();
      if (!this.takes(':')) this.refuse('was expecting a colon to separate field name and value');
      entries.push([key, this.value()]);
    } while (this.takes(','));
    if (!this.takes('}')) this.refuse('was expecting comma to separate Object entries');
    return { kind: 'map', entries };
  }

  private list(): BodyNode {
    const items: BodyNode[] = [];
    this.at++;
    if (this.closes(']')) return { kind: 'list', items };
    do items.push(this.value());
    while (this.takes(','));
    if (!this.takes(']')) this.refuse('was expecting comma to separate Array entries');
    return { kind: 'list', items };
  }

  private string(): string {
    this.at++;
    let out = '';
    for (;;) {
      const run = this.match(plainText) ?? '';
      if ([...run].some((char) => char < ' ')) this.refuse('Illegal unquoted character');
      out += run;
      const next = this.text[this.at++];
      if (next === '"') return out;
      if (next === undefined) this.refuse('Unexpected end-of-input');
      out += this.escape();
    }
  }

  private escape(): string {
    const letter = this.text[this.at++] ?? '';
    if (letter !== 'u') return escapes[letter] ?? this.refuse(`Unrecognized character escape '${letter}'`);
    const digits = this.text.slice(this.at, this.at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.refuse('expected a hex-digit for character escape sequence');
    this.at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  private number(): BodyNode {
    const text = this.match(number);
    if (text === null || /[\w.]/.test(this.text[this.at] ?? ' ')) return this.refuse('Malformed numeric value');
    if (/^-?\d+$/.test(text)) return { kind: 'integer', text, value: BigInt(text) };
    return { kind: 'float', text: renderDouble(Number(text)), value: Number(text) };
  }

  private word(): BodyNode {
    const text = this.match(word);
    if (text === 'null') return { kind: 'null' };
    if (text === 'true' || text === 'false') return { kind: 'boolean', text, value: text === 'true' };
    if (text === 'NaN') return this.refuse("Non-standard token 'NaN'");
    if (text !== null) return this.refuse(`Unrecognized token '${text}'`);
    return this.refuse(`Unexpected character ('${this.text[this.at] ?? 'end-of-input'}')`);
  }

  /** True once no token is left: an empty body. */
  atEnd(): boolean {
    this.skip();
    return this.at >= this.text.length;
  }

  private closes(bracket: string): boolean {
    return this.takes(bracket);
  }

  private takes(char: string): boolean {
    this.skip();
    if (this.text[this.at] !== char) return false;
    this.at++;
    return true;
  }

  private skip(): void {
    this.match(blank);
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    this.at += found?.length ?? 0;
    return found;
  }

  private refuse(problem: string): never {
    throw new JsonProblem(problem);
  }
}

/** Reads a body as JSON. A byte order mark is no JSON. */
export function readJsonBody(text: string): BodyReading {
  const reader = new JsonReader(text);
  if (reader.atEnd()) return { ok: false, problem: 'No content to map due to end-of-input' };
  try {
    return { ok: true, node: reader.value() };
  } catch (problem) {
    if (problem instanceof JsonProblem) return { ok: false, problem: problem.message };
    throw problem;
  }
}
