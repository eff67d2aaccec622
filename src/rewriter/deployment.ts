/** Versions of Airflow and of the provider as the project pins them, where the configuration says nothing. */
export interface PinnedVersions {
  readonly airflow: string | null;
  readonly provider: string | null;
}

/** Files at the root that pin versions for pip. */
export const pinFiles: RegExp = /^(?:requirements|constraints)[\w.-]*\.txt$/;

/** Exact pins only (`==`): a range tells no version. Two different pins tell none either. */
export function pinnedVersions(texts: readonly string[]): PinnedVersions {
  const all = texts.join('\n');
  return { airflow: pin(all, 'apache-airflow'), provider: pin(all, 'apache-airflow-providers-cncf-kubernetes') };
}

function pin(text: string, distribution: string): string | null {
  const pattern = new RegExp(`^[ \\t]*${distribution}(?:\\[[^\\]]*\\])?[ \\t]*==[ \\t]*(\\d[\\w.]*)`, 'gim');
  const versions = new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''));
  const [only] = versions;
  return versions.size === 1 && only !== undefined ? only : null;
}
