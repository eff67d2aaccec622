import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../src/index.ts';
import { bpgMigrate, folderWith, stateOf } from './command.ts';
import { safeFiles } from './sample.ts';

describe('doctor --gateway', () => {
  it('asks the health check only, tells the answer in the JSON, and writes nothing', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end('{"status":"OK"}');
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    try {
      const cwd = folderWith(safeFiles);
      const before = stateOf(cwd);
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const { code, stdout } = await bpgMigrate(['doctor', '--gateway', url, '--format', 'json'], { cwd });
      const { gateway, next } = JSON.parse(stdout) as Diagnosis;
      expect(gateway).toEqual({ ok: true, what: '200 {"status":"OK"}' });
      expect(next).toBe('bpg-migrate init');
      expect(asked).toEqual(['GET /skatev2/healthcheck/status']);
      expect(code).toBe(0);
      expect(stateOf(cwd)).toEqual(before);
    } finally {
      server.close();
    }
  });
});

it.each(['text', 'json'])('names a source file that does not parse and answers 2 (%s)', async (format) => {
  const cwd = folderWith({ ...safeFiles, 'dags/broken.py': 'x = (\nSparkKubernetesOperator\n' });
  const more = format === 'json' ? ['--format', 'json'] : [];
  const { code, stdout, stderr } = await bpgMigrate(['doctor', '--quiet', ...more], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('dags/broken.py: left out: does not parse at line ');
  expect(stdout).not.toBe('');
  const whole = await bpgMigrate(['doctor', ...more], { cwd: folderWith(safeFiles) });
  expect(whole.code).toBe(0);
  expect(whole.stderr).not.toContain('left out');
});
