import type { CommandDescription, FlagDescription } from './description.ts';

const paths = { name: '[paths...]', text: "files and folders (default: the configuration's, else dags/, else .)" };
const includeReview: FlagDescription = {
  name: '--include <verdict>',
  text: 'also changes that need consent: review',
  values: ['review'],
};

/** Every command there is, as `--help` tells it. */
export const commands: readonly CommandDescription[] = [
  {
    name: 'init',
    summary: 'write a first bpg-migrate.yaml with every connection found',
    description:
      'Scans the DAGs and writes bpg-migrate.yaml: every connection found, to be given a queue, and the names that its queue must provide. An existing one is never overwritten.',
    argument: paths,
    flags: [],
    plans: true,
    examples: [
      { command: 'init', text: 'once, at the top of the repository' },
      { command: 'init dags/clinical', text: 'looks at one folder only' },
    ],
    load: () => import('./commands/init.ts'),
  },
  {
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
    load: () => import('./commands/scan.ts'),
  },
  {
    name: 'diff',
    summary: 'print the patch that apply would make',
    description: 'Prints the patch that `apply` with the same flags would make. Writes nothing.',
    argument: paths,
    flags: [
      {
        name: '--format <format>',
        text: 'unified (default), side-by-side or json',
        values: ['unified', 'side-by-side', 'json'],
      },
      includeReview,
    ],
    plans: true,
    examples: [
      { command: 'diff', text: 'the safe changes' },
      { command: 'diff --include review --format side-by-side', text: 'also those that need consent, to be read' },
      { command: "diff --dag 'clinical_*' | git apply", text: 'the same as apply, by git' },
    ],
    load: () => import('./commands/diff.ts'),
  },
  {
    name: 'apply',
    summary: 'write the safe changes; with --check only look',
    description:
      'Writes the safe changes: DAGs and the request documents beside their sources. All of them or, when something stands in the way, none.',
    argument: paths,
    flags: [
      { name: '--check', text: 'write nothing; exit 1 when a legacy task is left that is not ignored' },
      includeReview,
      { name: '--allow-dirty', text: 'also write files with changes that git has not recorded' },
    ],
    plans: true,
    examples: [
      { command: 'apply', text: 'what is safe' },
      { command: "apply --include review --dag 'clinical_*'", text: 'what was read and agreed, DAG by DAG' },
      { command: 'apply --check', text: 'in CI' },
    ],
    load: () => import('./commands/apply.ts'),
  },
  {
    name: 'report',
    summary: 'write the report: html, md, json',
    description:
      'Tells the whole state: tasks, verdicts, reasons, losses, connections. In a folder as report.html, report.md, report.json; without --output one format to stdout.',
    argument: paths,
    flags: [
      {
        name: '--format <formats>',
        text: 'html, md, json, or several with commas (default: by --output, else md)',
        values: ['html', 'md', 'json'],
        several: 'comma',
      },
      { name: '--output <dir|file>', text: 'where to write' },
    ],
    plans: true,
    examples: [
      { command: 'report --output migration.html', text: 'one file that opens in a browser' },
      { command: 'report --format html,md,json --output build/migration', text: 'all of them in a folder' },
      { command: 'report --format md >> "$GITHUB_STEP_SUMMARY"', text: 'in the summary of a CI run' },
    ],
    load: () => import('./commands/report.ts'),
  },
  {
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
    load: () => import('./commands/translate.ts'),
  },
  {
    name: 'explain',
    summary: 'say what a finding means and what to do',
    description: 'Says what a finding means, why it is raised and what to do. Without a code: lists all.',
    argument: { name: '[code]', text: 'the code of a finding' },
    flags: [],
    plans: false,
    examples: [
      { command: 'explain', text: 'all codes' },
      { command: 'explain retry-resubmits', text: 'one of them' },
    ],
    load: () => import('./commands/explain.ts'),
  },
];
