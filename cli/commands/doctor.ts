import { diagnose, renderDiagnosis, renderDiagnosisJson } from '../../src/index.ts';
import { findCodeowners } from '../codeowners-file.ts';
import { optionsFor } from '../configuration.ts';
import type { Run } from '../description.ts';
import { highest } from '../exit-codes.ts';
import { askGateway } from '../gateway-health.ts';
import { fromRoot, today } from '../planning.ts';
import { environmentFor } from '../python-environment.ts';

/** `doctor`: the target operator under the loupe, the routes, and on request whether the gateway answers. */
export const run: Run = async (session, paths, flags) => {
  const options = optionsFor(session, flags);
  if (options === null) return 2;
  const environment = environmentFor(session, options, flags);
  if (environment === null) return 2;
  const asked = paths.map((path) => fromRoot(options.root, session.cwd, path));
  const found = await diagnose(options, asked, today(), environment, findCodeowners(options.root) ?? undefined);
  if (!found.ok) {
    for (const { message } of found.problems) session.warn(`bpg-migrate: ${message}`);
    return 2;
  }
  const gateway = flags.gateway === undefined ? null : await askGateway(flags.gateway, process.env);
  const diagnosis = { ...found.diagnosis, gateway };
  if (flags.format === 'json') session.print(renderDiagnosisJson(diagnosis));
  else session.print(renderDiagnosis(diagnosis, { color: session.color, routes: flags.routes === true }));
  const tell = found.brokenSources ? session.warn : session.say;
  for (const { file, skipped } of found.leftOut) tell(`${file}: left out: ${skipped ?? ''}`);
  return highest(found.brokenSources ? 2 : 0, gateway?.ok === false ? 1 : 0, diagnosis.isolationBroken ? 1 : 0);
};
