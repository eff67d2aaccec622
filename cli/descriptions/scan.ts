import type { CommandDescription } from '../description.ts';
import { paths } from './shared.ts';

export const scan: CommandDescription = {
  name: 'scan',
  summary: 'list every Spark task and sensor, with verdict and reasons',
  description: 'Lists every Spark task and sensor with its verdict and the reasons. Writes nothing.',
  argument: paths,
  flags: [{ name: '--format <format>', text: 'table (default) or json', values: ['table', 'json'] }],
  plans: true,
  examples: [
    { command: 'scan', text: 'the inventory' },
    { command: "scan --verdict manual --dag 'clinical_*'", text: 'what a person has to do, in some DAGs' },
    { command: 'scan --format json > inventory.json', text: 'for a program' },
    { command: 'scan --strict --quiet', text: 'exit 1 as long as a task is manual' },
  ],
  load: () => import('../commands/scan.ts'),
};
