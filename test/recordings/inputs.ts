import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** The recordings of this project. */
export const ownRecordings: string = fileURLToPath(new URL('../../fixtures/recordings', import.meta.url));

/**
 * Recordings beside the checkout, those of public documents among them: `BPG_RECORDINGS`, else `../shared/oracle`. Null
 * where there are none.
 */
export function neighbourRecordings(): string | null {
  const directory = process.env['BPG_RECORDINGS'] ?? resolve(ownRecordings, '../../../shared/oracle');
  return existsSync(directory) ? directory : null;
}

/** The lines of `DIR/<name>.jsonl` or `.jsonl.gz`; null where there is neither. */
export function readLines(directory: string, name: string): readonly unknown[] | null {
  const plain = join(directory, `${name}.jsonl`);
  const packed = `${plain}.gz`;
  if (!existsSync(plain) && !existsSync(packed)) return null;
  const text = existsSync(plain) ? readFileSync(plain, 'utf8') : gunzipSync(readFileSync(packed)).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): unknown => JSON.parse(line));
}

/** The configuration of the gateway that was recorded. */
export function gatewayConfigPath(directory: string): string {
  const own = join(directory, 'gateway.yaml');
  return existsSync(own) ? own : join(ownRecordings, 'gateway.yaml');
}

/** Folder above `manifests/`; null where the documents are not to be found. */
export function documentsRoot(directory: string): string | null {
  const roots = [directory, join(directory, '..', 'corpus')];
  return roots.find((root) => existsSync(join(root, 'manifests'))) ?? null;
}
