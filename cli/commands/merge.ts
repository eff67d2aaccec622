import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { mergeRepositories, mergeShards, type NamedReport, readReport, version } from '../../src/index.ts';
import type { Run } from '../description.ts';
import { deliver, targetsOf } from '../report-targets.ts';
import { namesFor } from '../repository-names.ts';
import type { Session } from '../session.ts';
import { reasonOf } from '../write-failure.ts';

/** `merge`: joins the reports of shards or of repositories, and tells them as `report` does. */
export const run: Run = async (session, files, flags) => {
  const chosen = targetsOf(session.cwd, flags, 'json');
  if (!chosen.ok) {
    session.warn(`bpg-migrate: ${chosen.reason}`);
    return 2;
  }
  const read = readAll(session, files);
  if (read === null) return 2;
  const areShards = read.some(({ report }) => report.shard !== undefined);
  const tool = { name: 'bpg-migrate', version } as const;
  const merged = areShards ? mergeShards(read) : mergeRepositories(read, tool);
  if (!merged.ok) {
    session.warn(`bpg-migrate: ${merged.reason}`);
    return 2;
  }
  const { report } = merged;
  for (const target of chosen.targets)
    if (!deliver(session, chosen.targets, target, report, { prefix: '', baseline: null })) return 2;
  const { tasks, legacy, migrated } = report.summary;
  const what = areShards ? 'shards' : 'repositories';
  session.say(`${read.length} ${what}: ${tasks} tasks, ${legacy} legacy, ${migrated} migrated`);
  if (areShards) session.say('`rollout` is left out: it needs the whole tree, `report` without --shard has it');
  const manual = report.tasks.some(({ status, verdict }) => status === 'legacy' && verdict === 'manual');
  return flags.strict === true && manual ? 1 : 0;
};

/** Null, and said, when one is no report or given twice. */
function readAll(session: Session, files: readonly string[]): readonly NamedReport[] | null {
  const problems: string[] = [];
  const reports: NamedReport[] = [];
  const paths = files.map((file) => resolve(session.cwd, file));
  const names = namesFor(paths);
  for (const [index, path] of paths.entries()) {
    const file = files[index] ?? path;
    if (paths.indexOf(path) !== index) problems.push(`${file}: given twice`);
    try {
      const read = readReport(readFileSync(path, 'utf8'));
      if (read.ok) reports.push({ name: names[index] ?? file, report: read.report });
      else problems.push(`${file}: ${read.reason}`);
    } catch (error) {
      problems.push(`${file}: it can not be read: ${reasonOf(error)}`);
    }
  }
  if (files.length === 0) problems.push('merge what? name the reports (JSON)');
  for (const problem of problems) session.warn(`bpg-migrate: ${problem}`);
  return problems.length > 0 ? null : reports;
}
