import type { CommandDescription } from '../description.ts';
import { allowDirty, includeReview, mode, modeNotes, paths } from './shared.ts';

export const apply: CommandDescription = {
  name: 'apply',
  summary: 'write the safe changes; with --check only look',
  description:
    'Writes the safe changes: DAGs and the request documents beside their sources. All of them or, when something stands in the way, none. What a review rejected is left alone.',
  argument: paths,
  flags: [
    {
      name: '--check',
      text: 'write nothing; exit 1 when a legacy task is left that is neither ignored nor in the baseline, or a document drifted',
    },
    includeReview,
    { name: '--accepted', text: 'exactly what a review accepted, whatever its verdict' },
    mode,
    allowDirty,
  ],
  plans: true,
  examples: [
    { command: 'apply', text: 'what is safe' },
    { command: 'apply --accepted', text: 'what was accepted in `review` or by `decide`' },
    { command: "apply --include review --dag 'clinical_*'", text: 'what was read and agreed, DAG by DAG' },
    { command: 'apply --mode switch', text: 'gradually: both operators, one line for each task to choose' },
    { command: 'apply --check', text: 'in CI' },
  ],
  notes: modeNotes,
  load: () => import('../commands/apply.ts'),
};
