/**
 * Writes random DAG files as they are and as this program migrates them: `migrate.ts OUT COUNT SEED` makes `OUT/before`,
 * `OUT/all` (every change) and `OUT/half` (every other change), and `OUT/forms.json`, what became of the sensors.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadOptions, planProject } from '../../src/index.ts';
import { dagFile } from './dags.ts';
import { sample } from './draw.ts';

const [out = '', count = '600', seed = '7'] = process.argv.slice(2);
const leaf = join(import.meta.dirname, '../../fixtures/migrate/sensors/leaf/before');
const document = readFileSync(join(leaf, 'dags/job.yaml'), 'utf8').replace(/name: .*/, 'name: job');
const configuration = readFileSync(join(leaf, 'bpg-migrate.yaml'), 'utf8');

const texts = new Map(sample(dagFile, Number(seed), Number(count)).map((text, index) => [`dags/f${index}.py`, text]));
const project = join(out, 'project');
write(project, new Map([...texts, ['dags/job.yaml', document], ['bpg-migrate.yaml', configuration]]));
write(join(out, 'before'), new Map([...texts, ['dags/job.yaml', document]]));

const loaded = loadOptions({ cwd: project });
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const selection = { dags: [], tasks: [], connections: [], verdicts: [] };
const plan = await planProject(loaded.options, { paths: [], selection });
const ids = plan.changes.map(({ id }) => id);
const problems: string[] = [];
for (const [folder, accepted] of [
  ['all', ids],
  ['half', ids.filter((_, index) => index % 2 === 0)],
] as const) {
  const made = plan.materialize(new Set(accepted));
  if (folder === 'all')
    problems.push(...made.withdrawn.map(({ change, reason }) => `${change} was withdrawn: ${reason}`));
  const after = made.files.map(({ path, after: text }): [string, string] => [path, text]);
  write(join(out, folder), new Map([...texts, ['dags/job.yaml', document], ...after]));
}
for (const { id, findings } of plan.report.tasks)
  for (const { code, message } of findings) if (code === 'change-withdrawn') problems.push(`${id}: ${message}`);
const outcomes: Record<string, number> = {};
for (const { outcome } of plan.report.sensors) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
const reasons = plan.report.sensors.flatMap(({ id, findings }) =>
  findings.flatMap(({ code, message }) =>
    ['sensor-placeholder', 'sensor-keeps-reading', 'sensor-alone'].includes(code) ? [`${code} ${id} ${message}`] : [],
  ),
);
const { legacy } = plan.report.summary;
writeFileSync(
  join(out, 'told.json'),
  JSON.stringify(
    { seed: Number(seed), dags: texts.size, legacy, changes: ids.length, outcomes, problems, reasons },
    null,
    1,
  ),
);

function write(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(join(folder, 'dags'), { recursive: true });
  for (const [path, text] of files) writeFileSync(join(folder, path), text);
}
