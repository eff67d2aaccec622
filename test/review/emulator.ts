/** A terminal without a window: what is written to it, as the lines that a person would see. */
import xterm from '@xterm/headless';

export interface Emulator {
  readonly write: (text: string) => void;
  readonly resize: (columns: number, rows: number) => void;
  /** The screen, without blanks at the ends of lines, once all that was written has been drawn. */
  readonly lines: () => Promise<string[]>;
  /** True while the alternate screen is shown. */
  readonly isAlternate: () => boolean;
}

export function emulator(columns: number, rows: number): Emulator {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 500 });
  return {
    write: (text) => terminal.write(text),
    resize: (cols, lines) => terminal.resize(cols, lines),
    lines: () =>
      new Promise((done) => {
        terminal.write('', () => {
          const { active } = terminal.buffer;
          const line = (row: number): string =>
            active
              .getLine(active.baseY + row)
              ?.translateToString(true)
              .trimEnd() ?? '';
          done(Array.from({ length: terminal.rows }, (_, row) => line(row)));
        });
      }),
    isAlternate: () => terminal.buffer.active.type === 'alternate',
  };
}
