/** The change: Python call and document, one below the other, drawn once per change and width. */
import { type FileView, renderSideBySide } from '../../src/index.ts';
import { highlight } from './highlight.ts';
import { shorten } from './text.ts';

export interface DrawnChange {
  readonly lines: readonly string[];
  /** First line of each file, for going from one to the other. */
  readonly starts: readonly number[];
}

export interface ChangeStyle {
  readonly color: boolean;
  readonly width: number;
  readonly twoColumns: boolean;
}

/** How many drawings are kept: enough to go back and forth, and no burden for thousands of changes. */
const kept = 60;

/** Draws changes, and remembers the last ones. `filesOf` is asked once as long as the drawing is remembered. */
export function createChangeDrawer(
  filesOf: (change: string) => readonly FileView[] | null,
): (change: string, style: ChangeStyle) => DrawnChange {
  const drawn = new Map<string, DrawnChange>();
  return (change, style) => {
    const key = `${change} ${style.width} ${style.twoColumns} ${style.color}`;
    const known = drawn.get(key);
    if (known !== undefined) return known;
    const files = filesOf(change);
    const made = files === null ? { lines: ['this change can not be shown'], starts: [0] } : draw(files, style);
    const oldest = drawn.keys().next().value;
    if (drawn.size >= kept && oldest !== undefined) drawn.delete(oldest);
    drawn.set(key, made);
    return made;
  };
}

function draw(files: readonly FileView[], style: ChangeStyle): DrawnChange {
  const lines: string[] = [];
  const starts: number[] = [];
  for (const file of files) {
    if (lines.length > 0) lines.push('');
    starts.push(lines.length);
    lines.push(...drawFile(file, style));
  }
  return { lines, starts };
}

function drawFile({ path, target, before, after }: FileView, style: ChangeStyle): string[] {
  const name = path === target ? path : `${path} → ${target}`;
  if (before === after) return [shorten(`no difference in ${name}`, style.width)];
  const lines = renderSideBySide([{ path: name, before, after, encoding: 'utf-8' }], style)
    .trimEnd()
    .split('\n');
  return style.color ? lines.map(highlight) : lines;
}
