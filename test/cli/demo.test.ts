import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it, onTestFinished } from 'vitest';
import { execute, stateOf } from './command.ts';

it('shows the way on a copy, twice, and leaves the checkout as it is', async () => {
  const example = join(inject('built'), '../fixtures/example');
  const before = stateOf(example);
  for (const _ of [1, 2]) {
    const { code, stdout, stderr } = await execute(process.execPath, [join(inject('built'), 'demo.js')], { cwd: '/' });
    const copy = /^A copy of fixtures\/example lies in (.*\/bpg-migrate-demo-\w+)$/m.exec(stdout)?.[1];
    if (copy !== undefined) onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
    expect(stdout).toContain(`\nThe report: ${copy}/report.html\n`);
    expect({ code, report: existsSync(`${copy}/report.html`) }).toEqual({ code: 0, report: true });
    for (const step of ['scan', 'diff', 'apply', 'apply --check', 'report --output report.html'])
      expect(stdout).toContain(`$ bpg-migrate ${step}\n`);
    expect(stdout).toContain('BPGOperator');
    expect(stderr).not.toContain('unexpected');
  }
  expect(stateOf(example)).toEqual(before);
}, 120_000);
