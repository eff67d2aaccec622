import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Run } from '../description.ts';
import { reasonOf } from '../write-failure.ts';

interface Piece {
  /** The file in the package, and its name where it is written. */
  readonly source: string;
  readonly name: string;
}

const styles: Readonly<Record<string, Piece & { readonly operator: string }>> = {
  standalone: { source: 'standalone.py', name: 'bpg_operator.py', operator: 'bpg_operator.BPGOperator' },
  subclass: {
    source: 'subclass.py',
    name: 'templated_bpg_operator.py',
    operator: 'templated_bpg_operator.TemplatedBPGOperator',
  },
};
const helper: Piece = { source: 'to_bpg.py', name: 'to_bpg.py' };

/** `scaffold operator`: writes the operator that fills the target's gaps, and with `--runtime-helper` the translator in Python. */
export const run: Run = async (session, [what], flags) => {
  if (what !== 'operator') {
    session.warn(`bpg-migrate: scaffold makes: operator${what === undefined ? '' : ` (not '${what}')`}`);
    return 2;
  }
  const style = styles[flags.style ?? 'standalone'];
  if (style === undefined) return 2;
  const pieces = flags.runtimeHelper === true ? [style, helper] : [style];
  const folder = resolve(
    session.cwd,
    flags.output ?? (existsSync(resolve(session.cwd, 'plugins')) ? 'plugins' : 'dags'),
  );
  const there = pieces.filter(({ name }) => existsSync(join(folder, name)));
  if (there.length > 0) {
    for (const { name } of there)
      session.warn(`bpg-migrate: ${shown(session.cwd, folder, name)} is there already; nothing was written`);
    return 2;
  }
  try {
    mkdirSync(folder, { recursive: true });
    for (const { source, name } of pieces) {
      writeFileSync(join(folder, name), readFileSync(packaged(source)), { flag: 'wx' });
      session.print(`new     ${shown(session.cwd, folder, name)}\n`);
    }
  } catch (error) {
    session.warn(`bpg-migrate: ${reasonOf(error)}`);
    return 2;
  }
  session.say('In bpg-migrate.yaml:');
  session.say('  target:');
  session.say(`    operator: ${style.operator}`);
  session.say(`    operatorSource: ${shown(session.cwd, folder, style.name)}`);
  session.say(
    'Install it on every environment before a migrated DAG arrives there; `bpg-migrate doctor` shows what changes.',
  );
  return 0;
};

const shown = (cwd: string, folder: string, name: string): string => relative(cwd, join(folder, name)) || name;

/** The operators lie above this file both in the checkout and in the package. */
function packaged(source: string): string {
  const [inPackage, inCheckout] = ['../scaffold/operator/', '../../scaffold/operator/'].map((folder) =>
    fileURLToPath(new URL(folder + source, import.meta.url)),
  );
  return existsSync(inPackage ?? '') ? (inPackage ?? '') : (inCheckout ?? '');
}
