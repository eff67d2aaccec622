import type { Json } from '../../model.ts';
import { type GatewayConfig, readGatewayConfig } from '../gateway/config.ts';
import { objectOf, textOf } from '../json.ts';

/** A gateway for a request whose real gateway is not known: it has the queue and the version, and adds nothing. */
export function anyGateway(request: Json): GatewayConfig {
  const { sparkVersion, queue, clusterId, type } = objectOf(request);
  const name = (textOf(queue) || 'poc').replace(/\.{2,}/g, '.').replace(/^\.+|\.+$/g, '') || 'poc';
  const version = textOf(sparkVersion) ?? String(sparkVersion ?? '');
  return readGatewayConfig({
    sparkClusters: [
      {
        id: textOf(clusterId) || 'gateway',
        weight: 1,
        sparkApplicationNamespace: 'gateway',
        sparkVersions: [version],
        queues: [name.split('.')[0] ?? name],
      },
    ],
    sparkImages: [{ name: imageOfTheGateway, types: [textOf(type) || 'Java', 'Python', 'Scala', 'R'], version }],
    queues: [{ name, maxRunningMillis: Number.MAX_SAFE_INTEGER, maxExecutorInstances: Number.MAX_SAFE_INTEGER }],
  });
}

/** Stands for the image that the gateway picks for a request without one. */
const imageOfTheGateway = "the gateway's image";
