/** What an operator's source uses and not every Airflow from 2.7 to 3.x has. Found by importing each name in 2.7, 2.10 and 3.x. */
import type { Breakage, Place } from '../model.ts';
import { importedName } from '../parser/imports.ts';
import { ancestor, childOf, descend, type SyntaxTree } from '../parser/syntax.ts';
import type { Module } from '../parser/values.ts';

/** Modules, and names of modules, that are gone from a version on. */
const gone: Readonly<Record<string, string>> = {
  'airflow.utils.decorators.apply_defaults': '3.0',
  'airflow.hooks.base_hook': '3.0',
  'airflow.operators.python_operator': '3.0',
  'airflow.operators.dummy': '3.0',
  'airflow.operators.dummy_operator': '3.0',
  'airflow.sensors.base_sensor_operator': '3.0',
  'airflow.contrib': '3.0',
  'airflow.utils.dates': '3.0',
  'airflow.utils.helpers.chain': '3.0',
  'airflow.utils.operator_helpers': '3.0',
  'airflow.compat.functools': '3.0',
  'airflow.models.taskinstance.Context': '3.0',
  'airflow.models.baseoperator.BaseOperatorLink': '3.0',
};
const since: Readonly<Record<string, string>> = {
  'airflow.sdk.BaseHook': '3.1',
  'airflow.sdk': '3.0',
  'airflow.models.baseoperatorlink': '2.10',
};

/** Imports that run whenever the file is loaded: those under `try`, `if TYPE_CHECKING` or in a function do not count. */
export function breakagesOf(module: Module, tree: SyntaxTree, placeOf: (offset: number) => Place): readonly Breakage[] {
  const found = new Map<string, Breakage>();
  for (const binding of module.names.bindings) {
    const imported = importedName(module, binding);
    if (imported === null || !imported.topLevel) continue;
    const full = imported.name === null ? imported.module : `${imported.module}.${imported.name}`;
    const removed = versionIn(gone, full);
    const added = versionIn(since, full);
    if (removed === null && added === null) continue;
    found.set(full, { name: full, gone: removed, since: added, place: placeOf(imported.statement.start) });
  }
  const push = pushOfTheOperator(module, tree);
  // Operators lost the method in 3.1: the call fails after the job was submitted.
  if (push !== null) found.set('xcom_push', { name: 'self.xcom_push', gone: '3.1', since: null, place: placeOf(push) });
  return [...found.values()];
}

function versionIn(table: Readonly<Record<string, string>>, name: string): string | null {
  for (const [known, version] of Object.entries(table))
    if (name === known || name.startsWith(`${known}.`)) return version;
  return null;
}

/** Where `self.xcom_push(…)` is called although the class defines none, null for nowhere. */
function pushOfTheOperator(module: Module, tree: SyntaxTree): number | null {
  if (/\bdef xcom_push\b/.test(module.text)) return null;
  for (const node of descend(tree.root)) {
    if (node.type !== 'call') continue;
    const callee = childOf(node, 'function');
    if (callee === null || module.text.slice(callee.start, callee.end) !== 'self.xcom_push') continue;
    if (ancestor(node, ['try_statement']) === null || ancestor(node, ['function_definition']) !== null)
      return node.start;
  }
  return null;
}

/** The first thing that is not there in a version of Airflow, null where nothing breaks or the version is not known. */
export function breakageOn(breaks: readonly Breakage[], airflow: string | null): Breakage | null {
  const version = airflow === null ? null : numbersOf(airflow);
  if (version === null) return null;
  const before = (limit: string): boolean => compare(version, numbersOf(limit) ?? [0, 0]) < 0;
  return (
    breaks.find(
      ({ gone: removed, since: added }) => (removed !== null && !before(removed)) || (added !== null && before(added)),
    ) ?? null
  );
}

/** What is the matter, in words. */
export function breakageText({ name, gone: removed, since: added }: Breakage): string {
  return removed === null ? `${name} is there from ${added ?? '?'} on only` : `${name} is gone since ${removed}`;
}

type Numbers = readonly [major: number, minor: number];
const compare = (a: Numbers, b: Numbers): number => a[0] - b[0] || a[1] - b[1];

function numbersOf(version: string): Numbers | null {
  const found = /^(\d+)(?:\.(\d+))?/.exec(version);
  return found === null ? null : [Number(found[1]), Number(found[2] ?? 0)];
}
