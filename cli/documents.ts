import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Session } from './session.ts';

interface ReadDocument {
  /** As it was given. */
  readonly name: string;
  /** Null: not UTF-8. A byte order mark stays in it. */
  readonly text: string | null;
}
export type ReadDocuments =
  | { readonly ok: true; readonly documents: readonly ReadDocument[] }
  | { readonly ok: false; readonly problems: readonly string[] };

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'it does not exist',
  EACCES: 'no permission to read it',
  EISDIR: 'it is a folder; name its files, as in folder/*.yaml',
};

/** Reads all documents, `-` from stdin; when one is missing none is translated, for that is a slip on the command line. */
export async function readDocuments(session: Session, files: readonly string[]): Promise<ReadDocuments> {
  const documents: ReadDocument[] = [];
  const problems: string[] = [];
  for (const name of files) {
    try {
      const bytes = name === '-' ? await session.readInput() : readFileSync(resolve(session.cwd, name));
      documents.push({ name, text: decoded(bytes) });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      problems.push(`${name}: ${reasons[code] ?? `it can not be read (${code})`}`);
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, documents };
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
