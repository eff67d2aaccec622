/** The change: Python call and document, one below the other, drawn once per change and width. */
import type { FileView } from '../../src/index.ts';
import { type DrawnLine, drawDifference } from './draw-difference.ts';
import { shorten } from './text.ts';
import type { Theme } from './theme.ts';

export interface DrawnChange {
  readonly lines: readonly string[];
  /** First line of each file, for going from one to the other. */
  readonly starts: readonly number[];
  /** Their names, as the title has them. */
  readonly names: readonly string[];
  /** The line to begin with: the call, rather than the imports above it. */
  readonly opens: number;
}

export interface ChangeStyle {
  readonly color: boolean;
  readonly width: number;
  readonly twoColumns: boolean;
  readonly theme: Theme;
  /** Line of the call in its file, 1-based. */
  readonly call: number;
}

/** How many drawings are kept: enough to go back and forth, and no burden for thousands of changes. */
const kept = 60;
/** Lines shown above the call. */
const above = 3;

export interface ChangeDrawer {
  (change: string, style: ChangeStyle): DrawnChange;
  /** Draws everything anew: the same change may have been edited. */
  forget(): void;
}

/** Draws changes, and remembers the last ones. `filesOf` is asked once as long as the drawing is remembered. */
export function createChangeDrawer(filesOf: (change: string) => readonly FileView[] | null): ChangeDrawer {
  const drawn = new Map<string, DrawnChange>();
  const drawChange = (change: string, style: ChangeStyle): DrawnChange => {
    const key = `${change} ${style.width} ${style.twoColumns} ${style.color} ${style.call}`;
    const known = drawn.get(key);
    if (known !== undefined) return known;
    const files = filesOf(change);
    const made =
      files === null
        ? { lines: ['this change can not be shown'], starts: [0], names: ['change'], opens: 0 }
        : draw(files, style);
    const oldest = drawn.keys().next().value;
    if (drawn.size >= kept && oldest !== undefined) drawn.delete(oldest);
    drawn.set(key, made);
    return made;
  };
  return Object.assign(drawChange, { forget: () => drawn.clear() });
}

function draw(files: readonly FileView[], style: ChangeStyle): DrawnChange {
  const lines: string[] = [];
  const starts: number[] = [];
  let opens = 0;
  for (const file of files) {
    if (lines.length > 0) lines.push('');
    const start = lines.length;
    starts.push(start);
    const drawn = drawFile(file, style);
    if (start === 0) opens = openingLine(drawn, style.call);
    lines.push(...drawn.map(({ text }) => text));
  }
  return { lines, starts, names: files.map(({ target }) => target), opens };
}

/** A few lines above the call; the beginning where the call is near to it. */
function openingLine(lines: readonly DrawnLine[], call: number): number {
  const at = lines.findIndex(({ before }) => before !== null && before >= call);
  return at <= above + 4 ? 0 : at - above;
}

function drawFile(file: FileView, style: ChangeStyle): DrawnLine[] {
  const { path, target, before, after } = file;
  const { theme, width } = style;
  const name = path === target ? path : `${path} → ${target}`;
  const line = (text: string): DrawnLine => ({ text, before: null });
  if (before === after) return [line(shorten(`no difference in ${name}`, width))];
  const title = [line(theme('bold', shorten(name, width))), line(theme('dim', '─'.repeat(width)))];
  return [...title, ...drawDifference(file, style)];
}
