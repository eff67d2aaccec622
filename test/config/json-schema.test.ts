import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseConfiguration } from '../../src/config/load.ts';
import { everyKey } from './every-key.ts';
import { configurationJsonSchema } from './json-schema.ts';

const path = fileURLToPath(new URL('../../schema/bpg-migrate.schema.json', import.meta.url));
if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(path, configurationJsonSchema());

describe('schema/bpg-migrate.schema.json', () => {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(configurationJsonSchema()));

  it('is current (UPDATE_SCHEMA=1 writes it)', () => {
    expect(readFileSync(path, 'utf8')).toBe(configurationJsonSchema());
  });

  it('takes a file with every key', () => {
    expect(validate(parse(everyKey))).toBe(true);
  });

  it.each([
    ['an unknown key', 'version: 1\nrouting_: []\n'],
    ['an unknown key inside', 'version: 1\ntarget: { operater: a.B }\n'],
    ['no version', 'paths: [dags]\n'],
    ['a wrong word', 'version: 1\nsensors: drop\n'],
    ['a mapping for a list', 'version: 1\nrouting: { queue: a }\n'],
    ['a route without queue', 'version: 1\nrouting: [{ connection: a }]\n'],
  ])('rejects what the program rejects: %s', (_, text) => {
    expect(validate(parse(text))).toBe(false);
    expect(parseConfiguration(text, 'bpg-migrate.yaml').ok).toBe(false);
  });
});
