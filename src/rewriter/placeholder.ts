/** An EmptyOperator in the place of a sensor: same task id, same edges, none of the sensor's own keywords. */
import type { Edit, SparkSensor } from '../model.ts';
import { printItems } from './argument-list.ts';
import { inside } from './call.ts';
import { baseParameters } from './parameters.ts';

/** `text` is the file's, `callee` the name under which EmptyOperator is imported. */
export function placeholderEdits(sensor: SparkSensor, text: string, callee: string): readonly Edit[] {
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
  return [
    { span: sensor.callee, text: callee },
    { span: region, text: list },
  ];
}
