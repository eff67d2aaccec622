import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const fixtures: string = fileURLToPath(new URL('../../fixtures', import.meta.url));
export const translateFixtures: string = join(fixtures, 'translate');

/** Public documents beside the checkout: `BPG_MANIFESTS`, else `../shared/corpus/manifests`. Null where there are none. */
export function manifestFolder(): string | null {
  const folder = process.env['BPG_MANIFESTS'] ?? resolve(fixtures, '../../shared/corpus/manifests');
  return existsSync(folder) ? folder : null;
}

export interface Manifest {
  readonly name: string;
  readonly text: string;
}

export function readManifests(folder: string): readonly Manifest[] {
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

/** Lines of the recorded resource schema: every leaf of `spec` with its type. */
export function readSchemaLeaves(): readonly { readonly path: string; readonly type: string }[] {
  const lines = readFileSync(join(fixtures, 'recordings', 'crd-fields.tsv'), 'utf8')
    .split('\n')
    .slice(1);
  return lines.flatMap((line) => {
    const [path = '', type = ''] = line.split('\t');
    return path === '' ? [] : [{ path: path.replace(/^spec\./, ''), type }];
  });
}
