import type { JsonObject } from '../json.ts';
import type { Refusal } from './refusal.ts';

/** Why the Kubernetes API does not take a resource. */
export interface KubernetesRefusal {
  readonly status: number;
  readonly message: string;
}

/** The Kubernetes behind the gateway: null for a resource that it takes. */
export type Kubernetes = (cr: JsonObject) => KubernetesRefusal | null;

/** A Kubernetes that takes everything. */
export const takesEverything: Kubernetes = () => null;

/** Whatever Kubernetes objects to is a fault of the gateway's: always 500. */
export function refusedByKubernetes({ status, message }: KubernetesRefusal): Refusal {
  const sentence = `Failure executing: POST. Message: ${message}. Received status: Status(apiVersion=v1, code=${status}).`;
  return {
    refused: true,
    status: 500,
    message: `io.fabric8.kubernetes.client.KubernetesClientException: ${sentence}`,
  };
}
