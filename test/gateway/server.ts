import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { argumentList, type GatewayConfig, isAllowed, operate, podsOf, submit } from '../../src/effective/index.ts';
import type { JsonObject } from '../../src/effective/json.ts';
import type { Json } from '../../src/model.ts';
import { authenticate, type Credentials } from './authentication.ts';
import { loadGatewayConfig } from './configuration.ts';
import { strictKubernetes } from './kubernetes.ts';
import { sendLog } from './log-stream.ts';
import { completed, failedSubmission, type SubmissionScript, scenarios, scriptFrom } from './scripts.ts';
import { Submissions } from './submissions.ts';

/**
 * A gateway for tests: a real HTTP server on the loopback whose answers to submissions are those of the calculator, and
 * whose submissions then live by script. `/control/` is for tests alone and wants no credentials.
 */
export interface TestGatewayOptions {
  /** 0 or absent: a free one. */
  readonly port?: number;
  readonly basePath?: string;
  readonly config?: GatewayConfig;
  /** Default: every allowed user with the password `password`. */
  readonly credentials?: Credentials;
  readonly script?: SubmissionScript;
  /** Is told every request once it is answered. */
  readonly onRequest?: (request: RecordedRequest) => void;
}

/** A request as it was received, and what it was answered. */
interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly user: string | null;
  readonly contentType: string | null;
  /** Empty where the gateway answered before reading. */
  readonly body: string;
  readonly status: number;
  readonly response: Json;
  /** The SparkApplication that a submission made. */
  readonly cr: JsonObject | null;
  /** The arguments that the operator makes of it. */
  readonly sparkSubmit: readonly string[] | null;
}

export interface TestGateway {
  /** Scheme, host and port: what an Airflow connection's host holds. */
  readonly origin: string;
  /** With the base path. */
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** The script of the next submissions, in order; then `script` again. */
  scriptNext(...scripts: readonly SubmissionScript[]): void;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly cr?: JsonObject | null;
  readonly sparkSubmit?: readonly string[] | null;
  /** Milliseconds before it is sent. */
  readonly delay?: number;
  /** Writes the answer itself. */
  readonly stream?: () => Promise<void>;
}

class Gateway {
  readonly requests: RecordedRequest[] = [];
  readonly next: SubmissionScript[] = [];
  private readonly submissions = new Submissions();
  private readonly basePath: string;
  private readonly config: GatewayConfig;
  private readonly credentials: Credentials;
  private readonly options: TestGatewayOptions;
  private count = 0;

  constructor(options: TestGatewayOptions) {
    this.options = options;
    this.basePath = options.basePath ?? '/skatev2';
    this.config = options.config ?? loadGatewayConfig();
    const users = this.config.allowedUsers.map((user) => (user === '*' ? 'admin' : user));
    this.credentials = options.credentials ?? new Map(users.map((user) => [user, 'password']));
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://gateway');
    if (url.pathname.startsWith('/control/')) return this.control(request, response, url.pathname);
    const named = authenticate(request.headers, this.credentials);
    const user = named !== null && isAllowed(named, this.config) ? named : null;
    const bytes = user === null ? new Uint8Array() : await readBody(request);
    const answer = user === null ? unauthorized : this.route(request, response, url, user, bytes);
    this.record(request, url, user, bytes, answer);
    if (user === null) response.setHeader('WWW-Authenticate', 'Basic realm="gateway"').setHeader('Connection', 'close');
    if (answer.delay) await wait(answer.delay);
    if (answer.stream !== undefined) await answer.stream();
    else sendJson(response, answer.status, answer.body);
  }

  private route(from: IncomingMessage, to: ServerResponse, url: URL, user: string, bytes: Uint8Array): Answer {
    if (!url.pathname.startsWith(`${this.basePath}/`)) return notFound();
    const path = url.pathname.slice(this.basePath.length);
    const call = `${from.method} ${path}`;
    const id = decodeURIComponent(/^\/spark\/([^/]+)/.exec(path)?.[1] ?? '');
    if (call === 'GET /healthcheck/status') return { status: 200, body: { status: 'OK' } };
    if (call === 'POST /spark') return this.submitted(from.headers['content-type'] ?? null, url.search, user, bytes);
    if (call === 'GET /log') return this.log(to, url.searchParams.get('subId'));
    if (id !== '' && call.endsWith('/status') && from.method === 'GET') return malformed(id) ?? this.status(id);
    if (id !== '' && from.method === 'DELETE') return malformed(id) ?? this.removed(id);
    return notFound();
  }

  private submitted(contentType: string | null, query: string, user: string, body: Uint8Array): Answer {
    const asked = this.next.shift() ?? this.options.script;
    const script = asked ?? completed;
    if (script.submitError !== null) return injected(script.submitError);
    const serial = (++this.count).toString(16).padStart(32, '0');
    const answer = submit({ body, contentType, user, query, serial }, this.config, strictKubernetes);
    if (answer.cr === null) return { status: answer.status, body: answer.responseBody };
    const id = String((answer.responseBody as { submissionId: string }).submissionId);
    const fate = fateOf(answer.cr);
    this.submissions.add({ id, cr: answer.cr, script: asked ?? fate.script });
    return { status: 200, body: answer.responseBody, cr: answer.cr, sparkSubmit: fate.sparkSubmit };
  }

  private status(id: string): Answer {
    const answer = this.submissions.poll(id);
    if (answer === null) return failure(404, `Application submission ${id} not found`);
    if (answer.error !== null) return { ...injected(answer.error), delay: answer.delay };
    const time = answer.state === null || answer.state === 'UNKNOWN' ? null : 1_700_000_000_000;
    const body = {
      applicationState: answer.state,
      creationTime: time,
      terminationTime: answer.ended && time !== null ? time + 60_000 : null,
      duration: answer.ended ? 60_000 : null,
      applicationErrorMessage: answer.message,
      sparkUIUrl: time === null ? null : answer.sparkUIUrl,
    };
    return { status: 200, body, delay: answer.delay };
  }

  private log(response: ServerResponse, id: string | null): Answer {
    if (id === null || id === '') return failure(400, 'Missing subId');
    const script = this.submissions.find(id)?.script ?? null;
    if (script?.logError) return injected(script.logError);
    const none = `No log found for submission ${id}`;
    const chunks = script?.log ?? null;
    if (chunks === null) return { status: 200, body: none, stream: async () => void response.end(none) };
    const logChunkMillis = script?.logChunkMillis ?? 0;
    const dropLogAfter = this.submissions.dropLogAfter(id);
    const body = chunks.slice(0, dropLogAfter ?? chunks.length).join('');
    return { status: 200, body, stream: () => sendLog(response, chunks, logChunkMillis, dropLogAfter) };
  }

  private removed(id: string): Answer {
    this.submissions.remove(id);
    return { status: 200, body: { submissionId: id } };
  }

  private record(from: IncomingMessage, url: URL, user: string | null, bytes: Uint8Array, answer: Answer): void {
    const recorded: RecordedRequest = {
      method: from.method ?? '',
      path: url.pathname,
      query: url.search,
      user,
      contentType: from.headers['content-type'] ?? null,
      body: Buffer.from(bytes).toString('utf8'),
      status: answer.status,
      response: answer.body,
      cr: answer.cr ?? null,
      sparkSubmit: answer.sparkSubmit ?? null,
    };
    this.requests.push(recorded);
    this.options.onRequest?.(recorded);
  }

  /** `POST /control/next` with a scenario's name or a script as JSON; `GET /control/requests`. */
  private async control(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    if (path === '/control/requests') return sendJson(response, 200, JSON.parse(JSON.stringify(this.requests)));
    if (path !== '/control/next' || request.method !== 'POST') return sendJson(response, 404, null);
    const script = readScript(Buffer.from(await readBody(request)).toString('utf8'));
    if (script === null) return sendJson(response, 400, { message: `scenarios: ${Object.keys(scenarios).join(', ')}` });
    this.next.push(script);
    sendJson(response, 200, JSON.parse(JSON.stringify(script)));
  }
}

/** What becomes of a resource that nobody scripted: one that Spark can't start fails as a submission. */
function fateOf(cr: JsonObject): { readonly script: SubmissionScript; readonly sparkSubmit: readonly string[] | null } {
  const operation = operate(cr);
  const sparkSubmit = operation.ok ? argumentList(operation.submit) : null;
  const pods = podsOf(operation);
  if (pods.ok) return { script: completed, sparkSubmit };
  return { script: { ...failedSubmission, errorMessage: pods.error }, sparkSubmit };
}

function readScript(text: string): SubmissionScript | null {
  try {
    return scriptFrom(JSON.parse(text));
  } catch {
    return null;
  }
}

const unauthorized: Answer = { status: 401, body: { code: '401', message: 'HTTP 401 Unauthorized.' } };
const notFound = (): Answer => ({ status: 404, body: { code: 404, message: 'HTTP 404 Not Found' } });
const injected = (status: number): Answer => ({ status, body: { code: status, message: 'injected failure' } });
const failure = (status: number, sentence: string): Answer => ({
  status,
  body: { code: status, message: `jakarta.ws.rs.WebApplicationException: ${sentence}` },
});

/** An id names its cluster before the first dash; without one the gateway fails. */
function malformed(id: string): Answer | null {
  if (id.indexOf('-') > 0) return null;
  const message = `com.apple.spark.core.InvalidSubmissionIdException: Invalid submission id: ${id}`;
  return { status: 500, body: { code: 500, message } };
}

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function sendJson(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

/** Starts a gateway on the loopback; it runs until it is closed. */
export async function startGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const gateway = new Gateway(options);
  const server = createServer((request, response) => {
    gateway.handle(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    url: `${origin}${options.basePath ?? '/skatev2'}`,
    requests: gateway.requests,
    scriptNext: (...scripts) => void gateway.next.push(...scripts),
    close: () => closeServer(server),
  };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
