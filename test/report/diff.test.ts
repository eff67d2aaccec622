import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlannedFile } from '../../src/model.ts';
import { align } from '../../src/report/diff/align.ts';
import { diffLines, hunksOf } from '../../src/report/diff/lines.ts';
import { quotesOpenAt } from '../../src/report/diff/quotes.ts';
import { rowsOf } from '../../src/report/diff/rows.ts';
import { markWords, type Segment } from '../../src/report/diff/words.ts';
import { renderDiffJson, renderSideBySide } from '../../src/report/index.ts';
import { widthOf } from '../../src/report/terminal.ts';
import { plannedFiles } from './full-report.ts';

const seed = 7;
const words = fc.array(fc.constantFrom('a', 'bc', '_', '=', '(', ' ', '"', 'é', '日本', '👍'), { maxLength: 20 });
const lines = fc.array(fc.constantFrom('a\n', 'b = 1\n', 'b = 2\n', '\n', '  c\r\n', 'last'), { maxLength: 14 });

function joined(segments: readonly Segment[]): string {
  return segments.map(({ text }) => text).join('');
}

describe('lines', () => {
  test('each side of the difference is the text that it was made from', () => {
    fc.assert(
      fc.property(lines, lines, (old, fresh) => {
        const [before, after] = [old.join(''), fresh.join('')];
        const all = diffLines(before, after);
        const side = (skip: string): string =>
          all
            .filter(({ kind }) => kind !== skip)
            .map(({ text, terminated }) => text + (terminated ? '\n' : ''))
            .join('');
        expect(side('added')).toBe(before);
        expect(side('removed')).toBe(after);
      }),
      { seed },
    );
  });

  test('equal texts have no hunk, distant changes have one each', () => {
    const text = Array.from({ length: 30 }, (_, index) => `${index}\n`);
    expect(hunksOf(text.join(''), text.join(''))).toEqual([]);
    const hunks = hunksOf(text.join(''), text.with(4, 'x\n').with(20, 'y\n').join(''));
    expect(hunks.map(({ beforeStart, beforeCount }) => [beforeStart, beforeCount])).toEqual([
      [2, 7],
      [18, 7],
    ]);
  });

  test('two large texts without a like are shown as replaced', () => {
    const text = (sign: string): string => Array.from({ length: 1000 }, (_, index) => `${sign}${index}\n`).join('');
    const all = diffLines(`head\n${text('a')}tail\n`, `head\n${text('b')}tail\n`);
    expect(all).toHaveLength(2_002);
    expect([all[0]?.kind, all[1]?.kind, all.at(-2)?.kind, all.at(-1)?.kind]).toEqual([
      'same',
      'removed',
      'added',
      'same',
    ]);
  });
});

describe('words', () => {
  test('segments give the lines back, and what is not marked is equal but for indentation', () => {
    fc.assert(
      fc.property(words, words, (old, fresh) => {
        const [before, after] = [old.join(''), fresh.join('')];
        const marks = markWords(before, after);
        expect(joined(marks.before)).toBe(before);
        expect(joined(marks.after)).toBe(after);
        const kept = (segments: readonly Segment[]): string =>
          joined(segments.filter(({ changed }) => !changed)).trimStart();
        expect(kept(marks.before)).toBe(kept(marks.after));
      }),
      { seed },
    );
  });

  test('an identifier is one word', () => {
    expect(markWords('kubernetes_conn_id="a"', 'connection_id="a"')).toEqual({
      before: [
        { text: 'kubernetes_conn_id', changed: true },
        { text: '="a"', changed: false },
      ],
      after: [
        { text: 'connection_id', changed: true },
        { text: '="a"', changed: false },
      ],
    });
  });

  test('indentation is never marked', () => {
    expect(markWords('    cores: 1', '  cores: 2').before).toEqual([
      { text: '    cores: ', changed: false },
      { text: '1', changed: true },
    ]);
  });
});

describe('rows', () => {
  test('each line stands in one row, in order', () => {
    fc.assert(
      fc.property(lines, lines, (old, fresh) => {
        for (const hunk of hunksOf(old.join(''), fresh.join(''))) {
          const rows = rowsOf(hunk);
          const before = hunk.lines.filter(({ kind }) => kind !== 'added').map((line) => line.before);
          const after = hunk.lines.filter(({ kind }) => kind !== 'removed').map((line) => line.after);
          expect(rows.flatMap((row) => row.before?.number ?? [])).toEqual(before);
          expect(rows.flatMap((row) => row.after?.number ?? [])).toEqual(after);
        }
      }),
      { seed },
    );
  });

  test('similar lines stand side by side though lines around them came and went', () => {
    const [hunk] = hunksOf('gone_one\nmemory: "1024"\n', 'new\nother\nmemory: "1024m"\n');
    const rows = hunk === undefined ? [] : rowsOf(hunk);
    expect(rows.map(({ before, after }) => [before?.text, after?.text])).toEqual([
      ['gone_one', 'new'],
      [undefined, 'other'],
      ['memory: "1024"', 'memory: "1024m"'],
    ]);
  });

  test('a change of the line ending alone is said', () => {
    const [hunk] = hunksOf('a\r\n', 'a\n');
    expect(hunk === undefined ? [] : rowsOf(hunk)).toMatchObject([
      { before: { ending: 'CRLF' }, after: { ending: 'LF' } },
    ]);
    const [last] = hunksOf('a', 'a\n');
    expect(last === undefined ? [] : rowsOf(last)).toMatchObject([
      { before: { ending: '⏎ missing' }, after: { ending: 'LF' } },
    ]);
  });
});

test('align takes the heaviest pairs and keeps their order', () => {
  const left = ['a', 'b', 'c'];
  const right = ['c', 'a', 'b'];
  expect(align(3, 3, (i, j) => (left[i] === right[j] ? 1 : 0))).toEqual([
    [0, 1],
    [1, 2],
  ]);
  expect(align(3, 3, (i, j) => (left[i] === right[j] ? (left[i] === 'c' ? 5 : 1) : 0))).toEqual([[2, 0]]);
  expect(align(0, 3, () => 1)).toEqual([]);
});

test('triple quotes are open inside, not at their own first line nor after', () => {
  const text = 'a = """\nb # "\nc\n"""\n# \'\'\'\nd = \'\'\'x\ny\'\'\'\ne = "\\"" + \'"""\'\nf\n';
  expect(quotesOpenAt(text, [1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual(['', 'd', 'd', 'd', '', '', 's', '', '']);
  expect(quotesOpenAt('a\n"""\nb', [1, 2, 3])).toEqual(['', '', 'd']);
});

describe('side by side', () => {
  const file = (before: string, after: string): PlannedFile => ({ path: 'a.py', before, after, encoding: 'utf-8' });

  test('two columns from 100 columns on, marks in brackets without colour', () => {
    const wide = renderSideBySide(plannedFiles, { color: false, width: 120 });
    expect(wide).toContain('[-application_file-]="score.yaml"');
    expect(wide).toMatch(/\[-application_file-\].*│.*\{\+application_content\+\}/);
    expect(renderSideBySide(plannedFiles, { color: false, width: 99 })).not.toContain('│');
    expect(wide).toContain('\n 2 + applicationName: score\n');
  });

  test('unified below: what goes stands above what comes', () => {
    const narrow = renderSideBySide([file('a = 1\nb = 1\n', 'a = 2\nb = 2\n')], { color: false, width: 40 });
    expect(narrow.split('\n').slice(2, 6)).toEqual([
      '1 - a = [-1-]',
      '2 - b = [-1-]',
      '1 + a = {+2+}',
      '2 + b = {+2+}',
    ]);
  });

  test('tabs are expanded and wide characters aligned', () => {
    const text = renderSideBySide([file('\tx = "日本"\n', '\ty = "日本"\n')], { color: false, width: 100 });
    const [row = ''] = text.split('\n').filter((line) => line.includes('│'));
    expect(row).not.toContain('\t');
    expect(widthOf(row.slice(0, row.indexOf('│')))).toBe(49);
  });

  test('no line is longer than the terminal', () => {
    fc.assert(
      fc.property(words, words, fc.integer({ min: 20, max: 160 }), fc.boolean(), (old, fresh, width, color) => {
        const text = renderSideBySide([file(`${old.join('')}\n`, `${fresh.join('')}\n`)], { color, width });
        for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
      { seed },
    );
  });

  test('code with escape sequences paints nothing', () => {
    const text = renderSideBySide([file('a = "\u001b[2J"\n', 'b = "\u202e"\n')], { color: false, width: 120 });
    expect(text).toContain('\\x1b[2J');
    expect(text).toContain('\\u202e');
    expect(text).not.toContain('\u001b');
  });

  test('colour only where it is asked for, and no text without a difference', () => {
    expect(renderSideBySide(plannedFiles, { color: true, width: 120 })).toContain('\u001b[');
    expect(renderSideBySide(plannedFiles, { color: false, width: 120 })).not.toContain('\u001b');
    expect(renderSideBySide([file('a\n', 'a\n')], { color: true, width: 120 })).toBe('');
  });
});

test('the JSON of a difference names files, hunks and lines', () => {
  const json = JSON.parse(
    renderDiffJson([...plannedFiles, { path: 'same', before: 'x', after: 'x', encoding: 'utf-8' }]),
  );
  expect(json.schemaVersion).toBe(1);
  expect(json.files.map(({ path, status }: { path: string; status: string }) => [path, status])).toEqual([
    ['dags/score.bpg.yaml', 'added'],
    ['dags/score.py', 'modified'],
  ]);
  expect(json.files[0].hunks[0]).toMatchObject({ beforeStart: 0, beforeCount: 0, afterStart: 1, afterCount: 20 });
  expect(json.files[1].hunks[0].lines[1]).toEqual({
    kind: 'removed',
    text: 'from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator',
    terminated: true,
    before: 2,
    after: null,
  });
});
