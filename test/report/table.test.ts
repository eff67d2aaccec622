import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/findings/catalogue.ts';
import { renderTable } from '../../src/report/index.ts';
import { widthOf, wrap } from '../../src/report/terminal.ts';
import { fullReport } from './full-report.ts';
import { anyKind, finding, report, sensor, task } from './sample.ts';

const escapeSign = '\u001b';
const plain = { color: false, width: 100 };

test('one of everything, as it looks', async () => {
  await expect(renderTable(fullReport, plain, anyKind)).toMatchFileSnapshot('../../fixtures/reports/full.table.txt');
});

test('in 60 columns routes and documents go beneath, and no line is longer', async () => {
  const text = renderTable(fullReport, { color: false, width: 60 }, anyKind);
  for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(60);
  expect(text).toContain('    ✔ S submit:12:5  emr_phi → poc\n        file dags/pi.yaml → dags/pi.bpg.yaml\n');
  const narrow = renderTable(fullReport, { color: false, width: 40 }, anyKind);
  expect(narrow).toContain('✔ S submit:12:5  emr_phi → poc\n        file dags/pi.yaml →\n');
});

describe('colour', () => {
  test('only where it is asked for, and it changes no text', () => {
    const colored = renderTable(fullReport, { color: true, width: 100 }, anyKind);
    const bare = colored.replaceAll(new RegExp(`${escapeSign}\\[[0-9;]*m`, 'g'), '');
    expect(colored).not.toBe(bare);
    expect(bare).toBe(renderTable(fullReport, plain, anyKind));
  });
});

test('a finding is told with its code, its place, what is wrong and what to do', () => {
  const text = renderTable(report({ tasks: [task({ findings: [finding()] })] }), plain, anyKind);
  expect(text).toContain(
    [
      '        ! retry-resubmits  dags/pi.py:12:5',
      '          A retry submits the job again.',
      '          → Remedy of retry-resubmits.',
    ].join('\n'),
  );
});

test('what weighs most is told first', () => {
  const findings = [
    finding({ code: 'told-a', severity: 'info', line: 1 }),
    finding({ code: 'b', severity: 'warning', line: 2 }),
    finding({ code: 'c', severity: 'error', line: 3 }),
    finding({ code: 'd', severity: 'error', line: 2 }),
  ];
  const text = renderTable(report({ tasks: [task({ findings })] }), plain, anyKind);
  expect([...text.matchAll(/^ {8}\S (\S+)/gm)].map(([, code]) => code)).toEqual(['d', 'c', 'b', 'told-a']);
});

test('columns of a DAG are aligned by what a terminal shows', () => {
  const text = renderTable(
    report({ tasks: [task({ taskId: '日本', line: 1 }), task({ taskId: 'load', line: 2, connection: 'a' })] }),
    plain,
    anyKind,
  );
  const starts = text
    .split('\n')
    .filter((line) => line.includes('file dags'))
    .map((line) => widthOf(line.slice(0, line.indexOf('file dags'))));
  expect(starts).toHaveLength(2);
  expect(new Set(starts).size).toBe(1);
});

test('several tasks of one call, a decision, an unknown DAG are said', () => {
  const text = renderTable(
    report({
      tasks: [
        task({ taskId: null, taskIds: ['a', 'b'], multiplicity: 2, decision: 'accepted' }),
        task({ dagId: null }),
      ],
      sensors: [sensor({ outcome: 'kept' })],
    }),
    plain,
    anyKind,
  );
  expect(text).toContain('a, b ×2 (accepted):12:5');
  expect(text).toContain('  DAG unknown\n');
  expect(text).toContain('sensor monitor:20:5  kept');
});

test('what a task says of its sensor is neither repeated nor counted twice', () => {
  const shared = finding({ code: 'told-runs-in-flight', line: 20 });
  const own = finding({ code: 'own', line: 20 });
  const text = renderTable(
    report({ tasks: [task({ findings: [shared] })], sensors: [sensor({ findings: [shared, own] })] }),
    plain,
    anyKind,
  );
  expect(text.match(/told-runs-in-flight {2}dags/g)).toHaveLength(1);
  expect(text).toContain('  1 told-runs-in-flight');
  expect(text).toMatch(/sensor monitor.*\n +! own/);
});

test('codes are counted over project, tasks and sensors, most first', () => {
  const text = renderTable(
    report({
      tasks: [task({ findings: [finding({ code: 'b' }), finding({ code: 'a' })] })],
      sensors: [sensor({ findings: [finding({ code: 'b', line: 20 })] })],
      findings: [finding({ code: 'b', line: 1 })],
    }),
    plain,
    anyKind,
  );
  expect(text.split('\n').slice(-3)).toEqual(['  3 b  Title of b', '  1 a  Title of a', '']);
});

test('an empty report still gives the counts', () => {
  expect(renderTable(report(), plain)).toBe(
    '0 tasks · 0 sensors · 0 files (0 skipped)\n  ✖ M manual 0  ▲ R review 0  ✔ S safe 0  ● D migrated 0  ○ I ignored 0\n',
  );
});

test('the catalogue explains unless a caller brings its own, and an unknown code is our fault', () => {
  expect(() => renderTable(report({ findings: [finding({ code: 'no-such-code' })] }), plain)).toThrow(/no-such-code/);
  for (const [code, { title }] of Object.entries(catalogue)) {
    const text = renderTable(report({ findings: [finding({ code })] }), { color: false, width: 400 });
    expect(text).toContain(`1 ${code}  ${title}`);
  }
});

test('wrapping breaks at spaces, and inside a word only where it must', () => {
  expect(wrap('one two three', 9)).toEqual(['one two', 'three']);
  expect(wrap('a abcdefghijkl b', 8)).toEqual(['a', 'abcdefgh', 'ijkl b']);
  expect(wrap('日本語日本語', 8)).toEqual(['日本語日', '本語']);
  expect(wrap('', 8)).toEqual([]);
});

test('names notes in one line where it is asked to be brief', () => {
  const findings = [
    finding({ code: 'a', severity: 'info' }),
    finding({ code: 'b', severity: 'info', line: 9 }),
    finding({ code: 'c', severity: 'warning' }),
  ];
  const subject = report({ tasks: [task({ findings })] });
  const brief = renderTable(subject, { ...plain, brief: true }, anyKind);
  expect(brief).toContain('i 2 notes: a, b');
  expect(brief).toContain('! c');
  expect(renderTable(subject, plain, anyKind)).not.toContain('notes:');
});
