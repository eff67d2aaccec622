import { describe, expect, it } from 'vitest';
import { exampleFolder, openLive } from './live.ts';

describe('the terminal', () => {
  it('is given back on Ctrl-C, in colours that every terminal has, and says what an editor lacks before', async () => {
    const live = openLive(exampleFolder(), { env: { TERM: 'xterm-256color' } });
    await live.until('4 undecided');
    expect(live.isAlternate()).toBe(true);
    live.type('e');
    await live.until('neither $VISUAL nor $EDITOR');
    live.type('\u0003');
    expect(await live.ended).toEqual({ code: 0, signal: 0 });
    await live.until('4 undecided: all saved');
    expect(live.isAlternate()).toBe(false);
    expect(live.written()).toContain('\u001b[?25h\u001b[?1049l');
    // Of the sixteen, which the user's own theme makes readable on light and on dark.
    expect(live.written()).not.toMatch(/\[(?:[\d;]*;)?[34]8;/);
  });

  it('shows the same without colour', async () => {
    const live = openLive(exampleFolder(), { env: { NO_COLOR: '1' } });
    const lines = await live.until('4 undecided');
    expect(lines.join('\n')).toMatch(/›\[ {2}\] +▲R submit/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what must not be there
    expect(live.written()).not.toMatch(/\u001b\[[\d;]*[1-9]m/);
    live.type('q');
    expect((await live.ended).code).toBe(0);
  });
});
