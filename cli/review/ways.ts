/** Other ways for one task: what a person may choose over what the configuration would make of it. */
import type { Alternatives, Candidate, Decisions } from '../../src/index.ts';

/** What choosing it does: sets these alternatives, or asks for a time first. */
export type Choice = { readonly set: Alternatives } | 'timeout';

export interface Way {
  readonly label: string;
  readonly choice: Choice;
  /** It holds already. */
  readonly isChosen: boolean;
}

/** The ways of a task, `queues` as the configuration names them. The last one takes all back. */
export function waysOf({ entry }: Candidate, decisions: Decisions, queues: readonly string[]): Way[] {
  const chosen = decisions.get(entry.id)?.alternatives ?? {};
  const one = (label: string, more: Alternatives, isChosen: boolean): Way => ({
    label,
    choice: { set: { ...chosen, ...more } },
    isChosen,
  });
  const sensors = entry.sensors.length === 0 ? [] : (['remove', 'placeholder'] as const);
  return [
    ...sensors.map((sensor) => {
      const label = sensor === 'remove' ? 'sensor: removed' : 'sensor: an empty task stays in its place';
      return one(label, { sensor }, chosen.sensor === sensor);
    }),
    ...queues.map((queue) => {
      const here = entry.queue === queue && chosen.queue === undefined ? ' (as routed)' : '';
      return one(`queue: ${queue}${here}`, { queue }, chosen.queue === queue);
    }),
    {
      label:
        chosen.timeout === undefined ? 'time limit: type one' : `time limit: ${timeText(chosen.timeout)}, type another`,
      choice: 'timeout',
      isChosen: chosen.timeout !== undefined,
    },
    ...(Object.keys(chosen).length === 0
      ? []
      : [{ label: 'as planned: take all of this back', choice: { set: {} }, isChosen: false }]),
  ];
}

/** The largest whole units: `1h30m`. */
function timeText(seconds: number): string {
  let rest = seconds;
  const parts: string[] = [];
  for (const [unit, size] of [
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ] as const) {
    const number = Math.floor(rest / size);
    if (number > 0) parts.push(`${number}${unit}`);
    rest -= number * size;
  }
  return parts.join('');
}

/** What was chosen, for a line: `sensor placeholder, queue poc, time limit 2h`; '' for nothing. */
export function choiceText({ sensor, queue, timeout }: Alternatives): string {
  return [
    ...(sensor === undefined ? [] : [`sensor ${sensor === 'remove' ? 'removed' : 'placeholder'}`]),
    ...(queue === undefined ? [] : [`queue ${queue}`]),
    ...(timeout === undefined ? [] : [`time limit ${timeText(timeout)}`]),
  ].join(', ');
}
