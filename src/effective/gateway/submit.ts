import type { Json } from '../../model.ts';
import type { JsonObject } from '../json.ts';
import { textOf } from '../json.ts';
import { decodeBody, readRequest } from './body.ts';
import type { GatewayConfig } from './config.ts';
import { type Kubernetes, refusedByKubernetes, takesEverything } from './kubernetes.ts';
import { chooseCluster, chooseQueue } from './queue.ts';
import { isRefusal, type Refusal } from './refusal.ts';
import { makeResource } from './resource.ts';

/** One submission as it reaches the gateway. `user` is whom the authentication found; null is nobody. */
export interface Submission {
  readonly body: Uint8Array | string;
  readonly contentType: string | null;
  readonly user: string | null;
  /** Query of the URL with or without `?`; `dagUser` counts for Airflow's system account. */
  readonly query?: string;
  /** Unique part of the submission id: 32 hex digits. */
  readonly serial?: string;
  /** Placeholders fit every scalar field: for comparing documents that something renders later. */
  readonly unrendered?: boolean;
}

/** What the gateway answers, and the SparkApplication that it creates on success. */
export interface GatewayAnswer {
  readonly status: number;
  readonly responseBody: Json;
  readonly cr: JsonObject | null;
}

const systemAccount = 'airflow_system_account';
const noSerial = '0'.repeat(32);
const mediaType = /^\s*[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+\s*(?:;.*)?$/;

/**
 * Answers a submission. Order of the checks: authentication, media type, parsing, queue, cluster, sizes, image, time,
 * Kubernetes.
 */
export function submit(
  submission: Submission,
  config: GatewayConfig,
  kubernetes: Kubernetes = takesEverything,
): GatewayAnswer {
  const { user, contentType } = submission;
  if (user === null || !isAllowed(user, config)) return answer(401, { code: '401', message: 'HTTP 401 Unauthorized.' });
  if (contentType !== null && contentType !== '' && !mediaType.test(contentType))
    return answer(400, { code: 400, message: 'Bad Request' });
  const { body } = submission;
  const text = typeof body === 'string' ? body : decodeBody(body, contentType);
  const request = readRequest(text, contentType, submission.unrendered === true);
  if (isRefusal(request)) return refused(request);
  return submitRequest(request, { ...submission, user }, config, kubernetes);
}

function submitRequest(
  request: JsonObject,
  by: Submission & { user: string },
  config: GatewayConfig,
  kubernetes: Kubernetes,
): GatewayAnswer {
  const unrendered = by.unrendered === true;
  const queue = chooseQueue(request, by.user, config, unrendered);
  if (isRefusal(queue)) return refused(queue);
  const cluster = chooseCluster(request, queue, config, unrendered);
  if (isRefusal(cluster)) return refused(cluster);
  const suffix = textOf(request['submissionIdSuffix']);
  const submissionId = `${cluster.id}-${by.serial ?? noSerial}${suffix ? `-${suffix}` : ''}`;
  const proxyUser = proxyUserOf(by.user, by.query ?? '');
  const cr = makeResource({ request, config, cluster, queue, user: by.user, proxyUser, submissionId, unrendered });
  if (isRefusal(cr)) return refused(cr);
  const refusal = kubernetes(cr);
  return refusal === null ? { status: 200, responseBody: { submissionId }, cr } : refused(refusedByKubernetes(refusal));
}

/** The account that Airflow shares acts for the DAG's user, `dagUser` where the query names none. */
function proxyUserOf(user: string, query: string): string {
  return user === systemAccount ? (new URLSearchParams(query).get('dagUser') ?? 'dagUser') : user;
}

/** True if the configuration lets the user in. */
export function isAllowed(user: string, config: GatewayConfig): boolean {
  if (config.blockedUsers.includes(user)) return false;
  return config.allowedUsers.includes('*') || config.allowedUsers.includes(user);
}

function refused(refusal: Refusal): GatewayAnswer {
  return answer(refusal.status, { code: refusal.status, message: refusal.message });
}

function answer(status: number, responseBody: Json): GatewayAnswer {
  return { status, responseBody, cr: null };
}
