/** Versions of Airflow and of the provider as the project pins them, where the configuration says nothing. */
export interface PinnedVersions {
  readonly airflow: string | null;
  readonly provider: string | null;
}

/** Files at the root that pin versions: for pip, poetry, uv, pdm, Docker, and for MWAA in Terraform or CloudFormation. */
export const pinFiles: RegExp =
  /^(?:(?:requirements|constraints)[\w.-]*\.txt|pyproject\.toml|setup\.cfg|(?:poetry|uv|pdm)\.lock|Pipfile|[\w.-]*[Dd]ockerfile[\w.-]*|(?:docker-)?compose[\w.-]*\.ya?ml|[\w.-]*mwaa[\w.-]*\.(?:tf|ya?ml|json))$/;

const AIRFLOW = 'apache-airflow';
const PROVIDER = 'apache-airflow-providers-cncf-kubernetes';

/** Exact pins only: a range tells no version. Two different pins tell none either. */
export function pinnedVersions(texts: readonly string[]): PinnedVersions {
  const all = texts.join('\n').replace(/^[ \t]*#.*$/gm, '');
  const airflow = [...pinsOf(AIRFLOW), ...AIRFLOW_ONLY];
  return { airflow: agreed(all, airflow), provider: agreed(all, pinsOf(PROVIDER)) };
}

/** `name==1.2.3`, `name = "1.2.3"`, `name = {version = "1.2.3"}`, and a lock's `name = "…"` with its `version` below. */
function pinsOf(distribution: string): readonly RegExp[] {
  const name = `${distribution}(?:\\[[^\\]]*\\])?`;
  return [
    new RegExp(`(?:^|["'\\s])${name}[ \\t]*==[ \\t]*(\\d[\\w.]*)`, 'gim'),
    new RegExp(`^[ \\t]*"?${distribution}"?[ \\t]*=[ \\t]*["'](?:==)?(\\d[\\w.]*)["']`, 'gim'),
    new RegExp(
      `^[ \\t]*"?${distribution}"?[ \\t]*=[ \\t]*\\{[^}\\n]*version[ \\t]*=[ \\t]*["'](?:==)?(\\d[\\w.]*)["']`,
      'gim',
    ),
    new RegExp(`^name = "${distribution}"\\r?\\nversion = "(\\d[\\w.]*)"`, 'gm'),
  ];
}

/** The image, the constraints that pip is given, and MWAA's own key. */
const AIRFLOW_ONLY: readonly RegExp[] = [
  /\bapache\/airflow:(?:slim-)?(\d+\.\d+\.\d+)/g,
  /\/constraints-(\d+\.\d+\.\d+)\//g,
  /^[ \t]*["']?(?:airflow_version|AirflowVersion)["']?[ \t]*[:=][ \t]*["']?(\d+\.\d+\.\d+)/gm,
];

function agreed(text: string, patterns: readonly RegExp[]): string | null {
  const versions = new Set(patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')));
  const [only] = versions;
  return versions.size === 1 && only !== undefined ? only : null;
}
