import { appendFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { loadGatewayConfig } from './configuration.ts';
import { scenarios, scriptFrom } from './scripts.ts';
import { startGateway } from './server.ts';

/** The test gateway as a process: prints its origin as the first line, runs until it is ended. */
const command = new Command('gateway')
  .option('--port <n>', 'port, 0 for a free one', '0')
  .option('--base-path <path>', 'base path of the calls', '/skatev2')
  .option('--record <file>', 'write every request as a JSON line')
  .option('--config <file>', 'gateway configuration; default: that of the recordings')
  .option('--scenario <name>', `for every submission: one of ${Object.keys(scenarios).join(', ')}`)
  .option('--credentials <user:password>', 'instead of the password "password" for every allowed user')
  .parse();

const options = command.opts<{
  port: string;
  basePath: string;
  record?: string;
  config?: string;
  scenario?: string;
  credentials?: string;
}>();
const script = options.scenario === undefined ? undefined : scriptFrom(options.scenario);
if (script === null) throw new Error(`unknown scenario ${options.scenario}`);
const { record, credentials } = options;
if (record !== undefined) writeFileSync(record, '');
const [user = '', ...password] = (credentials ?? '').split(':');

const gateway = await startGateway({
  port: Number(options.port),
  basePath: options.basePath,
  ...(script === undefined ? {} : { script }),
  ...(options.config === undefined ? {} : { config: loadGatewayConfig(options.config) }),
  ...(credentials === undefined ? {} : { credentials: new Map([[user, password.join(':')]]) }),
  ...(record === undefined ? {} : { onRequest: (seen) => appendFileSync(record, `${JSON.stringify(seen)}\n`) }),
});
process.stdout.write(`${gateway.origin}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void gateway.close());
