/** What the source means depends on the version of the provider. Facts: each range was run, older ones read. */

/** `submits`: returns after the submission · `streams`: follows the log, ignores failure · `waits`: ends with the job. */
export type Behaviour = 'submits' | 'streams' | 'waits' | 'unknown';

/** The provider version that a deployment has, and how it was found. */
export interface Era {
  readonly provider: string | null;
  readonly airflow: string | null;
  readonly behaviour: Behaviour;
  /** True when a version below 7.14 accepts `watch`, so that the call itself decides. */
  readonly watchDecides: boolean;
}

/** The provider that each Airflow's constraints bring; the first row whose version is not above the Airflow wins. */
const constraintProviders: readonly (readonly [airflow: string, provider: string])[] = [
  ['3.3', '10.25.0'],
  ['3.2', '10.16.0'],
  ['3.1', '10.13.0'],
  ['3.0', '10.7.0'],
  ['2.11', '10.13.0'],
  ['2.10.3', '9.0.1'],
  ['2.10', '8.4.1'],
  ['2.9', '8.3.1'],
  ['2.8.2', '8.0.0'],
  ['2.8', '7.13.0'],
  ['2.7', '7.6.0'],
  ['2.6', '7.1.0'],
  ['2.0', '5.2.2'],
];

/** Negative, zero or positive, by the numbers of two dotted versions. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map((part) => Number.parseInt(part, 10) || 0));
  for (let index = 0; index < Math.max(left?.length ?? 0, right?.length ?? 0); index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The era of a deployment; `provider` is believed before `airflow`, whose constraints tell the provider. */
export function eraOf(airflow: string | null, provider: string | null): Era {
  const version =
    provider ?? constraintProviders.find(([from]) => airflow !== null && compareVersions(airflow, from) >= 0)?.[1];
  if (version === undefined) return { provider: null, airflow, behaviour: 'unknown', watchDecides: false };
  const below = (limit: string) => compareVersions(version, limit) < 0;
  const behaviour: Behaviour = !below('7.14') ? 'waits' : !below('5.3') && below('7.2') ? 'streams' : 'submits';
  return { provider: version, airflow, behaviour, watchDecides: !below('7.2') && below('7.14') };
}

/** Airflow's major version, null where unknown; a provider tells nothing of it. */
export function airflowMajor(era: Pick<Era, 'airflow'>): number | null {
  const major = Number.parseInt(era.airflow ?? '', 10);
  return Number.isNaN(major) ? null : major;
}
