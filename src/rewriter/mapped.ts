/** Mapped tasks: what `.expand(…)` gives to each of them must be something that BPGOperator takes too. */
import type { Argument, Finding, SparkTask } from '../model.ts';
import { baseParameters } from './parameters.ts';
import { brief, finding } from './project.ts';

/** Why a mapped task can not move as it stands; none for any other call. `translates`: the operator translates what it gets. */
export function mappedFindings(task: SparkTask, translates: boolean): readonly Finding[] {
  if (task.form !== 'partial') return [];
  const { expansion, payload, place } = task;
  if (expansion === null || !expansion.method.startsWith('expand')) return [finding('mapped-elsewhere', place)];
  if (!expansion.complete) return [finding('mapped-over-unknown', place, { method: expansion.method })];
  const isPayload = (argument: Argument): boolean =>
    expansion.method === 'expand' &&
    'argument' in payload &&
    payload.argument === argument &&
    (payload.kind === 'file' || translates);
  return expansion.arguments.flatMap((argument) => {
    const { name, text } = argument;
    if (name !== null && (baseParameters.has(name) || isPayload(argument))) return [];
    return [finding('mapped-argument', place, { name: name ?? brief(text), expression: brief(text) })];
  });
}
