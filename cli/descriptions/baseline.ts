import type { CommandDescription } from '../description.ts';
import { paths } from './shared.ts';

export const baseline: CommandDescription = {
  name: 'baseline',
  summary: "record today's legacy tasks, so that only new ones fail the check",
  description:
    'Writes .bpg-migrate/baseline.json, which belongs in git: each legacy task by its DAG, its id and what its call says. `apply --check` counts those no longer, wherever they move, until their call changes. What is no longer there is taken off.',
  argument: paths,
  flags: [],
  plans: true,
  examples: [
    { command: 'baseline', text: 'once, before the check becomes a duty; again, to take off what was moved' },
    { command: 'baseline dags/clinical', text: 'one folder; the others stay recorded as they were' },
  ],
  load: () => import('../commands/baseline.ts'),
};
