/** The text that `init` writes: every connection found, to be given a queue, and the names that queues must provide. */
import { stringify } from 'yaml';
import type { OperatorSource, Options, Report } from '../model.ts';
import type { NeededNames } from './needed-names.ts';

const words: Readonly<Record<keyof NeededNames, string>> = {
  serviceAccounts: 'service accounts',
  secrets: 'secrets',
  configMaps: 'config maps',
  claims: 'volume claims',
  pullSecrets: 'image pull secrets',
};

/** A configuration that changes nothing by itself: a connection without a queue is no route yet. */
export function initialConfiguration(
  plan: { readonly report: Report; readonly names: NeededNames; readonly operatorSource: OperatorSource | null },
  options: Options,
): string {
  // What is read of a file that does not parse is no ground for a route.
  const tasks = plan.report.tasks.filter(({ findings }) => findings.every(({ code }) => code !== 'file-has-errors'));
  const known = [
    ...new Set(
      tasks.flatMap(({ connection, status }) => (status === 'migrated' || connection === null ? [] : [connection])),
    ),
  ].sort();
  const lines = [
    '# yaml-language-server: $schema=./node_modules/bpg-migrate/schema/bpg-migrate.schema.json',
    'version: 1',
    `paths: ${stringify(options.paths.length > 0 ? options.paths : ['dags'], { collectionStyle: 'flow' }).trim()}`,
    'source:',
    '  # airflow: "2.10.3"      # the version that the DAGs run on; many verdicts depend on it',
    'target:',
    operatorLine(plan.operatorSource),
    'routing:',
    '  # The first rule that matches wins. An empty queue is no route yet: its tasks need review.',
  ];
  for (const connection of known) {
    const count = tasks.filter((task) => task.connection === connection && task.status !== 'migrated').length;
    lines.push(`  - connection: ${scalar(connection)}   # ${count} ${count === 1 ? 'task' : 'tasks'}`, '    queue:');
  }
  const unknown = tasks.filter(({ connection, status }) => connection === null && status !== 'migrated').length;
  if (unknown > 0)
    lines.push(
      `  # ${unknown} ${unknown === 1 ? 'task has a connection' : 'tasks have connections'} known at run time only: route them by dag, or by connection "*".`,
    );
  if (known.length === 0) lines[lines.indexOf('routing:')] = 'routing: []';
  lines.push('queues: {}', ...providesComment(plan.names));
  return `${lines.join('\n')}\n`;
}

/** The source that was found by its module is named, so that it is not another one tomorrow. */
function operatorLine(source: OperatorSource | null): string {
  return source?.found === 'project'
    ? `  operatorSource: ${scalar(source.path)}   # what it can do decides what is written`
    : '  # operatorSource: plugins/bpg_operator.py   # what your operator can do decides what is written';
}

function providesComment(names: NeededNames): string[] {
  const kinds = (Object.keys(words) as (keyof NeededNames)[]).filter((kind) => names[kind].length > 0);
  if (kinds.length === 0) return [];
  return [
    '  # The documents name objects that the namespace of their queue must hold. Once it does, say so:',
    '  # <queue>:',
    '  #   provides:',
    ...kinds.map((kind) => `  #     ${kind}: [${names[kind].map(scalar).join(', ')}]   # ${words[kind]}`),
  ];
}

const scalar = (text: string): string => stringify(text, { lineWidth: 0 }).trim();
