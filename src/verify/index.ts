/** Proves a migration by what Airflow makes of the files before and after. */
export { type Comparison, type ComparisonInput, compareObservations } from './compare.ts';
export type { Difference, NotCompared } from './difference.ts';
export type { Translate } from './expected-request.ts';
export { type Observation, readObservation } from './observation.ts';
export {
  renderVerificationJson,
  renderVerificationText,
  type TextOptions,
  type Verification,
} from './verification.ts';
