import type { Json } from '../../model.ts';
import { isObject, type JsonObject, objectOf, textOf } from '../json.ts';
import type { Application } from './application.ts';

const defaultPort = 8090;
const mountPath = '/etc/metrics/conf';

/** What the operator knows of the metrics that it exposes; null without `monitoring.prometheus`. */
export interface Prometheus {
  readonly port: number;
  readonly portName: string;
  /** The ConfigMap that it makes, null where both files are in the image. */
  readonly configMap: string | null;
  readonly mountPath: string;
  readonly exposes: { readonly driver: boolean; readonly executor: boolean };
}

/** Reads `monitoring.prometheus`. */
export function prometheusOf(application: Application): Prometheus | null {
  const monitoring = objectOf(application.spec['monitoring']);
  const prometheus = monitoring['prometheus'];
  if (!isObject(prometheus)) return null;
  const inImage = textOf(monitoring['metricsPropertiesFile']) && textOf(prometheus['configFile']);
  return {
    port: Number(prometheus['port'] ?? defaultPort),
    portName: textOf(prometheus['portName']) ?? 'jmx-exporter',
    configMap: inImage ? null : `${application.name}-prom-conf`,
    mountPath,
    exposes: {
      driver: monitoring['exposeDriverMetrics'] === true,
      executor: monitoring['exposeExecutorMetrics'] === true,
    },
  };
}

/** The application with the agent, the annotations and the sparkConf that exposing metrics takes. */
export function withMonitoring(application: Application): Application {
  const known = prometheusOf(application);
  if (known === null) return application;
  const monitoring = objectOf(application.spec['monitoring']);
  const prometheus = objectOf(monitoring['prometheus']);
  const config = textOf(prometheus['configFile']) || `${mountPath}/prometheus.yaml`;
  const agent = `-javaagent:${textOf(prometheus['jmxExporterJar']) ?? ''}=${known.port}:${config}`;
  const { name, namespace, spec } = application;
  return {
    ...application,
    spec: {
      ...spec,
      sparkConf: {
        ...objectOf(spec['sparkConf']),
        'spark.metrics.namespace': `${namespace}.${name}`,
        'spark.metrics.conf': textOf(monitoring['metricsPropertiesFile']) || `${mountPath}/metrics.properties`,
      },
      driver: exposed(objectOf(spec['driver']), known.exposes.driver, agent, known.port),
      executor: exposed(objectOf(spec['executor']), known.exposes.executor, agent, known.port),
    },
  };
}

function exposed(role: JsonObject, exposes: boolean, agent: string, port: number): Json {
  if (!exposes) return role;
  const options = textOf(role['javaOptions']);
  return {
    ...role,
    annotations: {
      ...objectOf(role['annotations']),
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': String(port),
      'prometheus.io/path': '/metrics',
    },
    javaOptions: options === null ? agent : `${options} ${agent}`,
  };
}
