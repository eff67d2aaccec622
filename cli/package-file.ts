import { existsSync, readFileSync } from 'node:fs';

interface PackageFile {
  readonly version: string;
  readonly bugs?: { readonly url?: string };
}

/** An example of a finding: lines of a file after a blank, `-` or `+`, the finding's sentence there. */
export interface FindingExample {
  readonly file: string;
  readonly line: number;
  readonly says: string;
  readonly text: string;
}

/** Code → example, from the page that the documentation has them in; empty where the package lies there without it. */
export function readExamples(): Readonly<Record<string, FindingExample>> {
  const path = new URL('../docs/examples.json', import.meta.url);
  if (!existsSync(path)) return {};
  return JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, FindingExample>>;
}

/** `package.json`, which lies above this file both in the checkout and in the package. */
export function readPackageFile(): PackageFile {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as PackageFile;
}
