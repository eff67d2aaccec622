import type { Json } from '../../model.ts';
import { roleNames } from '../operator/application.ts';
import type { Pod, Pods } from '../pods/build.ts';
import { type Comparison, compareLeaves, type GatewayDecides } from './difference.ts';
import { byNameAndPlace, flatten, type Leaves } from './flatten.ts';
import { gatewayAnnotation, gatewayLabels } from './gateway-decides.ts';
import { normalSpec } from './normal-spec.ts';

export type BuiltPods = Extract<Pods, { readonly ok: true }>;

/**
 * Compares the finished pods, and how many executors start. Both sides must have the same name. Null for `gateway`:
 * nothing is the gateway's.
 */
export function comparePods(before: BuiltPods, after: BuiltPods, gateway: GatewayDecides | null = null): Comparison {
  return compareLeaves(
    podLeaves(before, null),
    podLeaves(after, gateway === null ? null : before),
    gateway ?? (() => false),
  );
}

/** `other` is given for the gateway's side: what only the gateway's labels and annotations say is left out. */
function podLeaves(pods: BuiltPods, other: BuiltPods | null): Leaves {
  const leaves = new Map<string, Json>([['initialExecutors', pods.initialExecutors]]);
  for (const role of roleNames) {
    const pod = other === null ? pods[role] : withoutGateway(pods[role], other[role]);
    const parts = { labels: pod.labels, annotations: pod.annotations, spec: normalSpec(pod.spec) };
    for (const [path, value] of flatten(parts, `${role}Pod `, byNameAndPlace)) leaves.set(path, value);
  }
  return leaves;
}

function withoutGateway(pod: Pod, other: Pod): Pod {
  const { [gatewayAnnotation]: forced, ...annotations } = pod.annotations;
  const said = other.annotations[gatewayAnnotation] !== undefined;
  const labels = Object.entries(pod.labels).filter(
    ([name]) => !gatewayLabels.includes(name) || other.labels[name] !== undefined,
  );
  return {
    labels: Object.fromEntries(labels),
    annotations: said && forced !== undefined ? pod.annotations : annotations,
    spec: pod.spec,
  };
}
