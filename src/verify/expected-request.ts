/** What the request of a migrated task must be: the translation of the document that Airflow rendered before. */
import type { Options, Route, TranslateOptions, Translation } from '../model.ts';
import type { ObservedDocument } from './observation.ts';

/** The part of the configuration that requests depend on. */
export type RequestOptions = Pick<Options, 'routing'> & {
  readonly target: Pick<Options['target'], 'accountingLabels' | 'connectionId' | 'operator'>;
  /** The Kubernetes provider that the DAGs were loaded with: what it does to a document depends on its version. */
  readonly provider?: string | null;
};

/** `translate` of `spec/`. */
export type Translate = (text: string, options: TranslateOptions) => Translation;

export interface MigratedTask {
  readonly dagId: string;
  readonly taskId: string;
  /** The queue of the plan; undefined where the plan does not know the task. */
  readonly queue: string | null | undefined;
  /** Seconds; null where the operator has no such parameter. */
  readonly applicationTimeout: number | null;
  readonly document: Exclude<ObservedDocument, { kind: 'unknown' }>;
}

export type ExpectedRequests =
  | { readonly ok: true; readonly texts: readonly string[] }
  | { readonly ok: false; readonly because: string };

/** The gateway ends a job after 12 h unless the request says otherwise. */
const GATEWAY_LIMIT = 43_200;

/**
 * Every request that the configuration allows for the task: one, or one for each route to its queue, for routes to the
 * same queue may set different labels. Where the plan does not know the task (it is made in a loop), any route will do.
 */
export function expectedRequests(task: MigratedTask, options: RequestOptions, translate: Translate): ExpectedRequests {
  const source = task.document.kind === 'text' ? task.document.text : JSON.stringify(task.document.value);
  const texts = new Set<string>();
  let because = '';
  for (const candidate of candidates(task, options)) {
    const translated = translate(source, candidate);
    if (translated.ok) texts.add(translated.text);
    else because = translated.findings.map(({ code }) => code).join(', ');
  }
  if (texts.size > 0) return { ok: true, texts: [...texts] };
  return { ok: false, because: `the document before has no translation (${because})` };
}

function candidates(task: MigratedTask, { routing, target, provider = null }: RequestOptions): TranslateOptions[] {
  const { queue, document, applicationTimeout } = task;
  const { name, namespace, image, code_path: mainApplicationFile } = document.overrides;
  const routes = routing.filter((route) => queue === undefined || route.queue === queue);
  const accounting = target.accountingLabels ? { dag_name: task.dagId, task_name: task.taskId } : {};
  const overrides = {
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(image === undefined ? {} : { image }),
    ...(mainApplicationFile === undefined ? {} : { mainApplicationFile }),
  };
  const isLong = applicationTimeout !== null && applicationTimeout > GATEWAY_LIMIT;
  // A task that no route matches goes without a queue.
  const unrouted = queue === undefined || routes.length === 0 ? [{ queue: queue ?? null }] : [];
  return [...routes, ...unrouted].map((route: Route) => {
    const labels = { ...accounting, ...route.labels };
    const { spotInstance } = route;
    return {
      queue: route.queue,
      format: 'yaml',
      overrides,
      ...(provider === null ? {} : { provider }),
      ...(spotInstance === undefined ? {} : { spotInstance }),
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      ...(isLong ? { maxRunningMillis: applicationTimeout * 1000 } : {}),
    };
  });
}
