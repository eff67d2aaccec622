/** The JSON Schema that editors read, made from the schema that checks the file. */
import { toJsonSchema } from '@valibot/to-json-schema';
import { configurationSchema } from '../../src/config/schema.ts';

type JsonObject = { readonly [key: string]: unknown };

export function configurationJsonSchema(): string {
  const made = toJsonSchema(configurationSchema, { typeMode: 'input', errorMode: 'ignore' });
  const schema = {
    $schema: made.$schema,
    title: 'bpg-migrate.yaml',
    ...(closed(made) as JsonObject),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** `never` for further keys comes out as `{ "not": {} }`; editors understand `false` better. */
function closed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(closed);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      key === 'additionalProperties' && JSON.stringify(value) === '{"not":{}}' ? false : closed(value),
    ]),
  );
}
