import type { CommandDescription } from '../description.ts';
import { reportFormat } from './report-format.ts';
import { paths, rolloutFlags } from './shared.ts';

export const report: CommandDescription = {
  name: 'report',
  summary: 'write the report, in one or more formats',
  description:
    'Tells the whole state: tasks, verdicts, reasons, losses, connections, and the rollout: waves, owners, blockers, history. In a folder as report.html, .json, .md, .csv, .sarif, junit.xml and events.jsonl; github and text always to stdout; without --output one format to stdout.',
  argument: paths,
  flags: [
    reportFormat,
    { name: '--output <dir|file>', text: 'where to write; in a folder, md also writes owners/<owner>.md' },
    ...rolloutFlags,
  ],
  plans: true,
  examples: [
    { command: 'report --output migration.html', text: 'one file that opens in a browser' },
    { command: 'report --format html,md,json --output build/migration', text: 'all of them in a folder' },
    { command: 'report --format md >> "$GITHUB_STEP_SUMMARY"', text: 'in the summary of a CI run' },
    {
      command: 'report --format github,sarif,junit --output build',
      text: 'annotations, and files for code scanning and tests',
    },
  ],
  load: () => import('../commands/report.ts'),
};
