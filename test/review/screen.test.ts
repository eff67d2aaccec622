import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { keysOf, listen } from '../../cli/review/input.ts';
import { createPainter } from '../../cli/review/paint.ts';
import { type FileView, type FindingEntry, type Loss, widthOf } from '../../src/index.ts';
import { candidate } from '../rollout/candidates.ts';
import { emulator } from './emulator.ts';
import { openReview } from './review.ts';

const finding: FindingEntry = {
  code: 'retry-resubmits',
  severity: 'warning',
  message: 'retries is 2: a retry submits another job',
  file: 'dags/dag.py',
  line: 7,
  column: 1,
};
const loss: Loss = {
  path: 'driver.tolerations',
  value: [{ key: 'spot' }],
  class: 'lost',
  why: 'the request has no field for it',
  remedy: 'ask for a queue whose nodes tolerate it',
};
const told = candidate('told', { verdict: 'review', findings: [finding], losses: [loss], dagId: 'etl' });
const many = Array.from({ length: 200 }, (_, index) =>
  candidate(`task_${index}`, { owner: `team ${index % 5}`, dagId: `dag_${index % 20}`, line: index }),
);
const plain = (lines: readonly string[]): string[] =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: styles are what is taken out
  lines.map((line) => line.replace(/\u001b\[[\d;]*m/g, ''));

describe('the screen', () => {
  it('says why: verdict, finding with remedy, loss with path and value', () => {
    const text = openReview({ candidates: [told], columns: 110, rows: 50 }).text();
    expect(text).toContain('▲R review: something changes');
    expect(text).toContain('! retry-resubmits (line 7): retries is 2');
    expect(text).toMatch(/do: \S/);
    expect(text).toContain('lost driver.tolerations = [{"key":"spot"}]');
    expect(text).toContain('do: ask for a queue whose nodes tolerate it');
  });

  it('shows call and document together, and Tab goes from one to the other', () => {
    const review = openReview({ candidates: [told], columns: 80, rows: 14 });
    expect(review.text()).toContain('dags/a.py');
    review.press('tab');
    expect(review.text()).toContain('dags/a.yaml → dags/a.bpg.yaml');
    review.press('tab');
    expect(review.text()).toContain('import');
  });

  it('is unified below 120 columns and side by side from there on', () => {
    const oneOf = (columns: number) => openReview({ candidates: [told], columns, rows: 40 }).lines();
    const beside = (line: string) => line.includes('[-old-]') && line.includes('{+new+}');
    expect(oneOf(119).some(beside)).toBe(false);
    expect(oneOf(119).some((line) => line.includes('[-old-]'))).toBe(true);
    expect(oneOf(120).some(beside)).toBe(true);
  });

  it.each([
    [80, 24],
    [40, 12],
    [119, 30],
    [120, 40],
    [200, 60],
    [20, 5],
  ])('fits in %i × %i, whatever it shows, and leaves the last line free', (columns, rows) => {
    const strange = candidate('数据表'.repeat(20), {
      owner: '团队'.repeat(10),
      findings: [{ ...finding, message: 'é'.repeat(300) }],
    });
    for (const color of [false, true]) {
      const review = openReview({ candidates: [...many, strange, told], columns, rows, color });
      const check = (): void => {
        const lines = plain(review.lines());
        expect(lines.length).toBeLessThan(rows);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
      };
      check();
      for (const key of ['G', 'z', 'z', 'w', 'w', '?', 'escape', 'Y', 'escape', 'f', 'x', 'escape', '/', 't']) {
        review.press(key);
        check();
      }
    }
  });

  it('keeps the cursor in sight among many, and draws only what is seen', () => {
    const review = openReview({ candidates: many });
    for (const key of ['G', 'k', 'k', 'g', 'j', 'n', 'n', 'p']) {
      review.press(key);
      expect(review.lines().filter((line) => line.startsWith('›'))).toHaveLength(1);
    }
  });

  it('folds and unfolds, and unfolds by itself what the next undecided lies in', () => {
    const review = openReview({ candidates: many, rows: 40 });
    review.press('g', 'left');
    expect(review.text()).toMatch(/›\[ {2}\] ▸ team 0/);
    expect(review.text()).not.toMatch(/✔S task_0 /);
    review.press('n');
    expect(review.text()).toMatch(/›\[ {2}\] +✔S task_0 /);
  });

  it('finds by text, goes on with Enter alone, and goes back with Esc', () => {
    const review = openReview({ candidates: many });
    const start = review.cursor();
    review.press('/');
    review.type('task_13');
    expect(review.cursor()).toMatch(/task_130$/);
    review.press('return', '/', 'return');
    expect(review.cursor()).toMatch(/task_135$/);
    review.press('/');
    review.type('no such');
    expect(review.text()).toContain('no task or finding has "no such"; Enter searches the code');
    review.press('escape', 'g', '/');
    review.type('task_19');
    review.press('escape');
    expect(review.cursor()).toBe('team team 0');
    expect(start).toMatch(/task_0$/);
  });

  it('hides what is decided and shows it again', () => {
    const review = openReview({ candidates: many });
    review.press('y', 'H');
    expect(review.text()).not.toMatch(/task_0 /);
    review.press('H');
    expect(review.text()).toMatch(/\[\+A\] .*task_0/);
  });

  it('scrolls the change and the reasons as far as they go', () => {
    const long = Array.from({ length: 90 }, (_, index) => `line ${index}`);
    const view = (): readonly FileView[] => [
      {
        kind: 'python',
        path: 'a.py',
        target: 'a.py',
        language: 'python',
        before: '',
        after: `${long.join('\n')}\n`,
      },
    ];
    const review = openReview({ candidates: [told], view });
    for (let page = 0; page < 30; page++) review.press('space');
    expect(review.text()).toContain('line 89');
    review.press('b');
    expect(review.text()).not.toContain('line 89');
    review.press('>', '>', '>', '>');
    expect(review.text()).not.toContain('review: something changes');
    review.press('<', '<', '<', '<');
    expect(review.text()).toContain('review: something changes');
  });

  it('makes text of users harmless', () => {
    const evil = candidate('x\u001b[2Jy\u202ez', {
      owner: '\u001b]0;owned\u0007',
      findings: [{ ...finding, message: 'a\u001b[31mb' }],
    });
    for (const columns of [80, 140]) {
      const review = openReview({ candidates: [evil], columns, rows: 40 });
      review.press('g', 'n', 'Y');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(review.text()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      review.press('escape');
      expect(review.text()).toContain('\\x1b');
    }
  });

  it('says everything without colour, and nothing else with it', () => {
    const [black, coloured] = [false, true].map((color) => openReview({ candidates: [told], columns: 80, color }));
    expect(coloured?.text()).toContain('\u001b[');
    expect(black?.text()).not.toContain('\u001b[');
    for (const sign of ['▲R', '[  ]', '›']) expect(black?.text()).toContain(sign);
  });

  it('lists every key in the help', () => {
    const review = openReview({ candidates: [told], rows: 60, columns: 100 });
    review.press('?');
    for (const words of [
      'accept',
      'reject',
      'undo',
      'redo',
      'next, previous',
      'search',
      'filter',
      'apply',
      'quit',
      '[+A]',
    ])
      expect(review.text()).toContain(words);
    review.press('?');
    expect(review.text()).toContain('why');
  });
});

describe('painted on a terminal', () => {
  it('stands there as drawn, key by key and after a new size, and only what changed is written', async () => {
    const review = openReview({ candidates: [told, ...many], columns: 90, rows: 20 });
    const terminal = emulator(90, 20);
    let written = '';
    const painter = createPainter((text) => {
      written = text;
      terminal.write(text);
    });
    const check = async (): Promise<void> => {
      painter.show(review.lines());
      expect(await terminal.lines()).toEqual([...review.lines().map((line) => line.trimEnd()), '']);
    };
    await check();
    const whole = written.length;
    for (const key of ['j', 'y', 'tab', 'G', '?', 'escape', 'u']) {
      review.press(key);
      await check();
    }
    painter.show(review.lines());
    review.press('j');
    await check();
    expect(written.length).toBeLessThan(whole);
    review.controller.dispatch({ type: 'resize', size: { columns: 60, rows: 15 } });
    terminal.resize(60, 15);
    painter.forget();
    painter.show(review.lines());
    expect((await terminal.lines()).slice(0, 14)).toEqual(review.lines().map((line) => line.trimEnd()));
  });

  it('writes nothing where nothing changed, and all of it where the screen was lost', () => {
    const written: string[] = [];
    const painter = createPainter((text) => written.push(text));
    painter.show(['a', 'b']);
    painter.show(['a', 'b']);
    painter.show(['a', 'c']);
    painter.forget();
    painter.show(['a', 'c']);
    const letters = written.map((text) =>
      text
        .split('\u001b')
        .flatMap((part) => /[abc]$/.exec(part) ?? [])
        .join(''),
    );
    expect(letters).toEqual(['ab', 'c', 'ac']);
  });
});

describe('keys', () => {
  it('are read one by one when they arrive together', () => {
    const { keys } = keysOf('yxs a b\r\t\u007f\u0012é日');
    expect(keys).toEqual([
      'y',
      'x',
      's',
      'space',
      'a',
      'space',
      'b',
      'return',
      'tab',
      'backspace',
      'ctrl-r',
      'é',
      '日',
    ]);
  });

  it('are read from sequences, with modifiers and without, and unknown ones are passed over whole', () => {
    const { keys, rest } = keysOf(
      '\u001b[A\u001bOB\u001b[1;5C\u001b[5~\u001b[6;2~\u001b[200~x\u001b[<0;1;1M\u001b[H\u001d',
    );
    expect({ keys, rest }).toEqual({ keys: ['up', 'down', 'right', 'pageup', 'pagedown', 'x', 'home'], rest: '' });
    expect(keysOf('\u001bj').keys).toEqual(['escape', 'j']);
  });

  it('wait for the rest of a sequence, and take Esc alone for the key', async () => {
    expect(keysOf('j\u001b[')).toEqual({ keys: ['j'], rest: '\u001b[' });
    const stdin = new PassThrough();
    const pressed: string[] = [];
    const stop = listen(stdin as unknown as NodeJS.ReadStream, (key) => pressed.push(key));
    stdin.write('\u001b');
    stdin.write('[B');
    await vi.waitFor(() => expect(pressed).toEqual(['down']));
    stdin.write('\u001b');
    await vi.waitFor(() => expect(pressed).toEqual(['down', 'escape']));
    stdin.end();
    await vi.waitFor(() => expect(pressed).toEqual(['down', 'escape', 'ctrl-c']));
    stop();
  });
});
