/**
 * What providers do to a document changed twice: 10.9 keeps the resource's metadata and makes missing roles and labels,
 * 10.15 keeps the roles' own environment. Read in the sources of thirteen versions; 9.0.1 and 10.25.0 were run.
 */
import type { Work } from '../work.ts';

/** True or false where the version is known, else null. `at` is major and minor. */
export function isProviderAtLeast(work: Work, at: readonly [number, number]): boolean | null {
  const found = /^(\d+)(?:\.(\d+))?/.exec(work.options.provider ?? '');
  if (found === null) return null;
  const [major, minor] = [Number(found[1]), Number(found[2] ?? 0)];
  return major > at[0] || (major === at[0] && minor >= at[1]);
}

/** The first version whose operator unwraps `spark:` and computes sizes. */
export const unwraps = [7, 14] as const;
/** The first version that keeps labels of the resource, and makes roles and labels where there are none. */
export const keepsMetadata = [10, 9] as const;
/** The first version that adds the block's environment to the roles' own. */
export const keepsEnvironment = [10, 15] as const;
