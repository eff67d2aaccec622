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
    const code = highest(exitCodeOf(planned, flags), sides.code, tell(session, sides, options, flags));
    if (planned.plan.isolationBroken) session.warn('an isolation rule is broken: `bpg-migrate scan` says where');
    tellPlan(session, planned, flags);
    return code;
  } finally {
    tree.remove();
  }
};

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
