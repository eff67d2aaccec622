/** How long the rest will take people, by thresholds that anybody can argue with. */
import type { Effort, TaskEntry } from '../model.ts';

const SAFE = 5;
const REVIEW = 20;
const LOST = 10;
const MANUAL = 120;

const rules: Effort['rules'] = [
  { what: 'a safe task: look at its difference, apply', minutes: SAFE },
  { what: 'a task that needs consent: read its findings, decide', minutes: REVIEW },
  { what: 'each field that it loses and nobody accepted: agree with the platform', minutes: LOST },
  { what: 'a manual task: change it by hand, test it', minutes: MANUAL },
];

/** Minutes for one task; none for what is migrated or ignored. */
export function minutesFor({ status, verdict, losses }: TaskEntry): number {
  if (status !== 'legacy') return 0;
  if (verdict === 'safe') return SAFE;
  if (verdict !== 'review') return MANUAL;
  const lost = losses.filter((loss) => loss.class === 'lost' && loss.accepted === undefined).length;
  return REVIEW + lost * LOST;
}

export function effortOf(tasks: readonly TaskEntry[]): Effort {
  return { minutes: tasks.reduce((sum, task) => sum + minutesFor(task), 0), rules };
}
