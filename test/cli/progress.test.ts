import { afterEach, expect, it, vi } from 'vitest';
import { createProgress } from '../../cli/progress.ts';

/** A stream that remembers what is drawn, and a clock that the test turns. */
function terminal(): { stream: NodeJS.WriteStream; drawn: string[]; at: (milliseconds: number) => void } {
  const drawn: string[] = [];
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  const stream = { write: (text: string) => drawn.push(text) > 0 } as unknown as NodeJS.WriteStream;
  return { stream, drawn, at: (milliseconds) => now.mockReturnValue(milliseconds) };
}

afterEach(() => {
  vi.restoreAllMocks();
});

it('says nothing about short work, and nothing at all where it is not shown', () => {
  const { stream, drawn, at } = terminal();
  const shown = createProgress(stream, true);
  at(200);
  shown.update(5, 10);
  shown.clear();
  expect(drawn).toEqual([]);
  const hidden = createProgress(stream, false);
  at(5000);
  hidden.update(5, 10);
  hidden.clear();
  expect(drawn).toEqual([]);
});

it('draws long work on one line, not too often, and takes it away once', () => {
  const { stream, drawn, at } = terminal();
  const progress = createProgress(stream, true);
  at(1000);
  progress.update(1, 9);
  at(1050);
  progress.update(2, 9);
  at(1200);
  progress.update(3, 9);
  progress.clear();
  progress.clear();
  expect(drawn).toEqual(['\r\u001b[K1 of 9 steps', '\r\u001b[K3 of 9 steps', '\r\u001b[K']);
});
