/** Mapped tasks: what `.expand(…)` gives to each of them must be something that BPGOperator takes too. */
import type { Finding, SparkTask } from '../model.ts';
import { baseParameters } from './parameters.ts';
import { brief, finding } from './project.ts';

/** Why a mapped task can not move as it stands; none for any other call. */
export function mappedFindings(task: SparkTask): readonly Finding[] {
  if (task.form !== 'partial') return [];
  const { expansion, payload, place } = task;
  if (expansion === null || !expansion.method.startsWith('expand')) return [finding('mapped-elsewhere', place)];
  if (!expansion.complete) return [finding('mapped-over-unknown', place, { method: expansion.method })];
  const isPayload = (name: string | null): boolean =>
    expansion.method === 'expand' && name === 'application_file' && payload.kind === 'file';
  return expansion.arguments.flatMap(({ name, text }) =>
    name !== null && (baseParameters.has(name) || isPayload(name))
      ? []
      : [finding('mapped-argument', place, { name: name ?? brief(text), expression: brief(text) })],
  );
}
