import type { CommandDescription } from '../description.ts';

export const undo: CommandDescription = {
  name: 'undo',
  summary: 'take an apply back',
  description:
    'Takes the last apply back, or the run that is named, file by file: edits that were made elsewhere in a file since are kept. A file in which somebody changed what apply had written is left alone and named, exit 1. Documents that apply made are removed when they are unchanged and nobody needs them.',
  argument: { name: '[run]', text: 'the number that apply said (default: the last one)' },
  flags: [],
  plans: false,
  examples: [
    { command: 'undo', text: 'the last apply; again: the one before' },
    { command: 'undo 3', text: 'run 0003, whatever came after it' },
  ],
  load: () => import('../commands/undo.ts'),
};
