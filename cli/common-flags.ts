import type { FlagDescription } from './description.ts';

/** Taken by every command, before or behind its name. */
export const commonFlags: readonly FlagDescription[] = [
  { name: '--config <file>', text: 'the configuration (default: bpg-migrate.yaml here or above)' },
  { name: '--strict', text: 'exit 1 when a task is manual' },
  { name: '--quiet', text: 'results and errors only' },
  { name: '--verbose', text: 'say more, also about faults' },
  { name: '--no-progress', text: 'no progress line' },
  { name: '--timing', text: 'say how long each stage took' },
  { name: '--no-cache', text: 'plan anew, and keep nothing for the next run' },
  { name: '--no-color', text: 'no colour (also: NO_COLOR)' },
];

/** Taken by every command that plans. */
export const selectionFlags: readonly FlagDescription[] = [
  {
    name: '--python <interpreter>',
    text: 'the Python of your Airflow: target operator and versions are looked up there too (read, not run)',
  },
  { name: '--dag <glob>', text: 'only these DAGs (repeatable)', several: 'repeated' },
  { name: '--task <glob>', text: 'only these task ids (repeatable)', several: 'repeated' },
  { name: '--connection <glob>', text: 'only tasks of these connections (repeatable)', several: 'repeated' },
  {
    name: '--owner <glob>',
    text: "only tasks of these owners: the configuration's, else CODEOWNERS, else the argument owner, else a tag (repeatable)",
    several: 'repeated',
  },
  {
    name: '--wave <number>',
    text: 'only tasks of these waves of the plan; the first is always the next one to move (repeatable)',
    several: 'repeated',
  },
  {
    name: '--since <ref>',
    text: 'only files that changed since the branch left this commit, and those that name or import what changed',
  },
  { name: '--shard <i/n>', text: 'only part i of n, by file; `merge` joins the reports of all parts' },
  {
    name: '--verdict <verdict>',
    text: 'only tasks with this verdict: safe, review, manual (repeatable)',
    values: ['safe', 'review', 'manual'],
    several: 'repeated',
  },
];
