/** What a Python environment holds, read as text: the target operator's modules and two versions. No project code runs. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Options, PythonEnvironment } from '../src/index.ts';
import type { Flags } from './flags.ts';
import type { Session } from './session.ts';
import { findInterpreter } from './verify-probe.ts';

type Asked =
  | { readonly ok: true; readonly environment: PythonEnvironment }
  | { readonly ok: false; readonly reason: string };

/** Larger than any operator's source. */
const LARGEST = 1_000_000;
const MOST_MODULES = 30;

/** Asks the interpreter where its modules lie (`sys.path`), and reads there those that `operator` (dotted) may be made of. */
export function askEnvironment(interpreter: string, operator: string): Asked {
  const words = ['-c', 'import json, sys; print(json.dumps(sys.path))'];
  // Away from the project: Python puts the working directory first.
  const ran = spawnSync(interpreter, words, { encoding: 'utf8', timeout: 30_000, cwd: tmpdir() });
  const folders = foldersIn(ran.stdout ?? '');
  if (ran.status !== 0 || folders === null)
    return { ok: false, reason: `${interpreter} does not say where its modules lie` };
  const module = operator.slice(0, operator.lastIndexOf('.'));
  return {
    ok: true,
    environment: {
      modules: modulesFrom(folders, module),
      airflow: versionIn(folders, 'apache_airflow'),
      provider: versionIn(folders, 'apache_airflow_providers_cncf_kubernetes'),
    },
  };
}

function foldersIn(text: string): readonly string[] | null {
  try {
    const paths: unknown = JSON.parse(text.trim().split('\n').at(-1) ?? '');
    return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string' && path !== '') : null;
  } catch {
    return null;
  }
}

/** The operator's module, and those that it and its bases are imported from; Airflow's own are known without reading. */
function modulesFrom(folders: readonly string[], first: string): PythonEnvironment['modules'] {
  const found: Record<string, { path: string; text: string }> = {};
  const waiting = [first];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (name in found || Object.keys(found).length >= MOST_MODULES || /^airflow(?:\.|$)/.test(name)) continue;
    const file = moduleFile(folders, name);
    if (file === null) continue;
    found[name] = file;
    // relative imports are resolved from the path
    found[`${file.path.split('/')[0]}.${name}`] = file;
    waiting.push(...importsOf(name, file));
  }
  return found;
}

/** Modules that a class may come from: those of the same package, and those that bring something called an operator. */
function importsOf(name: string, { path, text }: { readonly path: string; readonly text: string }): readonly string[] {
  const [top] = name.split('.');
  const own = path.endsWith('/__init__.py') ? name : name.split('.').slice(0, -1).join('.');
  return [...text.matchAll(/^[ \t]*from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+([^\n]*)/gm)].flatMap(
    ([, dots = '', rest = '', names = '']) => {
      if (dots === '') return rest.split('.')[0] === top || /Operator|Base/.test(names) ? [rest] : [];
      const parents = own.split('.').slice(0, own.split('.').length - dots.length + 1);
      return [[...parents, rest].filter((part) => part !== '').join('.')];
    },
  );
}

/** The text of a module and its path below the folder that it was found in: no path of this machine. */
function moduleFile(folders: readonly string[], name: string): { readonly path: string; readonly text: string } | null {
  const way = name.replaceAll('.', '/');
  for (const folder of folders)
    for (const path of [`${way}.py`, `${way}/__init__.py`]) {
      const file = join(folder, path);
      try {
        if (statSync(file).size <= LARGEST)
          return { path: `${basename(folder)}/${path}`, text: readFileSync(file, 'utf8') };
      } catch {
        // not there
      }
    }
  return null;
}

/** As the installer noted it: `apache_airflow-2.10.3.dist-info`. */
function versionIn(folders: readonly string[], distribution: string): string | null {
  const note = new RegExp(`^${distribution}-(\\d[\\w.]*)\\.(?:dist|egg)-info$`);
  for (const folder of folders) {
    try {
      for (const name of readdirSync(folder)) {
        const version = note.exec(name)?.[1];
        if (version !== undefined) return version;
      }
    } catch {
      // not there
    }
  }
  return null;
}

/** What `--python` says, undefined where it was not given; null where it can not be asked, which is said: exit code 2. */
export function environmentFor(session: Session, options: Options, flags: Flags): PythonEnvironment | undefined | null {
  if (flags.python === undefined) return undefined;
  const interpreter = findInterpreter(session.cwd, flags.python);
  const asked =
    'reason' in interpreter
      ? { ok: false as const, ...interpreter }
      : askEnvironment(interpreter.path, options.target.operator);
  if (asked.ok) return asked.environment;
  session.warn(`bpg-migrate: ${asked.reason}`);
  return null;
}
