import type { CommandDescription, FlagDescription } from './description.ts';
import { verify } from './verify-description.ts';

const paths = { name: '[paths...]', text: "files and folders (default: the configuration's, else dags/, else .)" };
const includeReview: FlagDescription = {
  name: '--include <verdict>',
  text: 'also changes that need consent: review',
  values: ['review'],
};

const allowDirty: FlagDescription = {
  name: '--allow-dirty',
  text: 'also write files with changes that git has not recorded',
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
      { name: '--accepted', text: 'exactly what a review accepted' },
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
      'Writes the safe changes: DAGs and the request documents beside their sources. All of them or, when something stands in the way, none. What a review rejected is left alone.',
    argument: paths,
    flags: [
      {
        name: '--check',
        text: 'write nothing; exit 1 when a legacy task is left that is neither ignored nor in the baseline, or a document drifted',
      },
      includeReview,
      { name: '--accepted', text: 'exactly what a review accepted, whatever its verdict' },
      allowDirty,
    ],
    plans: true,
    examples: [
      { command: 'apply', text: 'what is safe' },
      { command: 'apply --accepted', text: 'what was accepted in `review` or by `decide`' },
      { command: "apply --include review --dag 'clinical_*'", text: 'what was read and agreed, DAG by DAG' },
      { command: 'apply --check', text: 'in CI' },
    ],
    load: () => import('./commands/apply.ts'),
  },
  {
    name: 'review',
    summary: 'decide change by change, full screen',
    description:
      'Shows every change beside its reasons, by team, DAG and task, to be accepted, rejected or skipped. Each decision is saved at once in .bpg-migrate/decisions.json and found again; `a` writes the accepted ones, all or none. `?` lists the keys.',
    argument: paths,
    flags: [allowDirty],
    plans: true,
    examples: [
      { command: 'review', text: 'all of it' },
      { command: "review --dag 'clinical_*' --verdict review", text: 'a part' },
    ],
    notes:
      'A decision holds for the change that was seen: when its source, its document or its translation becomes another, the task is undecided again, and marked.\nWithout a terminal: `decide` and `apply --accepted` do the same.',
    load: () => import('./commands/review.ts'),
  },
  {
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
    load: () => import('./commands/decide.ts'),
  },
  {
    name: 'report',
    summary: 'write the report, in one or more formats',
    description:
      'Tells the whole state: tasks, verdicts, reasons, losses, connections. In a folder as report.html, .json, .md, .csv, .sarif, junit.xml and events.jsonl; github and text always to stdout; without --output one format to stdout.',
    argument: paths,
    flags: [
      {
        name: '--format <formats>',
        text: 'html, json, md, csv, sarif, junit, jsonl, github, text; several with commas (default: by --output, else md)',
        values: ['html', 'json', 'md', 'csv', 'sarif', 'junit', 'jsonl', 'github', 'text'],
        several: 'comma',
      },
      { name: '--output <dir|file>', text: 'where to write' },
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
    load: () => import('./commands/report.ts'),
  },
  {
    name: 'baseline',
    summary: "record today's legacy tasks, so that only new ones fail the check",
    description:
      'Writes .bpg-migrate/baseline.json, which belongs in git: each legacy task by its DAG, its id and what its call says. `apply --check` counts those no longer, wherever they move, until their call changes. What is no longer there is taken off.',
    argument: paths,
    flags: [],
    plans: true,
    examples: [
      { command: 'baseline', text: 'once, before the check becomes a duty; again, to take off what was moved' },
      { command: 'baseline dags/clinical', text: 'one folder; the others stay recorded as they were' },
    ],
    load: () => import('./commands/baseline.ts'),
  },
  {
    name: 'undo',
    summary: 'take an apply back',
    description:
      'Takes the last apply back, or the run that is named, file by file: edits that were made elsewhere in a file since are kept. A file in which somebody changed what apply had written is left alone and named, exit 1. Documents that apply made are removed when they are unchanged and nobody needs them.',
    argument: { name: '[run]', text: 'the number that apply said (default: the last one)' },
    flags: [],
    plans: false,
    examples: [
      { command: 'undo', text: 'the last apply; again: the one before' },
      { command: 'undo 3', text: 'run 0003, whatever came after it' },
    ],
    load: () => import('./commands/undo.ts'),
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
  { ...verify, argument: paths, flags: [...verify.flags, includeReview] },
  {
    name: 'doctor',
    summary: 'say what the target operator can do, and what its gaps mean for these DAGs',
    description:
      'Looks at the target operator: what it can do, with the place in its source, and what each gap means for the legacy tasks; how many tasks would be safe under each built-in operator; which route each task takes. Writes nothing.',
    argument: paths,
    flags: [
      { name: '--routes', text: 'list what every legacy task matches' },
      {
        name: '--gateway <url>',
        text: 'also ask the gateway for its health (BPG_USERNAME, BPG_PASSWORD); exit 1 if it does not answer',
      },
      { name: '--format <format>', text: 'text (default) or json', values: ['text', 'json'] },
    ],
    plans: false,
    examples: [
      { command: 'doctor', text: 'one screen' },
      { command: 'doctor --routes', text: 'which rule each task matches' },
      { command: 'doctor --gateway https://gateway.example:8443', text: 'is the gateway there?' },
    ],
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'scaffold',
    summary: "write an operator that fills the target's gaps",
    description:
      'Writes Python that is yours to keep. standalone: a whole BPGOperator for Airflow 2.7 to 3.x, which renders, defers, cancels, finds a running job again and checks what it sends. subclass: the smallest repair of an installed published operator. Existing files are never overwritten.',
    argument: { name: '<what>', text: 'operator' },
    flags: [
      { name: '--style <style>', text: 'standalone (default) or subclass', values: ['standalone', 'subclass'] },
      { name: '--runtime-helper', text: 'also to_bpg.py, which translates documents that only exist at run time' },
      { name: '--output <dir>', text: 'the folder (default: plugins if it exists, else dags)' },
    ],
    plans: false,
    examples: [
      { command: 'scaffold operator', text: 'plugins/bpg_operator.py' },
      { command: 'scaffold operator --style subclass --output plugins', text: 'beside the published one' },
      { command: 'scaffold operator --runtime-helper', text: 'and to_bpg.py' },
    ],
    load: () => import('./commands/scaffold.ts'),
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
