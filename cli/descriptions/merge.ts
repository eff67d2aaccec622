import type { CommandDescription } from '../description.ts';
import { reportFormat } from './report-format.ts';

export const merge: CommandDescription = {
  name: 'merge',
  summary: 'join the reports of shards or of repositories',
  description:
    'Joins reports that were written as JSON. Those of all shards of a run (`--shard 2/8`) become the report of the whole, byte for byte but for its `rollout` (waves, groups, history), which needs the whole tree and is left out; those of several repositories become one in which every path begins with the name of its repository (of its file or folder). Writes as `report` does; without --output JSON to stdout.',
  argument: { name: '<report.json...>', text: 'the reports' },
  flags: [reportFormat, { name: '--output <dir|file>', text: 'where to write' }],
  plans: false,
  examples: [
    { command: 'merge shards/*.json > report.json', text: 'what all runners of a matrix found' },
    { command: 'merge sales/report.json risk/report.json --output estate.html', text: 'two repositories on one page' },
    { command: 'merge reports/*.json --format md >> "$GITHUB_STEP_SUMMARY"', text: 'many of them, as a summary' },
  ],
  load: () => import('../commands/merge.ts'),
};
