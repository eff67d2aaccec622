/** An EmptyOperator in the place of a sensor: same task id, same edges, none of the sensor's own keywords. */
import type { Edit, FileFacts, SparkSensor, SparkTask } from '../model.ts';
import { printItems } from './argument-list.ts';
import { inside } from './call.ts';
import type { Edges } from './graph.ts';
import { baseParameters } from './parameters.ts';

interface Emptied {
  readonly sensor: SparkSensor;
  readonly tasks: readonly SparkTask[];
  readonly implied: Edges;
}

/** `callee` is the name under which EmptyOperator is imported. */
export function placeholderEdits(
  { sensor, tasks, implied }: Emptied,
  facts: FileFacts,
  callee: string,
): readonly Edit[] {
  const { text } = facts.source;
  const kept = sensor.arguments.filter(({ name }) => name !== null && baseParameters.has(name));
  const region = inside(sensor);
  const lonely = kept.length === 1 && sensor.comments.length === 0;
  const list = lonely
    ? text.slice(kept[0]?.span.start, kept[0]?.span.end)
    : printItems(
        text,
        region,
        sensor.arguments.map(({ span }) => span),
        sensor.comments,
        (index) => (kept.some((argument) => argument === sensor.arguments[index]) ? 'keep' : []),
      );
  const edits: Edit[] = [
    { span: sensor.callee, text: callee },
    { span: region, text: list },
  ];
  const [before] = tasks;
  if (implied.size > 0 && before?.variable != null && sensor.variable !== null) {
    // The argument that made the edge is gone.
    const { end, start } = sensor.statement;
    const indent = /[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', start - 1) + 1, start))?.[0] ?? '';
    const line = `${facts.lineEnding}${indent}${before.variable.name} >> ${sensor.variable.name}`;
    edits.push({ span: { start: end, end }, text: line });
  }
  return edits;
}
