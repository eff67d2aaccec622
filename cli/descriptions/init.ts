import type { CommandDescription } from '../description.ts';
import { paths } from './shared.ts';

export const init: CommandDescription = {
  name: 'init',
  summary: 'write a first bpg-migrate.yaml with every connection found',
  description:
    'Scans the DAGs and writes bpg-migrate.yaml: every connection found, to be given a queue, and the names that its queue must provide. An existing one is never overwritten.',
  argument: paths,
  flags: [],
  plans: true,
  examples: [
    { command: 'init', text: 'once, at the top of the repository' },
    { command: 'init dags/clinical', text: 'looks at one folder only' },
  ],
  load: () => import('../commands/init.ts'),
};
