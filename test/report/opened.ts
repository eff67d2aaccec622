/** What a browser makes of a page's data, by the page's own code. */
import { expander } from '../../src/report/html/compress.ts';

interface PageData {
  readonly pieces: readonly string[];
  readonly bodies: readonly string[];
  readonly lines: readonly string[];
  readonly patches: readonly string[];
}
interface Reader {
  readonly expand: (text: string) => string;
  readonly numbersIn: (text: string) => readonly number[];
}

export const reader: Reader = new Function(`${expander}return { expand, numbersIn };`)();

function joined(pieces: readonly string[], text: string): string {
  return reader
    .numbersIn(text)
    .map((number) => pieces[number])
    .join('');
}

export function dataIn(page: string): PageData {
  const text = /<script type=text\/plain id=data>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
  return JSON.parse(reader.expand(text));
}

/** The page with all its details opened: those of the tasks in order, then what is filled in later. */
export function opened(page: string): string {
  const { pieces, bodies } = dataIn(page);
  const rest = page.replace(/<script[\s\S]*?<\/script>/g, '');
  return rest + bodies.map((body) => joined(pieces, body)).join('\n');
}

/** The patches of the tasks, in their order. */
export function patchesIn(page: string): readonly string[] {
  const { lines, patches } = dataIn(page);
  return patches.map((patch) => joined(lines, patch));
}
