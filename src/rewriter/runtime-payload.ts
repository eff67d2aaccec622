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

/**
 * The expression that the call passes instead, null where the helper can't help: it is not there, the document is text
 * that is rendered only later, or nothing would render what it returns.
 */
export function runtimeExpression(
  project: Project,
  task: SparkTask,
  plan: ArgumentPlan,
  route: Route | null,
  maxRunningMillis: number | null,
): string | null {
  const { payload } = task;
  const { style, target } = project;
  if (!project.runtimeHelper || style === null || style === 'file' || !rendersTemplates(target, style)) return null;
  if (payload.kind !== 'runtime' && payload.kind !== 'dict') return null;
  const { argument } = payload;
  const isText = /^[rRuUbBfF]{0,2}["']/.test(argument.text) || argument.value.kind === 'known';
  if (isText && payload.kind === 'runtime') return null;
  const mark = usualQuote(task);
  const text = (value: string): string => mark + value.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`) + mark;
  const { name, image, mainApplicationFile } = plan.overrides;
  const labels = Object.entries(route?.labels ?? {}).map(([key, value]) => `${text(key)}: ${text(value)}`);
  const parts = [
    argument.text,
    `queue=${route?.queue == null ? 'None' : text(route.queue)}`,
    ...(name === undefined ? [] : [`name=${text(name)}`]),
    ...(image === undefined ? [] : [`image=${text(image)}`]),
    ...(mainApplicationFile === undefined ? [] : [`main_application_file=${text(mainApplicationFile)}`]),
    ...(route?.spotInstance === undefined ? [] : [`spot_instance=${route.spotInstance ? 'True' : 'False'}`]),
    ...(labels.length === 0 ? [] : [`labels={${labels.join(', ')}}`]),
    ...(maxRunningMillis === null ? [] : [`max_running_millis=${maxRunningMillis}`]),
  ];
  return `${helperName}(${parts.join(', ')})`;
}
