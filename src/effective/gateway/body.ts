import type { JsonObject } from '../json.ts';
import { objectOf } from '../json.ts';
import { readJsonBody } from './body-json.ts';
import { readYamlBody } from './body-yaml.ts';
import { coerce } from './coerce.ts';
import { fault, type Refusal, refuse } from './refusal.ts';
import { requestShape } from './request-shape.ts';

/** What may stand before a path in the shell; a JSON body of this form is answered with a hint. */
const filePath = /^[a-zA-Z~]?(?:\/[a-zA-Z0-9_.-]+)+\/?$/;

/**
 * The request of a body, with the binding's coercions and without the keys that it drops. YAML if the Content-Type
 * contains `yaml` in any case, else JSON.
 */
export function readRequest(text: string, contentType: string | null, unrendered: boolean): JsonObject | Refusal {
  const yaml = (contentType ?? '').toLowerCase().includes('yaml');
  const reading = yaml ? readYamlBody(text) : readJsonBody(text);
  if (!reading.ok) return !yaml && filePath.test(text) ? refuse(400, pathHint) : invalid(yaml, reading.problem);
  const request = coerce(reading.node, requestShape, unrendered);
  if (!request.ok) return invalid(yaml, request.problem);
  if (request.value === null) return fault('java.lang.NullPointerException', nullRequest);
  return objectOf(request.value);
}

const pathHint =
  "Invalid request body. It actually looks like a file path. If you're using curl, make sure you are passing the file content (not the file path) as the request body.";
const nullRequest = 'Cannot invoke "com.apple.spark.api.SubmitApplicationRequest.getQueue()" because "request" is null';

function invalid(yaml: boolean, problem: string): Refusal {
  return refuse(400, `Invalid ${yaml ? 'YAML' : 'JSON'} request: ${problem}`);
}

/** The text of a body's bytes: the charset of the Content-Type, else UTF-8, broken bytes replaced. */
export function decodeBody(bytes: Uint8Array, contentType: string | null): string {
  const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset, { ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }
}
