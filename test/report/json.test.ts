import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Report } from '../../src/model.ts';
import { renderJson } from '../../src/report/index.ts';
import { fullReport } from './full-report.ts';
import { finding, loss, report, sensor, task } from './sample.ts';

const schema: object = JSON.parse(readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8'));
const validate: ValidateFunction = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(
  schema,
);

function parsed(subject: Report): Record<string, unknown> {
  return JSON.parse(renderJson(subject));
}

test('a report with one of everything keeps to the schema', () => {
  expect(validate(parsed(fullReport)), JSON.stringify(validate.errors)).toBe(true);
});

test('an empty report keeps to the schema', () => {
  expect(validate(parsed(report())), JSON.stringify(validate.errors)).toBe(true);
  expect(renderJson(report()).endsWith('}\n')).toBe(true);
});

test('optional members are written where they are known', () => {
  const subject = report({
    tasks: [task({ taskIds: ['a', 'b'], multiplicity: 2, losses: [loss({ accepted: 'agreed with the platform' })] })],
  });
  expect(validate(parsed(subject)), JSON.stringify(validate.errors)).toBe(true);
  expect(renderJson(subject)).toContain('"accepted": "agreed with the platform"');
  expect(parsed(subject)).toMatchObject({ tasks: [{ taskIds: ['a', 'b'] }] });
  expect(renderJson(report({ tasks: [task()] }))).not.toContain('taskIds');
});

test.each<[string, (json: Record<string, unknown>) => void]>([
  ['a member that is not in the contract', (json) => Object.assign(json, { changes: [] })],
  ['a missing summary', (json) => delete json['summary']],
  ['another version', (json) => Object.assign(json, { schemaVersion: 2 })],
  ['a task without a verdict member', (json) => delete (json['tasks'] as Record<string, unknown>[])[0]?.['verdict']],
  ['an unknown verdict', (json) => Object.assign((json['tasks'] as object[])[0] ?? {}, { verdict: 'fine' })],
  ['line 0', (json) => Object.assign((json['tasks'] as object[])[0] ?? {}, { line: 0 })],
  [
    'a verdict on a migrated task',
    (json) => Object.assign((json['tasks'] as object[])[0] ?? {}, { status: 'migrated', verdict: 'safe' }),
  ],
])('the schema refuses %s', (_, spoil) => {
  const json = parsed(fullReport);
  spoil(json);
  expect(validate(json)).toBe(false);
});

test('members stand in the order of the contract', () => {
  expect(Object.keys(parsed(fullReport))).toEqual([
    ...['schemaVersion', 'tool', 'summary', 'tasks', 'sensors', 'connections', 'files', 'findings'],
  ]);
});

test('the order of a report makes no difference', () => {
  const first = report({
    tasks: [task({ taskId: 'b', line: 9 }), task({ taskId: 'a', line: 2 }), task({ file: 'a.py', line: 40 })],
    findings: [finding({ line: 3 }), finding({ line: 1 })],
    files: [
      { file: 'b.py', tasks: 0, skipped: null },
      { file: 'Z.py', tasks: 0, skipped: null },
      { file: 'ä.py', tasks: 0, skipped: null },
    ],
  });
  const second = report({
    tasks: first.tasks.toReversed(),
    findings: first.findings.toReversed(),
    files: first.files.toReversed(),
  });
  expect(renderJson(second)).toBe(renderJson(first));
  expect(parsed(first)).toMatchObject({ files: [{ file: 'Z.py' }, { file: 'b.py' }, { file: 'ä.py' }] });
});

test('nothing but the contract is written, whatever a report holds beside it', () => {
  const subject = { ...fullReport, findings: [{ ...finding(), args: { secret: 'x' } }] };
  expect(renderJson(subject)).not.toContain('secret');
  expect(renderJson(subject)).not.toContain('application_content=');
});

test('every member of an entry is written: one that the model gains must reach the contract', () => {
  const subject = report({
    tasks: [task({ taskIds: ['a'], losses: [loss({ accepted: 'agreed' })], findings: [finding()] })],
    sensors: [sensor()],
    connections: [{ name: 'c', kind: 'unknown', legacy: 1, migrated: 0, otherUsers: 0, queues: [], retirable: false }],
    files: [{ file: 'a.py', tasks: 1, skipped: null }],
    findings: [finding()],
  });
  expect(parsed(subject)).toEqual(JSON.parse(JSON.stringify({ ...subject, changes: undefined })));
});
