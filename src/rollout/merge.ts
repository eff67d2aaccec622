/** Joins reports: those of the shards of one project, or those of many repositories. */
import type { ConnectionEntry, FindingEntry, Report, SensorEntry, Summary, TaskEntry } from '../model.ts';

/** A report and the name of what it is about: of a repository, where there are several. */
export interface NamedReport {
  readonly name: string;
  readonly report: Report;
}
export type Merged = { readonly ok: true; readonly report: Report } | { readonly ok: false; readonly reason: string };

/** Said of a project only where no part of it says otherwise. */
const saidByAll: ReadonlySet<string> = new Set(['unused-accept']);

/**
 * The report of the whole project from those of all its shards, which must be of one run: equal to the one that was
 * never parted.
 */
export function mergeShards(reports: readonly NamedReport[]): Merged {
  const [first] = reports;
  if (first?.report.shard === undefined) return { ok: false, reason: 'there is no shard to merge' };
  const { count } = first.report.shard;
  const found = new Map<number, string>();
  for (const { name, report } of reports) {
    const { shard, tool } = report;
    if (shard === undefined)
      return { ok: false, reason: `${name} is no shard: merge shards first, then the repositories` };
    if (shard.count !== count)
      return { ok: false, reason: `${name} is one of ${shard.count} shards, ${first.name} one of ${count}` };
    const other = found.get(shard.index);
    if (other !== undefined)
      return { ok: false, reason: `${other} and ${name} are both shard ${shard.index}/${count}` };
    if (tool.version !== first.report.tool.version)
      return {
        ok: false,
        reason: `${name} is of version ${tool.version}, ${first.name} of ${first.report.tool.version}`,
      };
    found.set(shard.index, name);
  }
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !found.has(index));
  if (missing.length > 0)
    return { ok: false, reason: `missing: ${missing.map((index) => `shard ${index}/${count}`).join(', ')}` };
  return {
    ok: true,
    report: joined(
      reports.map(({ report }) => report),
      first.report.tool,
      saidByAll,
    ),
  };
}

/**
 * One report of several repositories. Every path gets the name of its repository in front, and with it every id, so that
 * all stay unique and tell where they are from; a finding about a whole project says whose it is.
 */
export function mergeRepositories(reports: readonly NamedReport[], tool: Report['tool']): Merged {
  const part = reports.find(({ report }) => report.shard !== undefined);
  if (part !== undefined)
    return { ok: false, reason: `${part.name} is a shard: merge the shards of each repository first` };
  const [only, ...others] = reports;
  if (only === undefined) return { ok: false, reason: 'there is no report to merge' };
  if (others.length === 0) return { ok: true, report: only.report };
  return { ok: true, report: joined(reports.map(placed), tool, new Set()) };
}

function joined(reports: readonly Report[], tool: Report['tool'], byAll: ReadonlySet<string>): Report {
  const findings = new Map<string, FindingEntry>();
  for (const one of reports.flatMap((report) => report.findings)) findings.set(JSON.stringify(one), one);
  const saidBy = (key: string): number =>
    reports.filter((report) => report.findings.some((one) => JSON.stringify(one) === key)).length;
  return {
    schemaVersion: 1,
    tool,
    summary: reports.map(({ summary }) => summary).reduce(added),
    tasks: reports.flatMap(({ tasks }) => tasks),
    sensors: reports.flatMap(({ sensors }) => sensors),
    connections: connectionsOf(reports),
    files: reports.flatMap(({ files }) => files),
    findings: [...findings].flatMap(([key, one]) => (byAll.has(one.code) && saidBy(key) < reports.length ? [] : [one])),
    changes: [],
  };
}

function added(left: Summary, right: Summary): Summary {
  const sum = (name: keyof Summary): number => left[name] + right[name];
  return {
    files: sum('files'),
    tasks: sum('tasks'),
    legacy: sum('legacy'),
    migrated: sum('migrated'),
    ignored: sum('ignored'),
    safe: sum('safe'),
    review: sum('review'),
    manual: sum('manual'),
    sensors: sum('sensors'),
    skippedFiles: sum('skippedFiles'),
  };
}

/** A connection can go when nobody anywhere uses it, and no task whose connection is not known could. */
function connectionsOf(reports: readonly Report[]): readonly ConnectionEntry[] {
  const byName = new Map<string, ConnectionEntry>();
  for (const entry of reports.flatMap(({ connections }) => connections)) {
    const before = byName.get(entry.name);
    byName.set(entry.name, before === undefined ? entry : together(before, entry));
  }
  const hidden = (byName.get('?')?.legacy ?? 0) > 0;
  return [...byName.values()].map((entry) => ({
    ...entry,
    retirable: entry.name !== '?' && entry.legacy === 0 && entry.otherUsers === 0 && !hidden,
  }));
}

function together(left: ConnectionEntry, right: ConnectionEntry): ConnectionEntry {
  return {
    ...left,
    kind: left.kind < right.kind ? left.kind : right.kind,
    legacy: left.legacy + right.legacy,
    migrated: left.migrated + right.migrated,
    otherUsers: left.otherUsers + right.otherUsers,
    queues: [...new Set([...left.queues, ...right.queues])].sort(),
  };
}

function placed({ name, report }: NamedReport): Report {
  const path = (file: string): string => (file === '.' ? '.' : `${name}/${file}`);
  const finding = (one: FindingEntry): FindingEntry =>
    one.file === '.' ? { ...one, message: `${name}: ${one.message}` } : { ...one, file: path(one.file) };
  const task = (one: TaskEntry): TaskEntry => {
    const { payload } = one;
    return {
      ...one,
      id: path(one.id),
      idParts: { ...one.idParts, file: path(one.idParts.file) },
      file: path(one.file),
      payload: payload && {
        ...payload,
        path: payload.path === null ? null : path(payload.path),
        target: payload.target === null ? null : path(payload.target),
      },
      sensors: one.sensors.map(path),
      findings: one.findings.map(finding),
    };
  };
  const sensor = (one: SensorEntry): SensorEntry => ({
    ...one,
    id: path(one.id),
    file: path(one.file),
    task: one.task === null ? null : path(one.task),
    findings: one.findings.map(finding),
  });
  return {
    ...report,
    tasks: report.tasks.map(task),
    sensors: report.sensors.map(sensor),
    files: report.files.map((entry) => ({ ...entry, file: path(entry.file) })),
    findings: report.findings.map(finding),
  };
}
