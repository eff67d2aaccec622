/** Names that the documents use, collected for whoever fills in what each queue provides. */
import type { ProvidedKind } from '../model.ts';
import type { ProjectDecisions } from './plan.ts';

export type NeededNames = Readonly<Record<ProvidedKind, readonly string[]>>;

export function neededNames(decisions: ProjectDecisions): NeededNames {
  const names: Record<ProvidedKind, Set<string>> = {
    serviceAccounts: new Set(),
    secrets: new Set(),
    configMaps: new Set(),
    claims: new Set(),
    pullSecrets: new Set(),
  };
  const kinds = Object.keys(names) as ProvidedKind[];
  for (const { facts, tasks } of decisions.files)
    for (const { prepared } of facts.errors.length > 0 ? [] : tasks)
      for (const kind of kinds)
        for (const name of prepared.request?.translation.names[kind] ?? []) names[kind].add(name);
  const sorted = (kind: ProvidedKind): readonly string[] => [...names[kind]].sort();
  return {
    serviceAccounts: sorted('serviceAccounts'),
    secrets: sorted('secrets'),
    configMaps: sorted('configMaps'),
    claims: sorted('claims'),
    pullSecrets: sorted('pullSecrets'),
  };
}
