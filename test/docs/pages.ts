/** The reference pages, made from what the program itself runs on: catalogue, field table, parameters, command line. */

import { commands } from '../../cli/commands.ts';
import { commonFlags, selectionFlags } from '../../cli/common-flags.ts';
import { catalogue, changesBehaviour } from '../../src/findings/catalogue.ts';
import { type Obstacle, obstacles } from '../../src/rewriter/obstacles.ts';
import { baseParameters, operatorParameters, type ParameterRule } from '../../src/rewriter/parameters.ts';
import { documentRows, type FieldRow, specRows } from '../../src/spec/fields/index.ts';
import type { Example } from './examples.ts';
import { understoodRows } from './understood.ts';

const note = '<!-- Made by `npm run docs`; edit the source that it is made from. -->';
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ').trim();
const code = (text: string): string => (text === '' ? '' : `\`${text.replaceAll('|', '\\|')}\``);
const page = (title: string, ...parts: readonly string[]): string => `# ${title}\n\n${note}\n\n${parts.join('\n\n')}\n`;

/** What a finding looks like in a project: its sentence, and the lines or what is changed in them. */
function exampleOf(example: Example | undefined): string {
  if (example === undefined) return '*Example:* none among the fixtures.';
  const { fixture, file, line, says, text } = example;
  const fence = text.includes('```') ? '````' : '```';
  return `*Example:* [\`${file}\`, from line ${line}](../${fixture}) says: ${cell(says)}\n\n${fence}diff\n${text}\n${fence}`;
}

function findingsPage(examples: Readonly<Record<string, Example>>): string {
  const sections = Object.keys(catalogue)
    .toSorted()
    .map((name) => {
      const kind = catalogue[name] as (typeof catalogue)[string];
      const { title, verdict, promised, message, why, remedy } = kind;
      const difference = promised === undefined ? '' : `, promised difference \`${promised}\``;
      return `## ${name}\n\n**${title}.** Verdict \`${verdict}\`${difference}. Behaviour changes: ${changesBehaviour(kind) ? 'yes' : 'no'}.\n\n> ${message.replace(/\{(\w+)\}/g, '‹$1›')}\n\n${why}\n\n*What to do:* ${remedy}\n\n${exampleOf(examples[name])}`;
    });
  return page(
    'Every finding',
    'A finding says what is the matter with a task, a document or the project. Its code decides the verdict: the worst of a task’s findings is the task’s. `bpg-migrate explain <code>` prints the same. ‹Words› in angle quotes are filled in. Examples are taken from the fixtures: the lines of a file, with `-` and `+` where the migration changes them.',
    ...sections,
  );
}

function fieldRow({ path, class: kind, target, why, remedy, source }: FieldRow): string {
  const way = target === null ? '' : target === path ? 'same name' : code(target);
  return `| ${code(path)} | ${kind} | ${way} | ${cell(why)} | ${cell(remedy)} | ${source} |`;
}

function fieldsPage(): string {
  const head = '| field | class | in the request | why | what to do | seen in |\n|---|---|---|---|---|---|';
  const rows = specRows.filter(
    ({ path }) =>
      !path.startsWith('executor.') || !specRows.some((other) => other.path === path.replace('executor.', 'driver.')),
  );
  return page(
    'Field by field',
    'Where every field of a SparkApplication (v1beta2) goes. **same**: copied · **moved**: to another place, exact · **changed**: rewritten, and said · **server**: the gateway decides · **dead**: had no effect before either · **lost**: no way through, a person decides. Rows of `driver` hold for `executor` too. A value can change the class: the ledger of `bpg-migrate translate --losses` has the last word.',
    `## Document\n\n${head}\n${documentRows.map(fieldRow).join('\n')}`,
    `## spec\n\n${head}\n${rows.map(fieldRow).join('\n')}`,
  );
}

const fates: Readonly<Record<ParameterRule['rule'], string>> = {
  payload: 'the request document',
  connection: '`connection_id`; the old value is looked up in `routing`',
  cluster: 'dropped; chooses the route like a connection',
  namespace: 'dropped; may take part in routing',
  'api-group': 'dropped; another group than sparkoperator.k8s.io is not migrated',
  'into-document': 'written into the request document',
  drop: 'dropped',
  'no-effect': 'dropped: it had no effect on the Spark job',
  lost: 'no counterpart: needs consent',
  hazard: 'kept where the target operator has it; what that means is a finding',
};
const versions = { all: 'all', pod: 'from 7.14', old: 'up to 7.13', watch: '7.2 to 7.13' } as const;

function argumentsPage(): string {
  const rows = Object.entries(operatorParameters)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, rule]) =>
        `| ${code(name)} | ${versions[rule.since]} | ${fates[rule.rule]}${'reason' in rule ? `: ${cell(rule.reason)}` : ''} |`,
    );
  return page(
    'Argument by argument',
    'What becomes of every keyword of SparkKubernetesOperator, in every provider version.',
    `| keyword | provider | becomes |\n|---|---|---|\n${rows.join('\n')}`,
    `Keywords of BaseOperator are kept with their text unchanged: ${[...baseParameters].toSorted().map(code).join(', ')}.`,
    'Any other keyword is an import error today; the task is `manual`.',
  );
}

function commandsPage(): string {
  const flagRows = (flags: readonly { readonly name: string; readonly text: string }[]): string =>
    `| flag | meaning |\n|---|---|\n${flags.map(({ name, text }) => `| ${code(name)} | ${cell(text)} |`).join('\n')}`;
  const sections = commands.map(({ name, description, argument, flags, plans, examples, notes }) => {
    const usage = `bpg-migrate ${name}${argument === null ? '' : ` ${argument.name}`}`;
    const shown = examples.map(({ command, text }) => `bpg-migrate ${command}   # ${text}`).join('\n');
    const parts = [`## ${name}`, description, `\`\`\`sh\n${usage}\n\`\`\``];
    if (flags.length > 0) parts.push(flagRows(flags));
    if (plans) parts.push('Also the flags of a selection, below.');
    parts.push(`\`\`\`sh\n${shown}\n\`\`\``);
    if (notes !== undefined) parts.push(notes);
    return parts.join('\n\n');
  });
  return page(
    'Commands',
    'Results go to stdout, talk to stderr. Exit codes: **0** done · **1** a check says no · **2** usage or configuration error, or a source that can’t be read or parsed · **3** a fault of ours.',
    ...sections,
    `## Everywhere\n\n${flagRows(commonFlags)}`,
    `## Selection\n\n${flagRows(selectionFlags)}`,
  );
}

interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly default?: unknown;
}

/** What may stand there, in a few words. */
function kindOf(schema: Schema): string {
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(String).join(', ');
  if (schema.anyOf !== undefined)
    return [...new Set(schema.anyOf.map(kindOf))].filter((kind) => kind !== 'null').join(' or ');
  if (schema.items !== undefined) return `list of ${kindOf(schema.items)}`;
  if (typeof schema.additionalProperties === 'object') return `mapping to ${kindOf(schema.additionalProperties)}`;
  return schema.type === 'object' || schema.properties !== undefined ? 'mapping' : (schema.type ?? 'anything');
}

function configurationRows(schema: Schema, prefix: string): string[] {
  const inner = [schema, ...(schema.anyOf ?? [])];
  const own = inner.flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, value]) => {
      const path = prefix === '' ? name : `${prefix}.${name}`;
      const initial = value.default === undefined ? '' : code(JSON.stringify(value.default));
      return [
        `| ${code(path)} | ${cell(kindOf(value))} | ${initial} | ${cell(value.description ?? '')} |`,
        ...configurationRows(value, path),
      ];
    }),
  );
  const items = inner.flatMap(({ items: item }) => (item === undefined ? [] : configurationRows(item, `${prefix}[]`)));
  const named = inner.flatMap(({ additionalProperties: value }) =>
    typeof value === 'object' ? configurationRows(value, `${prefix}.*`) : [],
  );
  return [...own, ...items, ...named];
}

function configurationPage(schema: unknown): string {
  return page(
    'Configuration',
    '`bpg-migrate.yaml`, found upwards from the working directory; its folder is the root. Every key but `version` is optional. An unknown or wrong key is an error with line, column and a suggestion. Editors read `schema/bpg-migrate.schema.json`.',
    `| key | value | default | meaning |\n|---|---|---|---|\n${[...new Set(configurationRows(schema as Schema, ''))].join('\n')}`,
  );
}

function understoodPage(): string {
  return page(
    'What is understood',
    'Every row is a fixture: a small project before the migration, and what it must be after it, checked by each run of the tests. **change**: the task is rewritten, with its verdict · **manual**: nothing is edited, and the finding says why · a sensor is removed, stays as an empty task (`placeholder`), is kept, or needs a person (`manual`).',
    ...understoodRows(),
  );
}

function sensorsPage(): string {
  const rows = (outcome: Obstacle['outcome']): string =>
    Object.values(obstacles)
      .filter((one) => one.outcome === outcome)
      .map(({ because, form }) => `| ${cell(because)} | ${form.replaceAll('|', '\\|')} |`)
      .join('\n');
  const table = (outcome: Obstacle['outcome']): string => `| because | for example |\n|---|---|\n${rows(outcome)}`;
  return page(
    'Sensors that stay',
    'A sensor goes when its task waits itself, nothing refers to its id, and the order of all other tasks stays what it was.\nWhere that is not certain it stays, for one of these reasons; `{…}` is what the source says.',
    '## It becomes an EmptyOperator of the same task id',
    table('placeholder'),
    '## A person decides: the task is not changed',
    table('manual'),
  );
}

/** Path below `docs/` → text. `schema` is that of the configuration; `explain` reads the examples from their JSON. */
export function referencePages(
  schema: unknown,
  examples: Readonly<Record<string, Example>>,
): Readonly<Record<string, string>> {
  return {
    'findings.md': findingsPage(examples),
    'examples.json': `${JSON.stringify(examples, null, 2)}\n`,
    'fields.md': fieldsPage(),
    'arguments.md': argumentsPage(),
    'commands.md': commandsPage(),
    'configuration.md': configurationPage(schema),
    'sensors.md': sensorsPage(),
    'understood.md': understoodPage(),
  };
}
