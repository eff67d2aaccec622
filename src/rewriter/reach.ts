/** What must be said of a task in a function that is called from elsewhere. */
import type { FileFacts, Finding, ReachedDefinition, Span, SparkTask } from '../model.ts';
import { factsOf, factText, finding, type Project } from './project.ts';

const isWithin = (definition: ReachedDefinition, file: string, span: Span): boolean =>
  definition.file === file && definition.span.start <= span.start && span.end <= definition.span.end;

/** What must be said of a task because of the way in which it is reached. */
export function reachFindings(project: Project, facts: FileFacts, task: SparkTask): readonly Finding[] {
  const { reached, overridden } = task;
  if (overridden !== undefined)
    return [finding('subclass-overrides', task.place, { class: overridden.name, because: overridden.because })];
  const [first] = reached?.definitions ?? [];
  if (reached === undefined || first === undefined) return [];
  const findings: Finding[] = [];
  if (reached.dags.length === 0) return [finding('definition-unused', task.place, { definition: first.name })];
  const args = { definition: first.name, count: reached.dags.length, dags: reached.dags.join(', ') };
  if (reached.definitions.some(({ shared }) => shared)) {
    findings.push(finding('definition-copied', task.place, args));
    const others = new Set(
      facts.tasks.filter((one) => isWithin(first, one.file, one.span)).map(({ span }) => span.start),
    );
    if (first.shared && others.size > 1)
      findings.push(finding('definition-holds-several', task.place, { definition: first.name, count: others.size }));
  } else if (reached.dags.length > 1) findings.push(finding('definition-in-place', task.place, args));
  for (const path of new Set(reached.definitions.flatMap(({ calls }) => calls.map((call) => call.file)))) {
    const there = path === facts.source.path ? null : factsOf(project, path);
    const ids = [...(task.taskIds ?? []), factText(task.taskId) ?? ''].filter((id) => id !== '');
    const watching = there?.sensors.find(({ watches }) => watches?.some((key) => ids.includes(key)) === true);
    if (watching !== undefined)
      findings.push(finding('sensor-in-other-file', watching.place, { definition: first.name, file: path }));
  }
  return findings;
}
