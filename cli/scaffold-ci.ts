import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readPackageFile } from './package-file.ts';
import type { NewFiles } from './scaffold-files.ts';

const workflow = '.github/workflows/bpg-migrate.yml';

/** The workflow that plans in parts, keeps new legacy tasks out and shows each change; it asks for this very version. */
export function ciFiles(): NewFiles {
  const text = readFileSync(template(), 'utf8').replaceAll('__VERSION__', readPackageFile().version);
  return {
    files: [{ path: workflow, text }],
    next: [
      'Record what is there today, so that only new legacy tasks fail: bpg-migrate baseline, and commit .bpg-migrate/baseline.json.',
      'Before that, the check fails for every legacy task.',
    ],
  };
}

/** Lies above this file both in the checkout and in the package. */
function template(): string {
  return fileURLToPath(new URL('../scaffold/ci/github.yml', import.meta.url));
}
