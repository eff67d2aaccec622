import { type Diagnosis, diagnose, renderDiagnosis, renderDiagnosisJson } from '../../src/index.ts';
import { optionsFor } from '../configuration.ts';
import type { Run } from '../description.ts';
import { highest } from '../exit-codes.ts';
import { askGateway } from '../gateway-health.ts';
import { fromRoot, today } from '../planning.ts';

/** `doctor`: the target operator under the loupe, the routes, and on request whether the gateway answers. */
export const run: Run = async (session, paths, flags) => {
  const options = optionsFor(session, flags);
  if (options === null) return 2;
  const asked = paths.map((path) => fromRoot(options.root, session.cwd, path));
  const found = await diagnose(options, asked, today());
  if (!found.ok) {
    for (const { message } of found.problems) session.warn(`bpg-migrate: ${message}`);
    return 2;
  }
  const { diagnosis } = found;
  if (flags.format === 'json') session.print(renderDiagnosisJson(diagnosis));
  else session.print(renderDiagnosis(diagnosis, { color: session.color, routes: flags.routes === true }));
  if (flags.gateway === undefined) return breaksIsolation(diagnosis) ? 1 : 0;
  const health = await askGateway(flags.gateway, process.env);
  session.say(`gateway ${health.ok ? 'answers' : 'does not answer'}: ${health.what}`);
  return highest(health.ok ? 0 : 1, breaksIsolation(diagnosis) ? 1 : 0);
};

const breaksIsolation = ({ isolationBroken }: Diagnosis): boolean => isolationBroken;
