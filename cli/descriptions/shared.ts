/** What the descriptions of several commands share. */
import type { CommandDescription, FlagDescription } from '../description.ts';

/** What most commands look at. */
export const paths: NonNullable<CommandDescription['argument']> = {
  name: '[paths...]',
  text: "files and folders (default: the configuration's, else dags/, else .)",
};
export const python: FlagDescription = {
  name: '--python <interpreter>',
  text: 'the Python of your Airflow: target operator and versions are looked up there too (read, not run)',
};
/** History and proof of a rollout. */
export const rolloutFlags: readonly FlagDescription[] = [
  {
    name: '--runs <file>',
    text: "task states exported from Airflow (JSON of the REST API's task instances, or CSV): which migrated tasks are proven",
  },
  { name: '--record', text: 'add this run to .bpg-migrate/history.jsonl, the source of the burndown' },
  {
    name: '--now <time>',
    text: 'the time of this run, ISO (default with --record: the clock; else none is looked at)',
  },
];
export const includeReview: FlagDescription = {
  name: '--include <verdict>',
  text: 'also changes that need consent: review',
  values: ['review'],
};

export const allowDirty: FlagDescription = {
  name: '--allow-dirty',
  text: 'also write files with changes that git has not recorded',
};

export const mode: FlagDescription = {
  name: '--mode <mode>',
  text: 'edit (default): the new operator in place of the old; switch: both, bpg-routing.yaml decides; final: take switches away',
  values: ['edit', 'switch', 'final'],
};

/** What --mode switch and final do, below the flags. */
export const modeNotes: string = [
  '--mode switch keeps both operators, `New(…) if on_bpg("id", …) else Old(…)`, and writes bpg_switch.py and',
  'bpg-routing.yaml into the top DAG folder (a source root of the configuration, else a configured path, else dags/).',
  'bpg-routing.yaml has one word, old or new, for a task (tasks: dag: task id as Airflow shows it), a DAG (dags:) or a',
  'connection (connections:); the most specific wins, what is not named is old, a damaged file is an import error.',
  'Switched tasks count as legacy until --mode final, and a plain apply leaves them alone.',
  '--mode final takes the tasks that the file has on the new path, whatever their verdict: that word is the consent.',
  'Those on the old path stay, with the reason, and exit code 0: `apply --check` counts them.',
  'Order, also for each change of a word: pause the DAG, let its runs finish, deploy, unpause.',
].join('\n');
