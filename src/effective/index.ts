/** What a document comes to: before by the Spark operator, after by the gateway and the operator. */
export { comparePods } from './compare/compare-pods.ts';
export { compareEffective } from './compare/effective.ts';
export { comparePair, type PairVerdict, podsOf } from './compare/pair.ts';
export { type GatewayConfig, readGatewayConfig } from './gateway/config.ts';
export type { Kubernetes } from './gateway/kubernetes.ts';
export { isAllowed, submit } from './gateway/submit.ts';
export { argumentList, duplicateConf } from './operator/arguments.ts';
export { type Operation, operate } from './operator/operate.ts';
export type { Pod } from './pods/build.ts';
