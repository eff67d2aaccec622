import type { CommandDescription } from '../description.ts';

export const decide: CommandDescription = {
  name: 'decide',
  summary: 'what review does, for scripts',
  description:
    'Accepts, rejects, skips or resets one change (its id or its task, as `scan --format json` has them) or all that match a filter; flags as --dag alone stand for all that they select. Without an action it lists what would be decided.',
  argument: { name: '[change|filter...]', text: 'a change id, a task id, or a filter' },
  flags: [
    { name: '--accept', text: '`apply --accepted` writes it' },
    { name: '--reject', text: 'no `apply` writes it' },
    { name: '--skip', text: 'seen, and left for later' },
    { name: '--reset', text: 'undecided again' },
    {
      name: '--sensor <way>',
      text: 'its sensor goes, or an empty task stays in its place: remove, placeholder',
      values: ['remove', 'placeholder'],
    },
    { name: '--queue <queue>', text: 'this queue of the configuration; isolation rules hold' },
    { name: '--timeout <time>', text: 'this time limit: 90m, 2h, 1h30m or seconds' },
    { name: '--as-planned', text: 'take sensor, queue and time limit back' },
    { name: '--edit <file>', text: 'its result as this file has it (DAG or request), verified before it counts' },
    {
      name: '--part <part>',
      text: 'with --accept: only the new request document, its call later: document',
      values: ['document'],
    },
    { name: '--undo', text: 'take the last step back, step by step to the first' },
    { name: '--redo', text: 'make the step again that was taken back' },
  ],
  plans: true,
  examples: [
    { command: 'decide verdict:safe owner:sales', text: 'what would that be?' },
    { command: 'decide verdict:safe owner:sales --accept', text: 'accept them' },
    { command: "decide 'dags/pi.py#spark_pi.submit' --reject", text: 'one task' },
    {
      command: "decide 'dags/pi.py#spark_pi.submit' --queue poc --timeout 2h",
      text: 'another way, planned again at once',
    },
    { command: "decide 'dags/pi.py#spark_pi.submit' --edit /tmp/pi.py --accept", text: 'accept it as you edited it' },
    { command: 'decide --undo', text: 'take the last step back' },
  ],
  notes:
    'Filter: words that must all hold. verdict: decision: owner: dag: task: connection: namespace: queue: code: loss: path: with a value (globs; several of one key: any of them), or plain text.\n-- -verdict:manual takes what does not match.',
  load: () => import('../commands/decide.ts'),
};
