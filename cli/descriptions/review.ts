import type { CommandDescription } from '../description.ts';
import { allowDirty, paths } from './shared.ts';

export const review: CommandDescription = {
  name: 'review',
  summary: 'decide change by change, full screen',
  description:
    'Shows every change beside its reasons, by team, DAG and task, to be accepted, rejected or skipped. Each decision is saved at once in .bpg-migrate/decisions.json and found again; `a` writes the accepted ones, all or none. `?` lists the keys.',
  argument: paths,
  flags: [allowDirty],
  plans: true,
  examples: [
    { command: 'review', text: 'all of it' },
    { command: "review --dag 'clinical_*' --verdict review", text: 'a part' },
  ],
  notes:
    'A decision holds for the change that was seen: when its source, its document or its translation becomes another, the task is undecided again, and marked.\nWithout a terminal: `decide` and `apply --accepted` do the same.',
  load: () => import('../commands/review.ts'),
};
