import { afterEach, beforeEach, expect, test } from 'vitest';
import { scenarios } from './scripts.ts';
import { startGateway, type TestGateway } from './server.ts';

const yamlRequest = `type: Scala
sparkVersion: "3.5"
image: registry.example/own:1
mainClass: org.example.Main
mainApplicationFile: local:///opt/app.jar
queue: poc
`;

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.close());

function basic(user = 'admin', password = 'password'): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}
function call(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${gateway.url}${path}`, { ...init, headers: { ...basic(), ...init.headers } });
}
async function submitYaml(body = yamlRequest, contentType = 'application/yaml'): Promise<Response> {
  return call('/spark', { method: 'POST', body, headers: { 'Content-Type': contentType } });
}
async function submittedId(): Promise<string> {
  return ((await (await submitYaml()).json()) as { submissionId: string }).submissionId;
}
async function states(id: string, polls: number): Promise<unknown[]> {
  const seen = [];
  for (let poll = 0; poll < polls; poll++) {
    const status = (await (await call(`/spark/${id}/status`)).json()) as { applicationState: unknown };
    seen.push(status.applicationState);
  }
  return seen;
}

test('every call wants credentials, the health check too', async () => {
  expect((await fetch(`${gateway.url}/healthcheck/status`)).status).toBe(401);
  expect((await call('/healthcheck/status', { headers: basic('admin', 'wrong') })).status).toBe(401);
  expect(await (await call('/healthcheck/status')).json()).toEqual({ status: 'OK' });
});

test('the body is not read before the user is known', async () => {
  const answer = await fetch(`${gateway.url}/spark`, { method: 'POST', body: '{{{', headers: basic('eve') });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toEqual({ code: '401', message: 'HTTP 401 Unauthorized.' });
  expect(gateway.requests[0]?.body).toBe('');
});

test('a submission is answered with an id that names the cluster, and walks through its states', async () => {
  const id = await submittedId();
  expect(id).toMatch(/^c01-[0-9a-f]{32}$/);
  expect(await states(id, 5)).toEqual(['UNKNOWN', 'SUBMITTED', 'RUNNING', 'COMPLETED', 'COMPLETED']);
});

test.each([
  ['YAML under a JSON type', yamlRequest, 'application/json', 400],
  ['YAML under application/yml', yamlRequest, 'application/yml', 400],
  ['an unknown key at the top', `${yamlRequest}namespace: x\n`, 'application/yaml', 400],
  ['a manifest', 'apiVersion: sparkoperator.k8s.io/v1beta2\nkind: SparkApplication\n', 'application/yaml', 400],
  ['a version with a patch level', yamlRequest.replace('3.5', '3.5.1'), 'application/yaml', 400],
  ['an unknown queue', yamlRequest.replace('poc', 'nope'), 'application/yaml', 500],
  ['a memory without a unit', `${yamlRequest}driver: {memory: "1024"}\n`, 'application/yaml', 500],
  ['a type that Kubernetes refuses', yamlRequest.replace('Scala', 'scala'), 'application/yaml', 500],
  ['a conf key that the webhook denies', `${yamlRequest}sparkConf: {spark.master: x}\n`, 'application/yaml', 500],
  ['a fractional core limit', `${yamlRequest}driver: {coreLimit: 1200m}\n`, 'application/yaml', 500],
])('%s is refused', async (_, body, type, status) => {
  expect((await submitYaml(body, type)).status).toBe(status);
});

test('what Spark refuses is accepted and fails as a submission', async () => {
  const answer = await submitYaml(`${yamlRequest}driver: {memory: 512Mi}\n`);
  const { submissionId } = (await answer.json()) as { submissionId: string };
  expect(await states(submissionId, 2)).toEqual(['UNKNOWN', 'FAILED_SUBMISSION']);
  const status = await (await call(`/spark/${submissionId}/status`)).json();
  expect(status).toMatchObject({ applicationErrorMessage: expect.stringContaining('Driver memory') });
});

test('the log is a byte stream, and a sentence where there is none', async () => {
  const id = await submittedId();
  const log = await call(`/log?subId=${id}`);
  expect(log.headers.get('content-type')).toBe('application/octet-stream');
  expect(await log.text()).toContain('Pi is roughly');
  expect((await call('/log?subId=c01-unknown')).status).toBe(200);
});

test('an unknown submission is 404, a malformed id 500, and deleting succeeds always', async () => {
  expect((await call('/spark/c01-0/status')).status).toBe(404);
  expect((await call('/spark/nodash/status')).status).toBe(500);
  const id = await submittedId();
  for (const _ of [1, 2])
    expect(await (await call(`/spark/${id}`, { method: 'DELETE' })).json()).toEqual({ submissionId: id });
  expect((await call(`/spark/${id}/status`)).status).toBe(404);
});

test('scripts make a submission fail, stay, break or be refused', async () => {
  const { failed, 'failed-submission': refused, 'status-500': broken, 'submit-500': down } = scenarios;
  if (!failed || !refused || !broken || !down) throw new Error('a scenario is missing');
  gateway.scriptNext(failed, refused, broken, down);
  expect((await states(await submittedId(), 4)).at(-1)).toBe('FAILED');
  expect((await states(await submittedId(), 3)).at(-1)).toBe('FAILED_SUBMISSION');
  const id = await submittedId();
  await call(`/spark/${id}/status`);
  expect((await call(`/spark/${id}/status`)).status).toBe(500);
  expect((await call(`/spark/${id}/status`)).status).toBe(200);
  expect((await submitYaml()).status).toBe(500);
});

test('a dropped log stream breaks the connection after what was sent', async () => {
  const script = scenarios['log-dropped'];
  if (script === undefined) throw new Error('a scenario is missing');
  gateway.scriptNext(script);
  const log = await call(`/log?subId=${await submittedId()}`);
  await expect(log.text()).rejects.toThrow();
});

test('requests are recorded with user, type, body and the resource that they made', async () => {
  await submitYaml();
  const [request] = gateway.requests;
  expect(request).toMatchObject({
    method: 'POST',
    path: '/skatev2/spark',
    user: 'admin',
    status: 200,
    body: yamlRequest,
  });
  expect(request?.sparkSubmit?.slice(0, 4)).toEqual([
    '--master',
    'k8s://https://127.0.0.1:443',
    '--deploy-mode',
    'cluster',
  ]);
  expect(request?.cr).toMatchObject({ metadata: { namespace: 'spark-c01' }, spec: { mode: 'cluster' } });
});

test('another process sets the script of the next submission', async () => {
  const control = `${gateway.origin}/control/next`;
  expect((await fetch(control, { method: 'POST', body: '"no-such"' })).status).toBe(400);
  expect((await fetch(control, { method: 'POST', body: '{"states": ["FAILED"]}' })).status).toBe(200);
  expect(await states(await submittedId(), 1)).toEqual(['FAILED']);
  expect(await (await fetch(`${gateway.origin}/control/requests`)).json()).toHaveLength(2);
});
