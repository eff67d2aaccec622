/** What a document comes to: before by the Spark operator, after by the gateway and the operator. */
export { type GatewayConfig, readGatewayConfig } from './gateway/config.ts';
export { type GatewayAnswer, isAllowed, type Submission, submit } from './gateway/submit.ts';
export { argumentList, duplicateConf, type SparkSubmit } from './operator/arguments.ts';
export { type Operation, operate, type Stage } from './operator/operate.ts';
