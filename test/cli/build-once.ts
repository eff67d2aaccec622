import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the built command. */
    readonly built: string;
  }
}

/** Builds the real command once, in a folder of its own, so that neither another run nor an edit changes it on the way. */
export default function buildOnce(project: TestProject): (() => void) | undefined {
  if (!commandIsTested()) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'bpg-migrate-build-'));
  // Also a test's other user must be able to read it.
  chmodSync(folder, 0o755);
  execFileSync(process.execPath, ['cli/build.mjs', join(folder, 'dist')], { stdio: 'inherit' });
  copyFileSync('package.json', join(folder, 'package.json'));
  for (const part of ['fixtures/example', 'scaffold', 'schema', 'docs'])
    if (existsSync(part)) cpSync(part, join(folder, part), { recursive: true });
  project.provide('built', join(folder, 'dist'));
  return () => rmSync(folder, { recursive: true });
}

/** False when only other areas were asked for: `vitest run test/spec` needs no build. */
function commandIsTested(): boolean {
  const asked = process.argv.slice(2).filter((word) => word.startsWith('test/'));
  return (
    asked.length === 0 || asked.some((word) => word.includes('cli') || word.includes('review') || word === 'test/')
  );
}
