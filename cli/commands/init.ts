import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initialConfiguration, loadOptions, operatorGap, operatorGapLines, painter } from '../../src/index.ts';
import type { Run } from '../description.ts';
import { exitCodeOf, planFor, tellPlan } from '../planning.ts';
import { reasonOf } from '../write-failure.ts';

const fileName = 'bpg-migrate.yaml';

/** `init`: writes the first configuration, never over an existing one. */
export const run: Run = async (session, paths, flags) => {
  if (flags.config !== undefined) {
    session.warn(`bpg-migrate: init writes ${fileName} at the root; it takes no --config`);
    return 2;
  }
  // Looked at before planning: one that does not even load is there all the same.
  const loaded = loadOptions({ cwd: session.cwd });
  const existing = loaded.ok ? loaded.options.configFile : fileName;
  if (existing !== null) {
    session.warn(`bpg-migrate: there is a ${existing} already; it is left as it is (edit it, or remove it first)`);
    return 2;
  }
  const planned = await planFor(session, paths, flags);
  if (!planned.ok) return 2;
  const target = join(planned.options.root, fileName);
  try {
    writeFileSync(target, initialConfiguration(planned.plan, planned.options), { flag: 'wx' });
  } catch (error) {
    session.warn(`bpg-migrate: ${fileName} can not be written: ${reasonOf(error)}`);
    return 2;
  }
  const { legacy, sensors } = planned.plan.report.summary;
  const routes = planned.plan.report.connections.filter((connection) => connection.legacy > 0).length;
  session.print(`${fileName}\n`);
  const gap = operatorGap(planned.plan.report.tasks, planned.plan.profiles);
  if (gap !== null) for (const line of operatorGapLines(gap, painter(false))) session.say(line);
  tellPlan(session, planned, flags);
  session.say(`found ${count(legacy, 'Spark task')}, ${count(sensors, 'sensor')}, ${count(routes, 'connection')}`);
  session.say('');
  session.say('Next:');
  session.say(`  1. in ${fileName}, give each route its queue, and say what the queue provides`);
  session.say('  2. bpg-migrate scan     # the verdict of every task');
  session.say('  3. bpg-migrate diff     # the patch, before anything is written');
  session.say('  4. bpg-migrate apply    # writes what is safe');
  return exitCodeOf(planned, flags);
};

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
