/** Whether a gateway answers: its health check, nothing else. Credentials come from the environment and are never told. */

export interface GatewayHealth {
  readonly ok: boolean;
  readonly what: string;
}

/** The path that the gateway serves under unless its URL says otherwise. */
const basePath = '/skatev2';
const patience = 10_000;

/** `url` with scheme, host, port and perhaps a base path; `BPG_USERNAME` and `BPG_PASSWORD` are sent where they are set. */
export async function askGateway(url: string, env: NodeJS.ProcessEnv): Promise<GatewayHealth> {
  let target: URL;
  try {
    target = new URL(url);
  } catch {
    return { ok: false, what: `'${url}' is no URL such as https://gateway.example:8443` };
  }
  if (target.protocol !== 'http:' && target.protocol !== 'https:')
    return { ok: false, what: 'the URL must be http or https' };
  if (target.username !== '' || target.password !== '')
    return { ok: false, what: 'credentials belong into BPG_USERNAME and BPG_PASSWORD, not into the URL' };
  const base = target.pathname === '/' ? basePath : target.pathname.replace(/\/$/, '');
  const { BPG_USERNAME: user, BPG_PASSWORD: password } = env;
  const headers: Record<string, string> = {};
  if (user !== undefined)
    headers['authorization'] = `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}`;
  try {
    const answer = await fetch(new URL(`${base}/healthcheck/status`, target), {
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    const text = (await answer.text()).slice(0, 200);
    if (answer.status === 401) return { ok: false, what: '401: set BPG_USERNAME and BPG_PASSWORD' };
    const healthy = answer.ok && /"status"\s*:\s*"OK"/.test(text);
    return { ok: healthy, what: `${answer.status} ${text.replace(/\s+/g, ' ')}` };
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).name;
    return { ok: false, what: `${target.host}: ${cause}` };
  }
}
