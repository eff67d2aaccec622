import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { catalogue } from '../../src/findings/catalogue.ts';
import { renderHtml } from '../../src/report/index.ts';
import { fullReport } from './full-report.ts';
import { opened, patchesIn } from './opened.ts';
import { anyKind, finding, loss, report, sensor, task } from './sample.ts';

const page = renderHtml(fullReport, anyKind);
const whole = opened(page);

test('the page loads nothing and runs only its own script and style', () => {
  expect(whole).not.toMatch(/<[^>]*\s(?:src|srcset|action|style|on\w+)\s*=/i);
  expect(page).not.toMatch(/url\(|@import|https?:/i);
  expect([...page.matchAll(/href="([^"]*)"/g)].every(([, target]) => target?.startsWith('#'))).toBe(true);
  const policy = /content="(default-src 'none'[^"]*)"/.exec(page)?.[1] ?? '';
  for (const element of ['style', 'script']) {
    const content = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(content).digest('base64');
    expect(policy).toContain(`${element}-src 'sha256-${hash}'`);
  }
  expect(page.match(/<script/g)).toHaveLength(2);
});

test('every task, sensor, connection and skipped file is on the page', () => {
  for (const { id } of fullReport.tasks) expect(page).toContain(`id="task=${encodeURI(id)}"`);
  for (const { id } of fullReport.sensors) expect(whole).toContain(`id="sensor=${encodeURI(id)}"`);
  for (const { name } of fullReport.connections) expect(page).toContain(`<code>${name}</code>`);
  expect(page).toContain('<code>dags/huge.py</code><td>larger than 1 MB');
  expect(page).toContain('<b>1 of 4</b> tasks are migrated');
  expect(page).toContain('Looked at 4 files: 2 with Spark tasks, 1 without, 1 skipped.');
});

test('Python and document stand in two columns with the changed words marked, the ledger beside', () => {
  expect(whole).toContain('<del>application_file</del>="score.yaml"');
  expect(whole).toContain('<ins>application_content</ins>="score<ins>.bpg</ins>.yaml"');
  expect(whole).toContain('before: dags/score.yaml<th colspan=2>after: dags/score.bpg.yaml');
  expect(whole).toMatch(/<div class=s><table class=d data-l=yaml>[\s\S]*<\/table><div class=l><h3>Loss ledger \(2\)/);
});

test('a finding shows its remedy, and leads to why', () => {
  expect(page).toContain('<a href="#code=retry-resubmits">retry-resubmits</a>');
  expect(page).toMatch(
    /id="code=retry-resubmits">[\s\S]*?<p class=y>Why of retry-resubmits\.<p class=r>Remedy of retry-resubmits\./,
  );
  expect(whole.match(/Remedy of retry-resubmits/g)?.length).toBeGreaterThan(1);
});

test('what is only told is folded away behind what has to be decided', () => {
  const findings = [finding({ code: 'told-a', severity: 'info', line: 1 }), finding({ code: 'b' })];
  const subject = opened(renderHtml(report({ tasks: [task({ findings })] }), anyKind));
  expect(subject).toMatch(/<li class=warning>.*<details class=i><summary>1 note, nothing to decide<\/summary>.*told-a/);
  expect(opened(renderHtml(report({ tasks: [task({ findings: [finding()] })] }), anyKind))).not.toContain(
    'nothing to decide',
  );
});

test('what stands between backticks in a sentence is code', () => {
  const subject = report({ tasks: [task({ findings: [finding({ message: 'write `<queue>` there' })] })] });
  expect(opened(renderHtml(subject, anyKind))).toContain('<p>write <code>&lt;queue&gt;</code> there');
});

test('blockers are counted by task, promised differences are none', () => {
  const subject = report({
    tasks: [
      task({ findings: [finding({ code: 'b' }), finding({ code: 'b', line: 2 }), finding({ code: 'told-x' })] }),
      task({ taskId: 'two', findings: [finding({ code: 'a' }), finding({ code: 'b' })] }),
    ],
  });
  const [section = ''] = /<section id=blockers>[\s\S]*?<\/section>/.exec(renderHtml(subject, anyKind)) ?? [];
  expect(
    [...section.matchAll(/<tr><td>(\d)<td><a href="#code=(\w)">/g)].map(([, count, code]) => [count, code]),
  ).toEqual([
    ['2', 'b'],
    ['1', 'a'],
  ]);
  expect(section).not.toContain('told-x');
});

test('text of users is only ever text', () => {
  const evil = `"'><script>alert(1)</script><img src=x onerror=alert(1)>&\u202e\u0000</title>`;
  const subject = report({
    tasks: [
      task({
        id: evil,
        file: evil,
        dagId: evil,
        taskId: evil,
        connection: evil,
        queue: evil,
        losses: [loss({ path: evil, value: { [evil]: evil }, why: evil, remedy: evil })],
        findings: [finding({ message: evil, file: evil })],
        change: evil,
      }),
    ],
    sensors: [sensor({ id: evil, taskId: evil, task: evil })],
    connections: [
      { name: evil, kind: 'unknown', legacy: 1, migrated: 0, otherUsers: 0, queues: [evil], retirable: false },
    ],
    files: [{ file: evil, tasks: 0, skipped: evil }],
    findings: [finding({ message: evil })],
    changes: [
      {
        id: evil,
        task: evil,
        verdict: 'safe',
        proof: null,
        files: [
          { kind: 'python', path: evil, target: evil, language: 'python', before: evil, after: `${evil}${evil}` },
        ],
      },
    ],
  });
  const raw = renderHtml(subject, anyKind);
  expect(raw.match(/<script/gi)).toHaveLength(2);
  expect(raw).not.toMatch(/<img|\u202e/i);
  const spoiled = opened(raw);
  expect(spoiled).not.toMatch(/<script/i);
  expect(spoiled).not.toMatch(/<img|\u202e/i);
  expect(spoiled).not.toContain('\u0000');
  expect(spoiled.match(/<\/title/gi)).toHaveLength(spoiled.match(/<title/gi)?.length ?? 0);
  expect(spoiled).toContain('\\u202e');
});

test('a hunk from the middle of a string says so', () => {
  const lines = Array.from({ length: 20 }, (_, index) => `  key_${index}: ${index}\n`).join('');
  const view = { kind: 'python', path: 'a.py', target: 'a.py', language: 'python' } as const;
  const before = `text = """\n${lines}"""\nuse(text)\n`;
  const subject = report({
    tasks: [task({ change: 'c' })],
    changes: [
      {
        id: 'c',
        task: 't',
        verdict: 'safe',
        proof: null,
        files: [{ ...view, before, after: before.replace('key_9: 9', 'key_9: 10') }],
      },
    ],
  });
  expect(opened(renderHtml(subject, anyKind))).toContain('<tbody class=g data-q="d,d">');
});

test('an empty report is a page too, equal input gives equal bytes', () => {
  expect(renderHtml(report())).toContain('Looked at 0 files');
  expect(renderHtml(fullReport, anyKind)).toBe(page);
});

test('the catalogue explains unless a caller brings its own, and an unknown code is our fault', () => {
  expect(() => renderHtml(report({ findings: [finding({ code: 'no-such-code' })] }))).toThrow(/no-such-code/);
  for (const code of Object.keys(catalogue)) {
    expect(renderHtml(report({ findings: [finding({ code })] }))).toContain(`id="code=${code}"`);
  }
});

test('shows what both documents come to, differences escaped', () => {
  const page = whole;
  expect(page).toContain('87 places equal, 1 different, 1 decided by the gateway, 0 not known');
  expect(page).toContain('&lt;phi');
  expect(page).not.toContain('<phi>');
});

test('the patch of a task is what git applies: the DAG changed, the request new', () => {
  const [patch = ''] = patchesIn(page).filter((one) => one !== '');
  expect(patch).toContain('--- a/dags/score.py\n+++ b/dags/score.py\n');
  expect(patch).toContain('new file mode 100644');
  expect(patch).toContain('+++ b/dags/score.bpg.yaml\n');
});
