/** What a scan says of a sensor whose task has a switch. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Report } from '../../src/index.ts';
import { bpgMigrate, folderWith } from './command.ts';
import { configuration, sensorFiles } from './sample.ts';

const going = ['sensor-removed', 'sensor-placeholder', 'sensor-emptied'];

async function scanned(cwd: string): Promise<{ outcomes: string[]; said: string[] }> {
  const { stdout } = await bpgMigrate(['scan', '--format', 'json'], { cwd });
  const { tasks, sensors }: Report = JSON.parse(stdout);
  const said = [...tasks, ...sensors].flatMap(({ findings }) => findings.map(({ code }) => code));
  return { outcomes: sensors.map(({ outcome }) => outcome), said };
}

it.each([
  ['', 'removed', 'sensor-removed'],
  ['sensors: placeholder\n', 'placeholder', 'sensor-emptied'],
])('stays while the switch stands (%j)', async (setting, outcome, code) => {
  const provider = configuration.replace('{ airflow: "2.10.3" }', '{ provider: "7.6.0" }');
  const cwd = folderWith({ ...sensorFiles, 'bpg-migrate.yaml': `${provider}${setting}` });
  const before = await scanned(cwd);
  expect(before.outcomes).toEqual([outcome]);
  expect(before.said).toContain(code);

  await bpgMigrate(['apply', '--mode', 'switch', '--include', 'review'], { cwd });
  const between = await scanned(cwd);
  expect(between.outcomes).toEqual(['kept']);
  expect(between.said).toContain('switched');
  expect(between.said.filter((one) => going.includes(one))).toEqual([]);

  writeFileSync(join(cwd, 'dags/bpg-routing.yaml'), 'dags: {waiting_dag: new}\n');
  expect((await scanned(cwd)).outcomes).toEqual(['kept']);
  const { stderr } = await bpgMigrate(['apply', '--mode', 'final'], { cwd });
  expect(stderr).toContain('1 with the new operator only, 0 left');
});
