import { readFileSync } from 'node:fs';

interface PackageFile {
  readonly version: string;
  readonly bugs?: { readonly url?: string };
}

/** `package.json`, which lies above this file both in the checkout and in the package. */
export function readPackageFile(): PackageFile {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as PackageFile;
}
