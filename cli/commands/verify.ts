import {
  compareObservations,
  type Observation,
  type Options,
  renderVerificationJson,
  renderVerificationText,
  translate,
  version,
} from '../../src/index.ts';
import type { Run } from '../description.ts';
import { type ExitCode, highest } from '../exit-codes.ts';
import type { Flags } from '../flags.ts';
import { exitCodeOf, planFor, tellPlan } from '../planning.ts';
import type { Session } from '../session.ts';
import { findInterpreter } from '../verify-probe.ts';
import { isSelecting, modeFor, readFlags, requestFor } from '../verify-request.ts';
import { observeApplied, observePlanned, type Sides } from '../verify-sides.ts';
import { TemporaryTree } from '../verify-tree.ts';

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
      : observeApplied(session, tree, options, request, flags.before ?? 'HEAD'));
    if (typeof sides === 'string') return usage(sides);
    if (sides === null) return exitCodeOf(planned, flags);
    const { newPath } = sides;
    const all = newPath === undefined ? [sides] : [sides, onNewPath(sides, newPath)];
    const told = all.map((one) => tell(session, one, options, flags));
    printAll(
      session,
      told.flatMap(({ text }) => text ?? []),
      flags,
    );
    const code = highest(exitCodeOf(planned, flags), sides.code, ...told.map((one) => one.code));
    if (planned.plan.isolationBroken) session.warn('an isolation rule is broken: `bpg-migrate scan` says where');
    tellPlan(session, planned, flags);
    return code;
  } finally {
    tree.remove();
  }
};

function onNewPath(sides: Sides, newPath: NonNullable<Sides['newPath']>): Sides {
  return {
    ...sides,
    after: `${sides.after}, every switched task on the new path`,
    observed: [sides.observed[0], newPath],
  };
}

/** Both paths of a switch are one JSON document: a list. */
function printAll(session: Session, texts: readonly string[], { format }: Flags): void {
  const isList = format === 'json' && texts.length > 1;
  session.print(isList ? `[${texts.map((text) => text.trimEnd()).join(',\n')}]\n` : texts.join('\n'));
}

interface Told {
  readonly code: ExitCode;
  /** The result, null where one side could not be loaded, which is said. */
  readonly text: string | null;
}

function tell(session: Session, sides: Sides, options: Options, flags: Flags): Told {
  const { mode, before, after, tasks, changedFiles } = sides;
  const loaded: Observation[] = [];
  for (const [index, probed] of sides.observed.entries()) {
    if (probed.ok) {
      loaded.push(probed.observation);
      continue;
    }
    session.warn(`bpg-migrate: ${probed.usage ? '' : `${index === 0 ? before : after}: `}${probed.reason}`);
    return { code: probed.usage ? 2 : 1, text: null };
  }
  const [old, fresh] = loaded;
  if (old === undefined || fresh === undefined) return { code: 1, text: null };
  const compared = compareObservations({ before: old, after: fresh, tasks, options, translate, changedFiles });
  const { airflow, provider, python } = fresh;
  const tool = { name: 'bpg-migrate', version } as const;
  const verification = { tool, airflow: airflow ?? '', provider, python, mode, before, after, ...compared };
  const text =
    flags.format === 'json'
      ? renderVerificationJson(verification)
      : renderVerificationText(verification, { color: session.color, verbose: session.verbose });
  return { code: compared.summary.unexplained > 0 ? 1 : 0, text };
}
