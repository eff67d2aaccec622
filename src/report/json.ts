/**
 * The contract of `scan --format json`: the members in the order of the documentation, everything sorted, no `changes`.
 * Objects are rebuilt member by member, so nothing that a later version keeps in memory can leak into the contract.
 */
import type { ConnectionEntry, FileEntry, FindingEntry, Loss, Report, SensorEntry, TaskEntry } from '../model.ts';
import { compareText, sortFindings, sortLosses, sortSensors, sortTasks } from './order.ts';

/** The report as JSON, indented by two, with a newline at the end; described by `schema/report.schema.json`. */
export function renderJson(report: Report): string {
  const { tool, summary } = report;
  const contract = {
    schemaVersion: report.schemaVersion,
    tool: { name: tool.name, version: tool.version },
    ...(report.shard === undefined ? {} : { shard: { index: report.shard.index, count: report.shard.count } }),
    summary: {
      files: summary.files,
      tasks: summary.tasks,
      legacy: summary.legacy,
      migrated: summary.migrated,
      ignored: summary.ignored,
      safe: summary.safe,
      review: summary.review,
      manual: summary.manual,
      sensors: summary.sensors,
      skippedFiles: summary.skippedFiles,
    },
    tasks: sortTasks(report.tasks).map(taskMember),
    sensors: sortSensors(report.sensors).map(sensorMember),
    connections: report.connections
      .toSorted((left, right) => compareText(left.name, right.name) || compareText(left.kind, right.kind))
      .map(connectionMember),
    files: report.files.toSorted((left, right) => compareText(left.file, right.file)).map(fileMember),
    findings: sortFindings(report.findings).map(findingMember),
    ...(report.rollout === undefined ? {} : { rollout: report.rollout }),
  };
  return `${JSON.stringify(contract, null, 2)}\n`;
}

function taskMember(task: TaskEntry): unknown {
  const { idParts, payload } = task;
  return {
    id: task.id,
    idParts: { file: idParts.file, dagId: idParts.dagId, taskId: idParts.taskId, ordinal: idParts.ordinal },
    file: task.file,
    line: task.line,
    column: task.column,
    dagId: task.dagId,
    taskId: task.taskId,
    ...(task.taskIds === undefined ? {} : { taskIds: task.taskIds }),
    status: task.status,
    verdict: task.verdict,
    decision: task.decision,
    connection: task.connection,
    namespace: task.namespace,
    queue: task.queue,
    payload: payload === null ? null : { kind: payload.kind, path: payload.path, target: payload.target },
    sensors: task.sensors.toSorted(compareText),
    multiplicity: task.multiplicity,
    losses: sortLosses(task.losses).map(lossMember),
    findings: sortFindings(task.findings).map(findingMember),
    change: task.change,
  };
}

function lossMember(loss: Loss): unknown {
  const { path, value, class: kind, why, remedy, accepted } = loss;
  return { path, value, class: kind, why, remedy, ...(accepted === undefined ? {} : { accepted }) };
}

function findingMember(finding: FindingEntry): unknown {
  const { code, severity, message, file, line, column } = finding;
  return { code, severity, message, file, line, column };
}

function sensorMember(sensor: SensorEntry): unknown {
  const { id, file, line, column, dagId, taskId, task, outcome, findings } = sensor;
  return { id, file, line, column, dagId, taskId, task, outcome, findings: sortFindings(findings).map(findingMember) };
}

function connectionMember(connection: ConnectionEntry): unknown {
  const { name, kind, legacy, migrated, otherUsers, queues, retirable } = connection;
  return { name, kind, legacy, migrated, otherUsers, queues: queues.toSorted(compareText), retirable };
}

function fileMember({ file, tasks, skipped }: FileEntry): unknown {
  return { file, tasks, skipped };
}
