import { expect, test } from 'vitest';
import { catalogue } from '../../src/findings/catalogue.ts';
import { renderMarkdown } from '../../src/report/index.ts';
import { code, prose, text } from '../../src/report/markdown-parts.ts';
import { fullReport } from './full-report.ts';
import { anyKind, finding, loss, report, task } from './sample.ts';

test('one of everything, as it is written', async () => {
  await expect(renderMarkdown(fullReport, anyKind)).toMatchFileSnapshot('../../fixtures/reports/full.md');
});

test('tasks stand by state, the one that needs people first', () => {
  const states = [...renderMarkdown(fullReport, anyKind).matchAll(/^\| \S (\w+) \| `/gm)].map(([, state]) => state);
  expect(states).toEqual(['manual', 'review', 'safe', 'migrated', 'ignored']);
});

test('what a cluster must supply is listed by queue, once a field and value, without what was accepted', () => {
  const subject = report({
    tasks: [
      task({ queue: 'b', losses: [loss()] }),
      task({ taskId: 'two', queue: 'b', losses: [loss(), loss({ path: 'volumes', class: 'changed' })] }),
      task({ taskId: 'three', queue: 'a', losses: [loss({ accepted: 'agreed' }), loss({ path: 'driver.lifecycle' })] }),
      task({ taskId: 'four', queue: null, losses: [loss()] }),
    ],
  });
  const section = renderMarkdown(subject, anyKind).split('## What each cluster must supply')[1] ?? '';
  expect(section.match(/^### .*$/gm)).toEqual(['### Queue `a`', '### Queue `b`', '### No queue yet']);
  const rows = [...section.matchAll(/^\| `([^`]+)` \| `[^`]+` \| (\d+) \|/gm)].map(([, path, count]) => [path, count]);
  expect(rows).toEqual([
    ['driver.lifecycle', '1'],
    ['driver.tolerations', '2'],
    ['driver.tolerations', '1'],
  ]);
});

test('a ledger begins with what is gone', () => {
  const losses = [
    loss({ path: 'a', class: 'dead' }),
    loss({ path: 'b', class: 'moved' }),
    loss({ path: 'z' }),
    loss({ path: 'y' }),
  ];
  const section = renderMarkdown(report({ tasks: [task({ losses })] }), anyKind).split('## Losses by task')[1] ?? '';
  expect([...section.matchAll(/^\| `[^`]+` \| `(\w)` \|/gm)].map(([, path]) => path)).toEqual(['y', 'z', 'b', 'a']);
});

test('cells keep to their cell', () => {
  const evil = 'a|b`c`\n<img src=x>\u001b[31m **bold** [x](y) \\| $x$';
  const subject = report({
    tasks: [
      task({ taskId: evil, connection: evil, findings: [finding({ message: evil })], losses: [loss({ why: evil })] }),
    ],
    files: [{ file: evil, tasks: 0, skipped: evil }],
  });
  const lines = renderMarkdown(subject, anyKind).split('\n');
  for (const line of lines.filter((one) => one.startsWith('|'))) expect(line).not.toMatch(/<img|\*\*bold/);
  const [row = ''] = lines.filter((line) => line.includes('retry-resubmits') && line.startsWith('| ✔'));
  expect(row.split('|')).toHaveLength(10);
  expect(row).not.toContain('\\|');
});

test('prose and code are shown as they are', () => {
  expect(text('a*b_c|d<e>&\\')).toBe('a\\*b\\_c&#124;d&lt;e&gt;&amp;\\\\');
  expect(prose('use `a_b` or `c|d`, not ` alone_')).toBe('use `a_b` or <code>c&#124;d</code>, not \\` alone\\_');
  expect(code('a.b')).toBe('`a.b`');
  expect(code('a`b')).toBe('<code>a\\`b</code>');
  expect(code('')).toBe('<code></code>');
  expect(code(' a ')).toBe('`  a  `');
});

test('an empty report is a report', () => {
  expect(renderMarkdown(report())).toContain('No Spark task was found.');
  expect(renderMarkdown(report()).endsWith('\n')).toBe(true);
});

test('the catalogue explains unless a caller brings its own, and an unknown code is our fault', () => {
  expect(() => renderMarkdown(report({ findings: [finding({ code: 'no-such-code' })] }))).toThrow(/no-such-code/);
  for (const name of Object.keys(catalogue)) {
    expect(renderMarkdown(report({ findings: [finding({ code: name })] }))).toContain(`\`${name}\``);
  }
});
