/**
 * Documents that only exist when the DAG runs: where the runtime helper is installed, the call hands the same expression
 * to it, and it translates or refuses at run time what can not be looked at here.
 */
import { posix } from 'node:path';
import type { Options, Route, SparkTask } from '../model.ts';
import type { ProjectFile } from '../parser/project-files.ts';
import { rendersTemplates } from '../target/payload-style.ts';
import type { ArgumentPlan } from './arguments.ts';
import { usualQuote } from './call.ts';
import type { Project } from './project.ts';

/** File and function of the helper as `scaffold` writes it. */
export const helperName = 'to_bpg';

/** True when the helper lies where Airflow finds it: in the plugins or DAGs folder, or beside the target operator. */
export function hasRuntimeHelper(options: Options, read: (path: string) => ProjectFile): boolean {
  const { operatorSource } = options.target;
  const folders = ['plugins', 'dags', ...(operatorSource === null ? [] : [posix.dirname(operatorSource)])];
  return folders.some((folder) => {
    const file = read(posix.join(folder, `${helperName}.py`));
    return file.ok && /^def to_bpg\(/m.test(file.text);
  });
}

/** How the document of one call gets translated when the DAG is parsed, or when the task runs. */
export interface RuntimePayload {
  /** What the call passes for its content. */
  readonly reference: string;
  /** The function by which the operator translates it once it is rendered; null where the content is a request. */
  readonly translate: string | null;
}

/**
 * Null where the helper can't help: it is not there, or nothing would render what it returns. `isRendered`: the document
 * is there, but only whole once it is rendered. Those, and documents that come late, need an operator that translates.
 */
export function runtimePayload(
  project: Project,
  task: SparkTask,
  plan: ArgumentPlan,
  route: Route | null,
  maxRunningMillis: number | null,
  isRendered = false,
): RuntimePayload | null {
  const { payload } = task;
  const { style, target } = project;
  if (!project.runtimeHelper || style === null || style === 'file' || !rendersTemplates(target, style)) return null;
  if (!('argument' in payload)) return null;
  const { text } = payload.argument;
  const settings = settingsOf(task, plan, route, maxRunningMillis);
  const late = isRendered ? 'surely' : payload.kind === 'runtime' ? payload.late : undefined;
  const translates = target.parameters.has('translate') && style === 'templated';
  if (late !== undefined && translates)
    return { reference: text, translate: `lambda document: ${helperName}(document, ${settings})` };
  if (late === 'surely') return null;
  if (payload.kind !== 'runtime' && payload.kind !== 'dict') return null;
  return { reference: `${helperName}(${text}, ${settings})`, translate: null };
}

/** What the helper is to know beside the document. */
function settingsOf(task: SparkTask, plan: ArgumentPlan, route: Route | null, maxRunningMillis: number | null): string {
  const mark = usualQuote(task);
  const text = (value: string): string => mark + value.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`) + mark;
  const { name, image, mainApplicationFile } = plan.overrides;
  const labels = Object.entries(route?.labels ?? {}).map(([key, value]) => `${text(key)}: ${text(value)}`);
  return [
    `queue=${route?.queue == null ? 'None' : text(route.queue)}`,
    ...(name === undefined ? [] : [`name=${text(name)}`]),
    ...(image === undefined ? [] : [`image=${text(image)}`]),
    ...(mainApplicationFile === undefined ? [] : [`main_application_file=${text(mainApplicationFile)}`]),
    ...(route?.spotInstance === undefined ? [] : [`spot_instance=${route.spotInstance ? 'True' : 'False'}`]),
    ...(labels.length === 0 ? [] : [`labels={${labels.join(', ')}}`]),
    ...(maxRunningMillis === null ? [] : [`max_running_millis=${maxRunningMillis}`]),
  ].join(', ');
}
