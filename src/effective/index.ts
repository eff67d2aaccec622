/** What a document comes to: before by the Spark operator, after by the gateway and the operator. */
export { comparePods } from './compare/compare-pods.ts';
export type { Comparison, Difference } from './compare/difference.ts';
export { type CompareOptions, compareEffective, type EffectiveComparison } from './compare/effective.ts';
export { comparePair, type PairVerdict, podsOf } from './compare/pair.ts';
export { type GatewayConfig, readGatewayConfig } from './gateway/config.ts';
export type { Kubernetes, KubernetesRefusal } from './gateway/kubernetes.ts';
export { type GatewayAnswer, isAllowed, type Submission, submit } from './gateway/submit.ts';
export { argumentList, duplicateConf, type SparkSubmit } from './operator/arguments.ts';
export { type Operation, operate, type Stage } from './operator/operate.ts';
export type { Pod, Pods } from './pods/build.ts';
