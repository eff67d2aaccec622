import type { CommandDescription } from '../description.ts';
import { paths, rolloutFlags } from './shared.ts';

export const status: CommandDescription = {
  name: 'status',
  summary: 'how far the rollout is, on one screen',
  description:
    'Tells on one screen how far the rollout is, what changed since the last recorded run, what comes next, what holds tasks back, and which connections can be switched off.',
  argument: paths,
  flags: rolloutFlags,
  plans: true,
  examples: [
    { command: 'status', text: 'now, and what is different since the last recorded run' },
    { command: 'status --record', text: 'the same, and remember it: once a day, in CI' },
    { command: 'status --runs task-instances.json', text: 'with the proof that migrated tasks run' },
  ],
  load: () => import('../commands/status.ts'),
};
