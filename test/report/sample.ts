/** The parts to build a report of, each with something in every member. */
import type { FindingEntry, FindingKind, Loss, Report, SensorEntry, TaskEntry } from '../../src/model.ts';

/** Explains any code, so that these tests do not depend on which codes the catalogue holds. */
export function anyKind(code: string): FindingKind {
  return {
    verdict: code.startsWith('told-') ? 'safe' : 'review',
    title: `Title of ${code}`,
    message: '{what}',
    why: `Why of ${code}.`,
    remedy: `Remedy of ${code}.`,
  };
}

export function finding(part: Partial<FindingEntry> = {}): FindingEntry {
  return {
    code: 'retry-resubmits',
    severity: 'warning',
    message: 'A retry submits the job again.',
    file: 'dags/pi.py',
    line: 12,
    column: 5,
    ...part,
  };
}

export function loss(part: Partial<Loss> = {}): Loss {
  return {
    path: 'driver.tolerations',
    value: [{ key: 'phi', operator: 'Exists' }],
    class: 'lost',
    why: 'The request has no field for tolerations.',
    remedy: 'Taint and tolerate at the queue.',
    ...part,
  };
}

export function task(part: Partial<TaskEntry> = {}): TaskEntry {
  const file = part.file ?? 'dags/pi.py';
  const dagId = part.dagId === undefined ? 'spark_pi' : part.dagId;
  const taskId = part.taskId === undefined ? 'submit' : part.taskId;
  return {
    id: `${file}#${dagId ?? '?'}.${taskId ?? '?'}`,
    idParts: { file, dagId, taskId, ordinal: 1 },
    file,
    line: 12,
    column: 5,
    dagId,
    taskId,
    status: 'legacy',
    verdict: 'safe',
    decision: null,
    connection: 'emr_phi',
    namespace: 'default',
    queue: 'poc',
    payload: { kind: 'file', path: 'dags/pi.yaml', target: 'dags/pi.bpg.yaml' },
    sensors: [],
    multiplicity: 1,
    losses: [],
    findings: [],
    change: null,
    ...part,
  };
}

export function sensor(part: Partial<SensorEntry> = {}): SensorEntry {
  return {
    id: 'dags/pi.py#spark_pi.monitor',
    file: 'dags/pi.py',
    line: 20,
    column: 5,
    dagId: 'spark_pi',
    taskId: 'monitor',
    task: 'dags/pi.py#spark_pi.submit',
    outcome: 'removed',
    findings: [],
    ...part,
  };
}

/** A report whose summary agrees with its tasks, sensors and files. */
export function report(part: Partial<Omit<Report, 'summary'>> = {}): Report {
  const tasks = part.tasks ?? [];
  const files = part.files ?? [];
  const sensors = part.sensors ?? [];
  const legacy = tasks.filter((entry) => entry.status === 'legacy');
  const verdicts = (verdict: string): number => legacy.filter((entry) => entry.verdict === verdict).length;
  return {
    schemaVersion: 1,
    tool: { name: 'bpg-migrate', version: '0.0.0' },
    connections: [],
    findings: [],
    changes: [],
    ...part,
    tasks,
    files,
    sensors,
    summary: {
      files: files.length,
      tasks: tasks.length,
      legacy: legacy.length,
      migrated: tasks.filter((entry) => entry.status === 'migrated').length,
      ignored: tasks.filter((entry) => entry.status === 'ignored').length,
      safe: verdicts('safe'),
      review: verdicts('review'),
      manual: verdicts('manual'),
      sensors: sensors.length,
      skippedFiles: files.filter((entry) => entry.skipped !== null).length,
    },
  };
}
