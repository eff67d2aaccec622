import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import {
  compareObservations,
  type Observation,
  type Options,
  planProject,
  renderVerificationJson,
  renderVerificationText,
  type TaskEntry,
  translate,
  type Verification,
  version,
} from '../../src/index.ts';
import { acceptedChanges, tellWithdrawn } from '../accepted.ts';
import type { Run } from '../description.ts';
import { type ExitCode, highest } from '../exit-codes.ts';
import type { Flags } from '../flags.ts';
import { exitCodeOf, type Planned, planFor } from '../planning.ts';
import type { Session } from '../session.ts';
import { findInterpreter, type Probed, type ProbeRequest, probe } from '../verify-probe.ts';
import { changedSince, TemporaryTree } from '../verify-tree.ts';

type Plan = Extract<Planned, { ok: true }>;
type Sides = Pick<Verification, 'mode' | 'before' | 'after'> & {
  readonly tasks: readonly TaskEntry[];
  readonly changedFiles: ReadonlySet<string>;
  readonly code: ExitCode;
  readonly observed: readonly [Probed, Probed];
};

/** `verify`: loads the DAGs before and after in the user's own Airflow, and tells what the migration does not explain. */
export const run: Run = async (session, paths, flags) => {
  const usage = (problem: string): ExitCode => {
    session.warn(`bpg-migrate: ${problem}`);
    return 2;
  };
  const asked = readFlags(flags);
  if (!asked.ok) return usage(asked.problem);
  const interpreter = findInterpreter(session.cwd, asked.python);
  if ('reason' in interpreter) return usage(interpreter.reason);
  const planned = await planFor(session, paths, flags);
  if (!planned.ok) return 2;
  const { options } = planned;
  const request = requestFor(session, options, paths, flags, { ...asked, python: interpreter.path });
  const mode = modeFor(options, request.paths, flags);
  if (mode === 'applied' && isSelecting(flags))
    return usage(
      'DAG files differ from git, so what was applied is verified, and a selection says nothing; add --planned',
    );
  session.say(
    `verify executes the DAG files with ${interpreter.path}: in copies, without your environment (--pass-env)`,
  );
  const tree = new TemporaryTree();
  try {
    const sides = await (mode === 'planned'
      ? observePlanned(session, tree, planned, request, flags)
      : observeApplied(tree, options, request, flags.before ?? 'HEAD'));
    if (typeof sides === 'string') return usage(sides);
    if (sides === null) return exitCodeOf(planned, flags);
    return highest(exitCodeOf(planned, flags), sides.code, tell(session, sides, options, flags));
  } finally {
    tree.remove();
  }
};

type Asked =
  | {
      readonly ok: true;
      readonly python: string;
      readonly conf: unknown;
      readonly logicalDate: string;
      readonly seconds: number;
    }
  | { readonly ok: false; readonly problem: string };

function readFlags(flags: Flags): Asked {
  const no = (problem: string): Asked => ({ ok: false, problem });
  const { python, conf = '{}', logicalDate = '2024-06-03T00:00:00+00:00', timeLimit = '300' } = flags;
  if (python === undefined) return no('--python <interpreter> is missing: the Python that has your Airflow');
  if (flags.before !== undefined && flags.planned === true) return no('--before and --planned contradict each other');
  const parsed = parseObject(conf);
  if (parsed === null) return no('--conf is no JSON object');
  if (!/^\d{4}-\d{2}-\d{2}/.test(logicalDate) || Number.isNaN(Date.parse(logicalDate)))
    return no(`--logical-date ${logicalDate} is no date of ISO 8601`);
  const seconds = Number(timeLimit);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 86_400)
    return no(`--time-limit ${timeLimit}: whole seconds`);
  return { ok: true, python, conf: parsed, logicalDate, seconds };
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function requestFor(
  session: Session,
  { root, paths: configured, source, target }: Options,
  given: readonly string[],
  flags: Flags,
  { python, conf, logicalDate, seconds }: Extract<Asked, { ok: true }>,
): ProbeRequest {
  const inRoot = (path: string): string => {
    const way = relative(root, resolve(session.cwd, path));
    return way.startsWith('..') || isAbsolute(way) ? resolve(session.cwd, path) : way === '' ? '.' : way;
  };
  const usual = configured.length > 0 ? configured : [existsSync(join(root, 'dags')) ? 'dags' : '.'];
  return {
    python,
    paths: given.length > 0 ? given.map(inRoot) : usual,
    dagsFolder: usual[0] ?? '.',
    plugins: inRoot(flags.plugins ?? join(root, 'plugins')),
    sourceRoots: source.sourceRoots,
    target: target.operator,
    conf,
    logicalDate,
    allowNetwork: flags.allowNetwork === true,
    passEnv: flags.passEnv ?? [],
    seconds,
  };
}

/** Without a word from the user: what was applied, where DAG files differ from git; else what would be. */
function modeFor({ root }: Options, paths: readonly string[], flags: Flags): Verification['mode'] {
  if (flags.before !== undefined) return 'applied';
  if (flags.planned === true) return 'planned';
  const isBelow = (file: string): boolean =>
    paths.some((path) => path === '.' || file === path || file.startsWith(`${path}/`));
  const changed = changedSince(root, 'HEAD') ?? [];
  return changed.some((file) => /\.(?:py|ya?ml|json)$/.test(file) && isBelow(file)) ? 'applied' : 'planned';
}

function isSelecting({ include, dag, task, connection, verdict }: Flags): boolean {
  return [include, dag, task, connection, verdict].some((flag) => flag !== undefined);
}

/** Null: nothing would be changed, which is said. A text: what stands in the way. */
async function observePlanned(
  session: Session,
  tree: TemporaryTree,
  { plan, options }: Plan,
  request: ProbeRequest,
  flags: Flags,
): Promise<Sides | string | null> {
  const materialized = plan.materialize(acceptedChanges(plan.changes, flags));
  const code = tellWithdrawn(session, plan, materialized);
  const files = materialized.files;
  if (files.length === 0) {
    session.say('apply would change nothing, so there is nothing to verify; --before <ref> verifies what was applied');
    return null;
  }
  tree.copy(options.root);
  const before = await probe(tree, request);
  const problem = tree.write(files);
  if (problem !== null) return problem;
  const after = before.ok ? await probe(tree, request) : before;
  const changed = files.filter((file) => file.before !== null).length;
  return {
    mode: 'planned',
    before: 'the work tree',
    after: `what apply would make of it (${changed} files changed, ${files.length - changed} new)`,
    tasks: plan.report.tasks,
    changedFiles: new Set(files.map(({ path }) => path)),
    code,
    observed: [before, after],
  };
}

/** A text: why there is no tree before. */
async function observeApplied(
  tree: TemporaryTree,
  options: Options,
  request: ProbeRequest,
  ref: string,
): Promise<Sides | string> {
  const problem = tree.checkOut(options.root, ref);
  if (problem !== null) return problem;
  const selection = { dags: [], tasks: [], connections: [], verdicts: [] };
  const paths = request.paths.filter((path) => tree.has(path));
  const plan = await planProject({ ...options, root: tree.root }, { paths, selection });
  const before = await probe(tree, request);
  if (before.ok) tree.copy(options.root);
  const after = before.ok ? await probe(tree, request) : before;
  return {
    mode: 'applied',
    before: ref,
    after: 'the work tree',
    tasks: plan.report.tasks,
    changedFiles: new Set(changedSince(options.root, ref) ?? []),
    code: 0,
    observed: [before, after],
  };
}

function tell(session: Session, sides: Sides, options: Options, flags: Flags): ExitCode {
  const { mode, before, after, tasks, changedFiles } = sides;
  const loaded: Observation[] = [];
  for (const [index, probed] of sides.observed.entries()) {
    if (probed.ok) {
      loaded.push(probed.observation);
      continue;
    }
    session.warn(`bpg-migrate: ${probed.usage ? '' : `${index === 0 ? before : after}: `}${probed.reason}`);
    return probed.usage ? 2 : 1;
  }
  const [old, fresh] = loaded;
  if (old === undefined || fresh === undefined) return 1;
  const compared = compareObservations({ before: old, after: fresh, tasks, options, translate, changedFiles });
  const { airflow, provider, python } = fresh;
  const tool = { name: 'bpg-migrate', version } as const;
  const verification = { tool, airflow: airflow ?? '', provider, python, mode, before, after, ...compared };
  session.print(
    flags.format === 'json'
      ? renderVerificationJson(verification)
      : renderVerificationText(verification, { color: session.color, verbose: session.verbose }),
  );
  return compared.summary.unexplained > 0 ? 1 : 0;
}
