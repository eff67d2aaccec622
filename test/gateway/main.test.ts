import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
let folder: string;
let child: ChildProcess | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bpg-migrate-gateway-'));
});
afterEach(async () => {
  if (child !== null && child.exitCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true });
});

async function start(...options: readonly string[]): Promise<string> {
  child = spawn(process.execPath, ['--import', 'tsx', main, '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new Error('no output');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return line;
}

test('as a process it prints its origin first, records what it is asked and ends when told', async () => {
  const record = join(folder, 'requests.jsonl');
  const origin = await start('--record', record, '--credentials', 'air:flow', '--base-path', '/apiv2');
  expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${origin}/apiv2/healthcheck/status`)).status).toBe(401);
  const headers = { Authorization: `Basic ${btoa('air:flow')}` };
  expect((await fetch(`${origin}/apiv2/healthcheck/status`, { headers })).status).toBe(401);
  const lines = readFileSync(record, 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ method: 'GET', path: '/apiv2/healthcheck/status', status: 401, user: null }),
    expect.objectContaining({ method: 'GET', path: '/apiv2/healthcheck/status', status: 401, user: null }),
  ]);
});
