import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isCollection, isMap, parseAllDocuments, visit } from 'yaml';
import { isObject, objectOf, textOf } from '../../src/effective/json.ts';
import type { Json } from '../../src/model.ts';

export type ManifestReading =
  | { readonly ok: true; readonly document: Json }
  /** The text is no YAML for the program that read it when it was recorded. */
  | { readonly ok: false; readonly stage: 'yaml' | 'missing' };

/** Reads a recorded file name: `manifests/x.yaml`, or `manifests/x.yaml#2` for the second document of a file. */
export function readManifest(root: string, recorded: string): ManifestReading {
  const [file = '', position = '1'] = recorded.split('#');
  const path = join(root, file);
  if (!existsSync(path)) return { ok: false, stage: 'missing' };
  const parsed = parseAllDocuments(readFileSync(path, 'utf8'), { version: '1.1', merge: true, uniqueKeys: false });
  const documents = Array.isArray(parsed) ? parsed : [];
  const document = documents[Number(position) - 1];
  if (document === undefined || documents.some((one) => one.errors.length > 0) || hasCollectionAsKey(document))
    return { ok: false, stage: 'yaml' };
  const value: unknown = document.toJS();
  return { ok: true, document: assumed(JSON.parse(JSON.stringify(value ?? null))) };
}

/** `instances: {{ params.n }}` is a map as the key of a map, which that reader refused. */
function hasCollectionAsKey(document: Document): boolean {
  let found = false;
  visit(document, {
    Pair(_, pair) {
      if (isCollection(pair.key) || isMap(pair.key)) found = true;
    },
  });
  return found;
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
