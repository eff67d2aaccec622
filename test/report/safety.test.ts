/** Whatever stands in a report: the terminal is not repainted, the Markdown holds no HTML, the page no element of users. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Report } from '../../src/model.ts';
import { renderHtml, renderJson, renderMarkdown, renderSideBySide, renderTable } from '../../src/report/index.ts';
import { opened } from './opened.ts';
import { anyKind, finding, loss, report, sensor, task } from './sample.ts';

const parts = fc.constantFrom(
  ...['\u001b[2J', '\u001b]8;;x\u0007', '\u009b1m', '\u0000', '\r', '\n', '\t', '\u202e', '\u2066', '\u200b', '\ufeff'],
  ...['\u2028', '\ud800', '<', '>', '&', '"', "'", '|', '`', '``', '\\', '</script>', '<script>', '<!--', ']]>', 'é'],
  ...['日本', '👍🏽', 'a', ' ', '-->', '](', '{', '%', '#'],
);
const wild = fc
  .array(fc.oneof(parts, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 8 })
  .map((all) => all.join(''));

/** A report in which `next` supplies every text that users write. */
function spoiled(next: () => string): Report {
  const entry = (): ReturnType<typeof finding> => finding({ message: next(), file: next() });
  return report({
    tasks: [
      task({
        id: next(),
        file: next(),
        dagId: next(),
        taskId: next(),
        connection: next(),
        namespace: next(),
        queue: next(),
        payload: { kind: 'file', path: next(), target: next() },
        sensors: [next()],
        losses: [loss({ path: next(), value: { [next()]: next() }, why: next(), remedy: next() })],
        findings: [entry()],
        change: 'c',
      }),
      task({ taskId: null, taskIds: [next(), next()] }),
    ],
    sensors: [sensor({ id: next(), file: next(), dagId: next(), taskId: next(), task: next(), findings: [entry()] })],
    connections: [
      { name: next(), kind: 'unknown', legacy: 1, migrated: 0, otherUsers: 0, queues: [next()], retirable: false },
    ],
    files: [{ file: next(), tasks: 0, skipped: next() }],
    findings: [entry()],
    changes: [
      {
        id: 'c',
        task: 't',
        verdict: 'review',
        proof: null,
        files: [{ kind: 'python', path: next(), target: next(), language: 'python', before: next(), after: next() }],
      },
    ],
  });
}

const reports = fc.array(wild, { minLength: 40, maxLength: 40 }).map((texts) => {
  let index = 0;
  return spoiled(() => texts[index++ % texts.length] ?? '');
});
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const escapeSign = '\u001b';
const ownSequences = new RegExp(`\n|${escapeSign}\\[(?:[12]|22|3[1-9])m`, 'g');
const options = { seed: 20, numRuns: 150 };

test('a table holds no hidden character but its own line ends', () => {
  fc.assert(
    fc.property(reports, (subject) => {
      const text = renderTable(subject, { color: false, width: 80 }, anyKind);
      expect(text.replaceAll('\n', '')).not.toMatch(hidden);
    }),
    options,
  );
});

test('in colour the only escape sequences are ours', () => {
  fc.assert(
    fc.property(reports, (subject) => {
      const text = renderTable(subject, { color: true, width: 80 }, anyKind);
      expect(text.replaceAll(ownSequences, '')).not.toMatch(hidden);
    }),
    options,
  );
});

test('a difference holds no hidden character but its own line ends', () => {
  fc.assert(
    fc.property(wild, wild, wild, (path, before, after) => {
      const text = renderSideBySide([{ path, before, after, encoding: 'utf-8' }], { color: false, width: 120 });
      expect(text.replaceAll('\n', '')).not.toMatch(hidden);
    }),
    options,
  );
});

test('Markdown holds no element but its own, and every row as many cells as its head', () => {
  fc.assert(
    fc.property(reports, (subject) => {
      const text = renderMarkdown(subject, anyKind);
      expect(text.replaceAll('\n', '')).not.toMatch(hidden);
      expect(text.replaceAll(/<br>|<\/?code>/g, '')).not.toMatch(/[<>]/);
      for (const block of text.split('\n\n').filter((one) => one.startsWith('|'))) {
        const cells = block.split('\n').map((line) => line.split('|').length);
        expect(new Set(cells).size).toBe(1);
      }
    }),
    options,
  );
});

/** Every tag of a page, as its name. */
function tagsOf(page: string): string[] {
  const body = page.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<script>[\s\S]*?<\/script>/, '');
  return [...body.matchAll(/<\/?([^\s>]*)/g)].map(([, name]) => name ?? '');
}
const ours = new Set(
  '!doctype html head meta title body header h1 h2 h3 p nav a main section svg rect ul li b i div form label input fieldset legend select option output span button details summary dl dt dd small table col tr th td tbody thead del ins code figure figcaption path g text tspan title circle noscript ol h4'.split(
    ' ',
  ),
);

test('a page holds no element but its own, and no hidden character', () => {
  fc.assert(
    fc.property(reports, (subject) => {
      const page = renderHtml(subject, anyKind);
      expect(page.replaceAll(/[\n\t]/g, '')).not.toMatch(hidden);
      const whole = opened(page);
      expect(whole.replaceAll(/[\n\t]/g, '')).not.toMatch(hidden);
      for (const tag of tagsOf(whole)) if (!ours.has(tag)) expect.fail(`<${tag}> is not an element of ours`);
      expect(page.match(/<script/g)).toHaveLength(2);
    }),
    options,
  );
});

test('JSON gives every text back', () => {
  fc.assert(
    fc.property(reports, (subject) => {
      const json = JSON.parse(renderJson(subject));
      expect(json.tasks.map(({ id }: { id: string }) => id).sort()).toEqual(subject.tasks.map(({ id }) => id).sort());
      expect(json.files[0]).toEqual(subject.files[0]);
    }),
    options,
  );
});
