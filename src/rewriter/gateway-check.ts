/** The gateway's own configuration file, where the platform gives it: requests are held against it before they are sent. */
import { parse } from 'yaml';
import { type GatewayConfig, readGatewayConfig, submit } from '../effective/index.ts';
import type { Finding, Json, Options, Place } from '../model.ts';
import type { ProjectFile } from '../parser/project-files.ts';
import { finding } from './project.ts';

export interface FoundGateway {
  readonly gateway: GatewayConfig | null;
  readonly findings: readonly Finding[];
}

/** Reads `target.gatewayConfig`; one that can't be read is a finding, and nothing is held against it. */
export function findGateway(options: Options, read: (path: string) => ProjectFile): FoundGateway {
  const path = options.target.gatewayConfig;
  if (path === null) return { gateway: null, findings: [] };
  const place = { file: options.configFile ?? path, line: 1, column: 1 };
  const unreadable = (reason: string): FoundGateway => ({
    gateway: null,
    findings: [finding('gateway-config-unreadable', place, { path, reason })],
  });
  const file = read(path);
  if (!file.ok) return unreadable(file.reason);
  try {
    const value: unknown = parse(file.text, { logLevel: 'silent' });
    const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isMapping ? { gateway: readGatewayConfig(value as Json), findings: [] } : unreadable('it is not a mapping');
  } catch (error) {
    return unreadable((error as Error).message.split('\n')[0] ?? 'it is not YAML');
  }
}

/** What the gateway would refuse about the request, by its own configuration. */
export function gatewayFindings(
  gateway: GatewayConfig | null,
  request: Json,
  queue: string | null,
  place: Place,
): Finding[] {
  if (gateway === null) return [];
  const secure = gateway.queues.find(({ name }) => name === queue)?.secure === true;
  if (secure) return [finding('queue-wants-token', place, { queue: queue ?? '' })];
  const user = gateway.allowedUsers.find((name) => name !== '*') ?? 'airflow';
  const body = JSON.stringify(request);
  const { status, responseBody } = submit({ body, contentType: 'application/json', user, unrendered: true }, gateway);
  if (status === 200) return [];
  const answer = responseBody as { readonly message?: unknown } | null;
  const message = typeof answer?.message === 'string' ? answer.message : 'no reason given';
  return [finding('gateway-refuses', place, { status, message })];
}
