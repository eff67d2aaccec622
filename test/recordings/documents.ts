import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, objectOf, textOf } from '../../src/effective/json.ts';
import type { Json } from '../../src/model.ts';
import { readPythonYaml } from './python-yaml.ts';

export type ManifestReading =
  | { readonly ok: true; readonly document: Json }
  /** The text is no YAML for the program that read it when it was recorded. */
  | { readonly ok: false; readonly stage: 'yaml' | 'missing' };

/** Reads a recorded file name: `manifests/x.yaml`, or `manifests/x.yaml#2` for the second document of a file. */
export function readManifest(root: string, recorded: string): ManifestReading {
  const [file = '', position = '1'] = recorded.split('#');
  const path = join(root, file);
  if (!existsSync(path)) return { ok: false, stage: 'missing' };
  const reading = readPythonYaml(readFileSync(path, 'utf8'));
  const document = reading.ok ? reading.documents[Number(position) - 1] : undefined;
  return document === undefined ? { ok: false, stage: 'yaml' } : { ok: true, document: assumed(document) };
}

/** What was assumed to make a document runnable: Jinja in the name counts as `j`, one other group as the operator's. */
function assumed(document: Json): Json {
  if (!isObject(document)) return document;
  const metadata = objectOf(document['metadata']);
  const name = textOf(metadata['name'])?.replace(/\{\{.*?\}\}/g, 'j');
  const foreign = document['apiVersion'] === 'sparkoperator.hpe.com/v1beta2';
  return {
    ...document,
    ...(name === undefined ? {} : { metadata: { ...metadata, name } }),
    ...(foreign ? { apiVersion: 'sparkoperator.k8s.io/v1beta2' } : {}),
  };
}
