/** Lines onto the screen: only those that differ from what stands there, in one piece, so that nothing flickers. */

export interface Painter {
  /** Shows these lines from the top; what stood below them is cleared. */
  readonly show: (lines: readonly string[]) => void;
  /** The screen holds something else now: the next picture is drawn as a whole. */
  readonly forget: () => void;
}

const beginUpdate = '\u001b[?2026h';
const endUpdate = '\u001b[?2026l';

/** `write` is the terminal's. No line may be wider than the screen, and none may hold a line end. */
export function createPainter(write: (text: string) => void): Painter {
  let before: readonly string[] | null = null;
  return {
    show: (lines) => {
      const changed: string[] = before === null ? ['\u001b[0m\u001b[2J'] : [];
      const height = Math.max(lines.length, before?.length ?? 0);
      for (let row = 0; row < height; row++) {
        const line = lines[row] ?? '';
        // Cleared first: behind a full line the cursor still stands on its last column, and would clear that.
        if (line !== (before?.[row] ?? '')) changed.push(`\u001b[${row + 1};1H\u001b[0m\u001b[2K${line}`);
      }
      before = lines;
      if (changed.length > 0) write(`${beginUpdate}${changed.join('')}\u001b[0m${endUpdate}`);
    },
    forget: () => {
      before = null;
    },
  };
}
