import type { CommandDescription } from '../description.ts';

export const decide: CommandDescription = {
  name: 'decide',
  summary: 'what review does, for scripts',
  description:
    'Accepts, rejects, skips or resets one change (its id or its task, as `scan --format json` has them) or all that match a filter. Without an action it lists what would be decided.',
  argument: { name: '[change|filter...]', text: 'a change id, a task id, or a filter' },
  flags: [
    { name: '--accept', text: '`apply --accepted` writes it' },
    { name: '--reject', text: 'no `apply` writes it' },
    { name: '--skip', text: 'seen, and left for later' },
    { name: '--reset', text: 'undecided again' },
    { name: '--undo', text: 'take the last step back, step by step to the first' },
    { name: '--redo', text: 'make the step again that was taken back' },
  ],
  plans: true,
  examples: [
    { command: 'decide verdict:safe owner:sales', text: 'what would that be?' },
    { command: 'decide verdict:safe owner:sales --accept', text: 'accept them' },
    { command: "decide 'dags/pi.py#spark_pi.submit' --reject", text: 'one task' },
    { command: 'decide --undo', text: 'take the last step back' },
  ],
  notes:
    'Filter: words that must all hold. verdict: decision: owner: dag: task: connection: namespace: queue: code: loss: path: with a value (globs; several of one key: any of them), or plain text.\n-- -verdict:manual takes what does not match.',
  load: () => import('../commands/decide.ts'),
};
