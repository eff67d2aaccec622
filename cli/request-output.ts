import { lstatSync, mkdirSync, readFileSync, type Stats } from 'node:fs';
import { join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { ExitCode } from './exit-codes.ts';
import type { Session } from './session.ts';
import { reasonOf } from './write-failure.ts';

/** A request document and the name under which it stands in the output folder. */
export interface Output {
  readonly name: string;
  readonly text: string;
}

/** Compares with what is there: 1 when something is missing or differs. Writes nothing. */
export function checkOutput(session: Session, folder: string, outputs: readonly Output[]): ExitCode {
  let code: ExitCode = 0;
  for (const { name, text } of outputs) {
    const path = join(folder, name);
    const before = contentOf(resolve(session.cwd, path));
    if (before?.equals(Buffer.from(text))) continue;
    session.print(`${before === null ? 'missing' : 'differs'} ${path}\n`);
    code = 1;
  }
  return code;
}

/** Writes what is missing or differs, and says which. Looks at all before the first is written. */
export function writeOutput(session: Session, folder: string, outputs: readonly Output[]): ExitCode {
  const target = resolve(session.cwd, folder);
  try {
    mkdirSync(target, { recursive: true });
    const stranger = outputs.find(({ name }) => entryOf(join(target, name))?.isFile() === false);
    if (stranger !== undefined) {
      session.warn(`bpg-migrate: ${join(folder, stranger.name)} is no regular file; nothing was written`);
      return 2;
    }
    for (const { name, text } of outputs) {
      const before = contentOf(join(target, name));
      if (before?.equals(Buffer.from(text))) continue;
      writeFileAtomic.sync(join(target, name), text);
      session.print(`${before === null ? 'new    ' : 'changed'} ${join(folder, name)}\n`);
    }
    return 0;
  } catch (error) {
    session.warn(`bpg-migrate: ${folder} can not be written: ${reasonOf(error)}`);
    return 2;
  }
}

const entryOf = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });

/** Null where there is no file, or none that can be read. */
function contentOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}
