/** The words and signs that the table, the Markdown and the HTML share. */

import { counted } from '../counted.ts';
import type {
  Blocker,
  FindingKind,
  Json,
  PayloadEntry,
  SensorEntry,
  Severity,
  TaskEntry,
  TaskRuns,
  WaveRisk,
} from '../model.ts';
import type { State } from './order.ts';

export { counted };

/** Looks up a finding code; `kindOf` of the catalogue, unless a test brings its own. */
export type FindKind = (code: string) => FindingKind;

/** A state's sign, letter (never the sign alone: colour and shape may not reach the reader) and meaning. */
export interface StateWords {
  readonly glyph: string;
  readonly letter: string;
  readonly label: string;
  readonly meaning: string;
}
export const stateWords: Readonly<Record<State, StateWords>> = {
  safe: { glyph: '✔', letter: 'S', label: 'safe', meaning: 'behaviour is kept; applied by default' },
  review: { glyph: '▲', letter: 'R', label: 'review', meaning: 'something changes; a person decides' },
  manual: { glyph: '✖', letter: 'M', label: 'manual', meaning: 'not expressible or not knowable; never edited' },
  migrated: { glyph: '●', letter: 'D', label: 'migrated', meaning: 'done: already on the target' },
  ignored: { glyph: '○', letter: 'I', label: 'ignored', meaning: 'left alone by a comment in the source' },
};

export const severityGlyphs: Readonly<Record<Severity, string>> = { info: 'i', warning: '!', error: '✖' };

export const outcomeWords: Readonly<Record<SensorEntry['outcome'], string>> = {
  removed: 'removed: its task waits now',
  placeholder: 'becomes an empty placeholder task',
  kept: 'kept',
  manual: 'left for you',
};

const payloadWords: Readonly<Record<PayloadEntry['kind'], string>> = {
  file: 'file',
  constant: 'text in a constant',
  inline: 'text in the call',
  dict: 'dict',
  runtime: 'known only at run time',
};

/** Where the document comes from and where the request will stand. */
export function payloadText(payload: PayloadEntry | null): string {
  if (payload === null) return 'no document';
  const from = payload.path === null ? payloadWords[payload.kind] : `${payloadWords[payload.kind]} ${payload.path}`;
  return payload.target === null || payload.target === payload.path ? from : `${from} → ${payload.target}`;
}

/** Connection and queue, `?` where unknown. */
export function routeText(task: Pick<TaskEntry, 'connection' | 'queue'>): string {
  return `${task.connection ?? '?'} → ${task.queue ?? '?'}`;
}

/** The task id, the known ids where one call makes several, `?` where unknown. */
export function taskName(task: Pick<TaskEntry, 'taskId' | 'taskIds'>): string {
  if (task.taskIds !== undefined && task.taskIds.length > 0) return task.taskIds.join(', ');
  return task.taskId ?? '?';
}

/** `×3` or `×n` where one call makes several task instances, else ''. */
export function multiplicityText(multiplicity: number | 'dynamic'): string {
  if (multiplicity === 1) return '';
  return multiplicity === 'dynamic' ? '×n' : `×${multiplicity}`;
}

/** `file:line:column`, as editors and terminals make it a link. */
export function placeText(place: { readonly file: string; readonly line: number; readonly column: number }): string {
  return `${place.file}:${place.line}:${place.column}`;
}

/** A value of a loss on one line, cut past `limit` characters. */
export function valueText(value: Json, limit = 200): string {
  const text = JSON.stringify(value);
  const characters = Array.from(text);
  return characters.length <= limit ? text : `${characters.slice(0, limit).join('')}…`;
}

export const riskWords: Readonly<Record<WaveRisk, string>> = {
  low: 'low risk',
  medium: 'medium risk',
  high: 'high risk',
  blocked: 'can not move whole',
};

/** `45 min`, `3 h`, `2.5 days` of eight hours. */
export function durationText(minutes: number): string {
  if (minutes < 90) return `${minutes} min`;
  const hours = minutes / 60;
  return hours < 12 ? `${Math.round(hours)} h` : `${Math.round((hours / 8) * 2) / 2} days`;
}

/** `map connection X to a queue: frees 41 tasks in 12 DAGs`. */
export function blockerText({ action, tasks, frees, dags }: Blocker): string {
  const held = `holds ${counted(tasks.length, 'task')}`;
  if (frees.length === 0) return `${action}: ${held}, none by itself`;
  const freed = `frees ${counted(frees.length, 'task')} in ${counted(dags, 'DAG')}`;
  return tasks.length === frees.length ? `${action}: ${freed}` : `${action}: ${freed}, ${held}`;
}

/** `proven 3 runs on the gateway, last failed 2026-11-04`. */
export function runsText({ proven, lastFailed, unclear }: TaskRuns): string {
  const said =
    proven === 0 ? 'no successful run on the gateway yet' : `proven ${counted(proven, 'run')} on the gateway`;
  const failed = lastFailed === null ? '' : `, last failed ${lastFailed.slice(0, 10)}`;
  return `${said}${failed}${unclear === 0 ? '' : `, ${unclear} without an operator`}`;
}

/** MiB as `512 MiB`, `12 GiB`. */
export function memoryText(mebibytes: number): string {
  return mebibytes < 1024 ? `${mebibytes} MiB` : `${Math.round((mebibytes / 1024) * 10) / 10} GiB`;
}
