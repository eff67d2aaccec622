import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { type GatewayConfig, readGatewayConfig } from '../../src/effective/index.ts';

/** The gateway's configuration during the recordings. */
const recordedConfigPath = fileURLToPath(new URL('../../fixtures/recordings/gateway.yaml', import.meta.url));

/** Reads a gateway configuration file. */
export function loadGatewayConfig(path: string = recordedConfigPath): GatewayConfig {
  return readGatewayConfig(parse(readFileSync(path, 'utf8')));
}
