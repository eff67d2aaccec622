/** Proves a migration by what Airflow makes of the files before and after. */
export { type Comparison, compareObservations } from './compare.ts';
export type { Difference } from './difference.ts';
export { type Observation, readObservation } from './observation.ts';
export { renderVerificationJson, renderVerificationText, type Verification } from './verification.ts';
