/** The rules in their order: each takes its fields out of the tree or rewrites them in place. */
import { roleNames } from '../fields/index.ts';
import { entryOf, insertInOrder, type Mapping, mappingOf, newEntry, newMapping, textOf } from '../tree.ts';
import { specOrder, type Work } from '../work.ts';
import { checkAffinity } from './affinity.ts';
import { moveConfigMaps, writeOutConfigMaps } from './config-maps.ts';
import { checkComputedNumber, roundCoreLimit, writeSize } from './cores.ts';
import { moveDynamicAllocation } from './dynamic-allocation.ts';
import { moveEnvironment } from './environment.ts';
import { moveGpu } from './gpu.ts';
import { moveApplicationFields, moveRoleFields } from './into-spark-conf.ts';
import { writeMemory } from './memory.ts';
import { moveMonitoring } from './monitoring.ts';
import { addRouteLabels, moveLabels } from './name.ts';
import { overrideField } from './overrides.ts';
import { limitRunningTime } from './running-time.ts';
import { moveSecrets } from './secrets.ts';
import { rescueDeniedKeys } from './spark-conf.ts';
import { shortenSparkVersion } from './spark-version.ts';
import { moveVolumes } from './volumes.ts';

/** Rewrites `work.spec`, which the walk has checked, into the body of the request. */
export function applyRules(work: Work, metadata: Mapping | undefined): void {
  const { overrides } = work.options;
  overrideField(work, 'image', overrides?.image);
  overrideField(work, 'mainApplicationFile', overrides?.mainApplicationFile);
  shortenSparkVersion(work);
  rescueDeniedKeys(work);
  for (const name of roleNames) ensureRole(work, name);
  moveApplicationFields(work);
  moveDynamicAllocation(work);
  for (const name of roleNames) eachRole(work, name, (role) => moveEnvironment(work, role, name));
  moveRoleFields(work);
  for (const name of roleNames) eachRole(work, name, (role) => moveRole(work, role, name));
  moveMonitoring(work);
  moveVolumes(work);
  for (const name of roleNames) eachRole(work, name, (role) => moveConfigMaps(work, role, name));
  writeOutConfigMaps(work);
  for (const name of roleNames) eachRole(work, name, (role) => writeSizes(work, role, name));
  moveLabels(work, metadata);
  addRouteLabels(work);
  requireType(work);
  limitRunningTime(work);
}

function ensureRole(work: Work, name: 'driver' | 'executor'): void {
  if (entryOf(work.spec, name) === undefined) insertInOrder(work.spec, newEntry(name, newMapping()), specOrder);
}

function eachRole(work: Work, name: 'driver' | 'executor', apply: (role: Mapping) => void): void {
  const role = mappingOf(work.spec, name);
  if (role !== undefined) apply(role);
}

function moveRole(work: Work, role: Mapping, name: 'driver' | 'executor'): void {
  moveSecrets(work, role, name);
  moveGpu(work, role, name);
  checkAffinity(work, role, name);
}

function writeSizes(work: Work, role: Mapping, name: 'driver' | 'executor'): void {
  writeMemory(work, role, name, 'memoryOverhead');
  if (name === 'executor') writeSize(work, role, name, 'instances');
  writeSize(work, role, name, 'cores');
  writeSize(work, role, name, 'memory');
  writeMemory(work, role, name, 'memory');
  checkComputedNumber(work, role, `${name}.cores`, 'cores');
  if (name === 'executor') checkComputedNumber(work, role, `${name}.instances`, 'instances');
  roundCoreLimit(work, role, name);
}

/** Without it the gateway guesses Java or Python, also for R. */
function requireType(work: Work): void {
  if (textOf(work.spec, 'type') === undefined) work.say('type-missing', {}, work.spec);
}
