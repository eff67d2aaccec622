import type { CommandDescription } from '../description.ts';

export const translate: CommandDescription = {
  name: 'translate',
  summary: 'translate SparkApplication documents into BPG requests',
  description:
    'Translates SparkApplication documents (YAML or JSON) into the request that BPG accepts. Works alone, without DAGs or configuration. Findings go to stderr as file:line:column.',
  argument: { name: '<files...>', text: 'documents, or - for stdin' },
  flags: [
    { name: '--format <format>', text: 'of the request: yaml (default) or json', values: ['yaml', 'json'] },
    { name: '--queue <queue>', text: 'the queue to ask for (default: none, the gateway chooses)' },
    { name: '--output <dir>', text: 'write <stem>.bpg.yaml or .bpg.json there instead of stdout' },
    { name: '--check', text: 'with --output: write nothing; exit 1 when a file there is missing or differs' },
    { name: '--losses', text: 'print the ledger of fields (JSON) instead of the request' },
  ],
  plans: false,
  examples: [
    { command: 'translate spark-pi.yaml --queue poc', text: 'one document to stdout' },
    { command: 'translate spark/*.yaml --queue poc --output requests', text: 'many' },
    { command: 'translate spark/*.yaml --queue poc --output requests --check', text: 'are they up to date?' },
    { command: 'translate spark-pi.yaml --losses', text: 'which fields move, change or get lost' },
    { command: 'translate - < spark-pi.yaml', text: 'from stdin' },
  ],
  load: () => import('../commands/translate.ts'),
};
