import { chmodSync, mkdirSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listRuns } from '../../cli/undo-journal.ts';
import { writeFiles } from '../../cli/write-files.ts';
import { writeRun } from '../../cli/write-run.ts';
import type { PlannedFile } from '../../src/index.ts';
import { contentOf, folderWith, stateOf } from './command.ts';

const planned = (path: string, before: string | null, after: string): PlannedFile => ({
  path,
  before,
  after,
  encoding: 'utf-8',
});
const good = planned('a.py', 'a\n', 'A\n');

/** Each refusal must also keep the good file beside it from being written. */
function expectRefusal(root: string, file: PlannedFile, reason: RegExp): void {
  const before = stateOf(root);
  const outcome = writeFiles(root, [good, file]);
  expect(outcome).toEqual({ ok: false, problems: [expect.stringMatching(reason)], changed: false });
  expect(stateOf(root)).toEqual(before);
}

it('writes changed and new files, keeps permissions, leaves nothing else behind', () => {
  const root = folderWith({ 'a.py': 'a\n', 'same.py': 's\n' });
  chmodSync(join(root, 'a.py'), 0o750);
  const outcome = writeFiles(root, [good, planned('b.bpg.yaml', null, 'b\n'), planned('same.py', 's\n', 's\n')]);
  expect(outcome.ok && outcome.written.map(({ path }) => path)).toEqual(['a.py', 'b.bpg.yaml']);
  expect(contentOf(root, 'a.py')).toBe('A\n');
  expect(contentOf(root, 'b.bpg.yaml')).toBe('b\n');
  expect(statSync(join(root, 'a.py')).mode & 0o777).toBe(0o750);
  expect(Object.keys(stateOf(root))).toEqual(['a.py', 'b.bpg.yaml', 'same.py']);
});

it('writes latin-1 as latin-1', () => {
  const root = folderWith({ 'l.py': Buffer.from('# é\n', 'latin1') });
  expect(writeFiles(root, [{ ...planned('l.py', '# é\n', '# éé\n'), encoding: 'latin-1' }]).ok).toBe(true);
  expect(stateOf(root)).toEqual(stateOf(folderWith({ 'l.py': Buffer.from('# éé\n', 'latin1') })));
});

it('writes through a link that stays inside, and keeps the link', () => {
  const root = folderWith({ 'real/x.py': 'x\n' });
  symlinkSync('real/x.py', join(root, 'x.py'));
  expect(writeFiles(root, [planned('x.py', 'x\n', 'X\n')]).ok).toBe(true);
  expect(readlinkSync(join(root, 'x.py'))).toBe('real/x.py');
  expect(contentOf(root, 'real/x.py')).toBe('X\n');
});

it('refuses a file that changed, vanished or appeared since it was read', () => {
  const root = folderWith({ 'a.py': 'a\n', 'b.py': 'changed\n', 'new.bpg.yaml': 'another\n' });
  expectRefusal(root, planned('b.py', 'b\n', 'B\n'), /^b\.py: changed since it was read/);
  expectRefusal(root, planned('c.py', 'c\n', 'C\n'), /^c\.py: gone/);
  expectRefusal(root, planned('new.bpg.yaml', null, 'mine\n'), /^new\.bpg\.yaml: exists already/);
  expectRefusal(root, planned('new.bpg.yaml', 'another\n', 'mine\n'), /never overwritten/);
});

it('takes a document that exists with just this content as written', () => {
  const root = folderWith({ 'new.bpg.yaml': 'mine\n' });
  expect(writeFiles(root, [planned('new.bpg.yaml', null, 'mine\n')])).toEqual({ ok: true, written: [] });
});

it('refuses what lies outside of the root, also behind a link', () => {
  const outside = folderWith({ 'o.py': 'o\n', 'folder/x.py': 'x\n' });
  const root = folderWith({ 'a.py': 'a\n' });
  symlinkSync(join(outside, 'o.py'), join(root, 'link.py'));
  symlinkSync(join(outside, 'folder'), join(root, 'folder'));
  symlinkSync('nowhere', join(root, 'dangling.bpg.yaml'));
  const before = stateOf(outside);
  expectRefusal(root, planned('link.py', 'o\n', 'O\n'), /leads out of the root/);
  expectRefusal(root, planned('folder/x.py', 'x\n', 'X\n'), /leads out of the root/);
  expectRefusal(root, planned('folder/new.bpg.yaml', null, 'X\n'), /leads out of the root/);
  expectRefusal(root, planned('../o.py', null, 'O\n'), /outside of the root/);
  expectRefusal(root, planned(join(outside, 'o.py'), 'o\n', 'O\n'), /outside of the root/);
  expectRefusal(root, planned('dangling.bpg.yaml', null, 'X\n'), /a link stands/);
  expect(stateOf(outside)).toEqual(before);
});

it('refuses a folder in the place of a file, and a missing folder', () => {
  const root = folderWith({ 'a.py': 'a\n', 'd.bpg.yaml/x': '' });
  expectRefusal(root, planned('d.bpg.yaml', null, 'd\n'), /^d\.bpg\.yaml: it is a folder/);
  expectRefusal(root, planned('none/d.bpg.yaml', null, 'd\n'), /^none\/d\.bpg\.yaml: the folder does not exist/);
});

it('takes back what it wrote when the system fails in between', () => {
  const root = folderWith({ 'a.py': 'a\n' });
  // No look can foresee it: the name of the file fits, that of the temporary file beside it does not.
  const long = `${'n'.repeat(250)}.txt`;
  mkdirSync(join(root, 'x'));
  writeFileSync(join(root, 'x', long), 'l\n');
  const before = stateOf(root);
  const outcome = writeFiles(root, [good, planned('fresh.bpg.yaml', null, 'f\n'), planned(`x/${long}`, 'l\n', 'L\n')]);
  expect(outcome).toEqual({ ok: false, problems: [`x/${long}: the name is too long`], changed: false });
  expect(stateOf(root)).toEqual(before);
  rmSync(root, { recursive: true });
});

it('records a run before its first file, and forgets it where all was taken back', () => {
  const root = folderWith({ 'a.py': 'a\n' });
  const long = `${'n'.repeat(250)}.txt`;
  writeFileSync(join(root, long), 'l\n');
  const before = stateOf(root);
  const failed = writeRun(root, [good, planned(long, 'l\n', 'L\n')]);
  expect(failed).toMatchObject({ run: null, outcome: { ok: false, changed: false } });
  expect(stateOf(root)).toEqual(before);
  expect(listRuns(root)).toEqual([]);
  expect(writeRun(root, [good]).run).not.toBeNull();
  expect(listRuns(root)).toMatchObject([{ state: 'done', files: [{ path: 'a.py', kind: 'changed' }] }]);
  expect(writeRun(root, [planned('a.py', 'A\n', 'A\n')]).run).toBeNull();
});

it('writes nothing where no run can be recorded, and follows no link there', () => {
  const outside = folderWith({});
  const root = folderWith({ 'a.py': 'a\n' });
  symlinkSync(outside, join(root, '.bpg-migrate'));
  expect(writeRun(root, [good])).toEqual({
    run: null,
    outcome: { ok: false, changed: false, problems: ['.bpg-migrate is a link, which is not followed'] },
  });
  expect(contentOf(root, 'a.py')).toBe('a\n');
  expect(stateOf(outside)).toEqual({});
});
