/** No command opens a connection, but `doctor --gateway`: every socket is forbidden while they run. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtCommand, execute, folderWith } from './command.ts';
import { sample, sparkDocument } from './sample.ts';

/** Loaded before the command: any socket, and any look-up of a name, ends the process with 97. */
const forbidding = `
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
const refuse = () => { process.stderr.write('a connection was opened'); process.exit(97); };
net.Socket.prototype.connect = refuse;
net.Server.prototype.listen = refuse;
dgram.createSocket = refuse;
dns.lookup = refuse;
`;

const folder = (): string => folderWith({ ...sample, 'one.yaml': sparkDocument, 'forbid.mjs': forbidding });

const forbidden = (cwd: string, args: readonly string[]): ReturnType<typeof execute> =>
  execute(process.execPath, ['--import', join(cwd, 'forbid.mjs'), builtCommand(), ...args], { cwd });

describe('the network', () => {
  it.each([
    [['scan']],
    [['diff', '--include', 'review']],
    [['apply', '--include', 'review']],
    [['report', '--format', 'html,json,sarif', '--output', 'out']],
    [['translate', 'one.yaml']],
    [['doctor']],
  ])('is not used by %j', async (args) => {
    const { code, stderr } = await forbidden(folder(), args);
    expect(stderr).not.toContain('a connection was opened');
    expect(code).toBe(0);
  });

  it('is used by doctor when it is given a gateway: the guard above works', async () => {
    const { code, stderr } = await forbidden(folder(), ['doctor', '--gateway', 'http://127.0.0.1:18443']);
    expect(stderr).toContain('a connection was opened');
    expect(code).toBe(97);
  });
});
