import { type Kubernetes, operate } from '../../src/effective/index.ts';

/** Kubernetes with the operator's schema and webhook: it refuses what they refuse, as a real cluster does. */
export const strictKubernetes: Kubernetes = (cr) => {
  const operation = operate(cr);
  if (operation.ok || operation.stage === 'spark-submit-args') return null;
  return { status: operation.stage === 'validating-webhook' ? 403 : 422, message: operation.error };
};
