/** A request as a person left it: read as the operator reads it, and held against the gateway's rules. */
import { sentence } from '../findings/catalogue.ts';
import type { Json } from '../model.ts';
import { mask } from './mask.ts';
import { readDocument } from './read.ts';
import { sourceValue } from './source-value.ts';
import { validateRequest } from './validate.ts';

export type CheckedRequest =
  | { readonly ok: true; readonly request: Json }
  | { readonly ok: false; readonly reason: string };

/** `text` is YAML or JSON, with or without Jinja. Not ok: the first thing that the gateway or its reader would refuse. */
export function checkRequest(text: string): CheckedRequest {
  const masked = mask(text, []);
  if (masked.broken !== null) return { ok: false, reason: 'its Jinja is not closed' };
  const reading = readDocument(masked.text);
  const findings = reading.ok ? reading.read.findings : reading.findings;
  const refused = findings.find(({ code }) => !reading.ok || code === 'duplicate-key' || code === 'several-documents');
  if (refused !== undefined) return { ok: false, reason: sentence(refused.code, refused.args) };
  if (!reading.ok) return { ok: false, reason: 'it is no document' };
  const request = sourceValue(reading.read.root, masked);
  const [problem] = validateRequest(request);
  if (problem !== undefined) return { ok: false, reason: `${problem.path}: ${problem.problem}` };
  return { ok: true, request };
}
