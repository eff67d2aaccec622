import type { CommandDescription } from '../description.ts';

export const explain: CommandDescription = {
  name: 'explain',
  summary: 'say what a finding means and what to do',
  description: 'Says what a finding means, why it is raised and what to do. Without a code: lists all.',
  argument: { name: '[code]', text: 'the code of a finding' },
  flags: [],
  plans: false,
  examples: [
    { command: 'explain', text: 'all codes' },
    { command: 'explain retry-resubmits', text: 'one of them' },
  ],
  load: () => import('../commands/explain.ts'),
};
