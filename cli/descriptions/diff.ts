import type { CommandDescription } from '../description.ts';
import { includeReview, mode, paths } from './shared.ts';

export const diff: CommandDescription = {
  name: 'diff',
  summary: 'print the patch that apply would make',
  description:
    'Prints the patch that `apply` with the same flags would make. Writes nothing but the folder of --split.',
  argument: paths,
  flags: [
    {
      name: '--format <format>',
      text: 'unified (default), side-by-side or json',
      values: ['unified', 'side-by-side', 'json'],
    },
    includeReview,
    { name: '--accepted', text: 'exactly what a review accepted' },
    mode,
    {
      name: '--split <by>',
      text: 'a patch for each owner, dag or wave, and one for what several share; each applies alone, all together are the whole',
      values: ['owner', 'dag', 'wave'],
    },
    {
      name: '--output <dir>',
      text: 'with --split: the folder of the patches, with proposals for branches and messages',
    },
  ],
  plans: true,
  examples: [
    { command: 'diff', text: 'the safe changes' },
    { command: 'diff --include review --format side-by-side', text: 'also those that need consent, to be read' },
    { command: 'diff --split owner --output patches', text: 'a pull request for each team' },
    { command: "diff --dag 'clinical_*' | git apply", text: 'the same as apply, by git' },
  ],
  load: () => import('../commands/diff.ts'),
};
