/** Names that a document uses and the gateway's namespace must hold: checked against what the queue provides. */
import type { Finding, Options, Place, ProvidedKind, ProvidedNames } from '../model.ts';
import { finding } from './project.ts';
import { isMatch } from './routing.ts';

const words: Readonly<Record<ProvidedKind, string>> = {
  serviceAccounts: 'service account',
  secrets: 'secret',
  configMaps: 'config map',
  claims: 'claim',
  pullSecrets: 'pull secret',
};

/** One finding for all that is missing, one for what is provided, none where nothing is named. */
export function providedFindings(
  options: Options,
  queue: string | null,
  names: ProvidedNames,
  place: Place,
): Finding[] {
  const provides = queue === null ? {} : (options.queues[queue]?.provides ?? {});
  const missing: string[] = [];
  const provided: string[] = [];
  for (const kind of Object.keys(words) as ProvidedKind[]) {
    for (const name of names[kind]) {
      const there = provides === 'all' || provides[kind]?.some((glob) => isMatch(name, glob)) === true;
      (there ? provided : missing).push(`${words[kind]} ${name}`);
    }
  }
  const findings: Finding[] = [];
  const at = queue ?? '(chosen by the gateway)';
  if (missing.length > 0) findings.push(finding('names-not-provided', place, { names: missing.join(', '), queue: at }));
  if (provided.length > 0) findings.push(finding('names-provided', place, { names: provided.join(', '), queue: at }));
  return findings;
}
