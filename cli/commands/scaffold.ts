import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Run } from '../description.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Flags } from '../flags.ts';
import { ciFiles } from '../scaffold-ci.ts';
import { writeNewFiles } from '../scaffold-files.ts';
import { fixtureFiles } from '../scaffold-fixture.ts';
import type { Session } from '../session.ts';
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

/** `scaffold`: writes an operator, a workflow for CI, or a case for contributors; never over what is there. */
export const run: Run = async (session, [what, name], flags) => {
  const contradiction = contradictionIn(what, name, flags);
  if (contradiction !== null) {
    session.warn(`bpg-migrate: ${contradiction}`);
    return 2;
  }
  if (what === 'operator') return writeOperator(session, flags);
  const folder = resolve(session.cwd, flags.output ?? (what === 'ci' ? '.' : 'fixtures/migrate'));
  return writeNewFiles(session, folder, what === 'ci' ? ciFiles() : await fixtureFiles(name ?? ''));
};

function contradictionIn(what: string | undefined, name: string | undefined, flags: Flags): string | null {
  if (what !== 'operator' && what !== 'ci' && what !== 'fixture')
    return `scaffold makes: operator, ci, fixture${what === undefined ? '' : ` (not '${what}')`}`;
  if (what !== 'operator' && (flags.style !== undefined || flags.runtimeHelper === true))
    return `--style and --runtime-helper are of an operator, not of ${what}`;
  if (what === 'ci' && flags.provider === undefined) return 'for which provider? --provider github';
  if (what !== 'ci' && flags.provider !== undefined) return '--provider is of scaffold ci';
  if (what === 'fixture' && !/^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/.test(name ?? ''))
    return 'a fixture is called <topic>/<case>, in small letters, digits and hyphens';
  if (what !== 'fixture' && name !== undefined) return `scaffold ${what} takes no name`;
  return null;
}

/** `scaffold operator`: writes the operator that fills the target's gaps, and with `--runtime-helper` the translator in Python. */
function writeOperator(session: Session, flags: Flags): ExitCode {
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
    session.say(
      'If it is the published operator: the standalone one takes all that it takes, so move it away first, or give',
    );
    session.say('--output DIR and name that file in target.operatorSource.');
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
}

const shown = (cwd: string, folder: string, name: string): string => relative(cwd, join(folder, name)) || name;

/** The operators lie above this file both in the checkout and in the package. */
function packaged(source: string): string {
  const [inPackage, inCheckout] = ['../scaffold/operator/', '../../scaffold/operator/'].map((folder) =>
    fileURLToPath(new URL(folder + source, import.meta.url)),
  );
  return existsSync(inPackage ?? '') ? (inPackage ?? '') : (inCheckout ?? '');
}
