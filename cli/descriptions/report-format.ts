import type { FlagDescription } from '../description.ts';

/** Of the commands that tell a report. */
export const reportFormat: FlagDescription = {
  name: '--format <formats>',
  text: 'html, json, md, csv, sarif, junit, jsonl, github, text; several with commas (default: by --output)',
  values: ['html', 'json', 'md', 'csv', 'sarif', 'junit', 'jsonl', 'github', 'text'],
  several: 'comma',
};
