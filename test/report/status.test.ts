import { expect, test } from 'vitest';
import { renderStatus } from '../../src/report/index.ts';
import { rolledOut } from './rolled-out.ts';
import { report, task } from './sample.ts';

test('one screen: progress, what changed, what comes next, what is in the way, connections', async () => {
  const screen = renderStatus(rolledOut, { color: false, width: 100 });
  await expect(screen).toMatchFileSnapshot('../../fixtures/reports/status.txt');
  expect(screen.split('\n').length).toBeLessThan(41);
  for (const line of screen.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});

test('what users wrote is made harmless, and a regression is loud', () => {
  const screen = renderStatus(rolledOut, { color: true, width: 100 });
  expect(screen).toContain('\u001b[31m  NEW legacy task');
  expect(screen).toContain('\\x1b[2J');
  expect(screen).not.toContain('\u001b[2J');
});

test('without rollout the counts remain', () => {
  expect(renderStatus(report({ tasks: [task()] }), { color: false, width: 80 })).toContain(
    '0 of 1 task migrated (0 %)',
  );
});
