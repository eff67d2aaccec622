import { expect, test } from 'vitest';
import { renderCsv, renderHtml, renderJson, renderMarkdown } from '../../src/report/index.ts';
import { reportOnly } from '../../src/rollout/rollout.ts';
import { dataIn, opened } from './opened.ts';
import { rolledOut } from './rolled-out.ts';
import { anyKind, finding, report, task } from './sample.ts';

/** Script and style are code, which has tests of its own; its hash would change with every letter. */
const told = (page: string): string =>
  opened(page)
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/'sha256-[^']*'/g, "'sha256-…'");

test.each([
  ['rollout.md', () => renderMarkdown(rolledOut, anyKind)],
  ['rollout.csv', () => renderCsv(rolledOut)],
  ['rollout.json', () => renderJson(rolledOut)],
  ['rollout.html', () => told(renderHtml(rolledOut, anyKind))],
])('%s is as it was', async (name, render) => {
  await expect(render()).toMatchFileSnapshot(`../../fixtures/reports/${name}`);
  expect(render()).toBe(render());
});

test('what users wrote is text in every format', () => {
  const html = told(renderHtml(rolledOut, anyKind));
  const [markdown, csv] = [renderMarkdown(rolledOut, anyKind), renderCsv(rolledOut)];
  for (const text of [html, markdown, csv]) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
    expect(text).not.toMatch(/\u001b|\u202e/);
    expect(text).toContain('\\x1b[2J');
  }
  for (const text of [html, markdown]) expect(text).not.toMatch(/<img/i);
  expect(csv).toContain(`'=cmd|x`);
  expect(dataIn(renderHtml(rolledOut, anyKind)).bodies).toHaveLength(rolledOut.tasks.length + 2);
});

test('Markdown fits a comment, and says what it left out', () => {
  const many = Array.from({ length: 3_000 }, (_, index) =>
    task({ taskId: `task_${index}`, findings: [finding()], verdict: 'review' }),
  );
  const text = renderMarkdown(report({ tasks: many }), anyKind);
  expect(text.length).toBeLessThanOrEqual(65_536);
  expect(text).toMatch(/_… and 2\d\d\d more: see the HTML, JSON or CSV report\._/);
  expect(text).toContain('**0 of 3000** tasks are migrated');
  const long = report({ tasks: [task({ taskId: 'x'.repeat(70_000), findings: [finding()] })] });
  expect(renderMarkdown(long, anyKind).length).toBeLessThanOrEqual(65_536);
  expect(renderMarkdown(long, anyKind)).toContain('The rest does not fit here');
});

test('a page of one owner holds their tasks only', () => {
  const own = renderMarkdown(
    reportOnly(rolledOut, ({ dagId }) => dagId === 'more'),
    anyKind,
  );
  expect(own).toContain('`more`');
  expect(own).not.toContain('dags/score.py#score.submit` |');
});
