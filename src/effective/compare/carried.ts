/** Conf whose whole effect stands in the finished pods, or in how many executors start. */
const carried: readonly RegExp[] = [
  /^spark\.(?:driver|executor)\.(?:memory|memoryOverhead|memoryOverheadFactor|resource\..+\.vendor)$/,
  /^spark\.(?:driver|executor)\.resource\.gpu\.amount$/,
  /^spark\.executor\.instances$/,
  /^spark\.dynamicAllocation\.initialExecutors$/,
  /^spark\.kubernetes\.memoryOverheadFactor$/,
  /^spark\.kubernetes\.container\.image(?:\.pullPolicy|\.pullSecrets)?$/,
  /^spark\.kubernetes\.(?:driver|executor)\.container\.image$/,
  /^spark\.kubernetes\.(?:driver|executor)\.(?:request|limit)\.cores$/,
  /^spark\.kubernetes\.(?:driver|executor)\.(?:label|annotation|secrets|secretKeyRef|volumes|node\.selector)\./,
  /^spark\.kubernetes\.(?:driver|executor)\.scheduler\.name$/,
  /^spark\.kubernetes\.authenticate\.(?:driver|executor)\.serviceAccountName$/,
  /^spark\.kubernetes\.node\.selector\./,
  /^spark\.kubernetes\.driverEnv\./,
  /^spark\.executorEnv\./,
];

/** True for `conf <key>` of such a key: `1g` and `1G` are one memory, and a secret by conf is one by the webhook. */
export function isCarriedByPods(path: string): boolean {
  const key = path.replace(/^conf /, '');
  return carried.some((pattern) => pattern.test(key));
}
