/** Documents that were edited after they were translated: the translated file remembers the hash of its source. */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { FileFacts, Finding } from '../model.ts';
import { placeAt } from '../parser/places.ts';
import { finding, type Project } from './project.ts';
import { readSources } from './sources.ts';

const header = /^# translated from (\S.*) \(sha256 ([0-9a-f]{64})\) by bpg-migrate$/m;

/** One finding for each translated document that a DAG names and whose source has changed or is gone. */
export function driftFindings(project: Project): readonly Finding[] {
  const findings = new Map<string, Finding>();
  for (const facts of project.files) {
    for (const { span, value } of facts.strings) {
      if (!/\.bpg\.(?:yaml|json)$/.test(value)) continue;
      for (const path of candidates(project, facts, value)) {
        const what = findings.has(path) ? null : driftOf(project, path);
        const place = placeAt(facts.source.path, facts.source.text, span.start);
        if (what !== null) findings.set(path, finding('document-drifted', place, { path, what }));
      }
    }
  }
  return [...findings.values()];
}

function candidates(project: Project, facts: FileFacts, written: string): string[] {
  const folders = [posix.dirname(facts.source.path), ...project.options.source.templateSearchPath];
  return folders.map((folder) => posix.normalize(posix.join(folder, written)));
}

function driftOf(project: Project, path: string): string | null {
  const translated = project.read(path);
  if (!translated.ok) return null;
  const origin = path.endsWith('.json') ? rememberedOrigin(project, path) : writtenOrigin(path, translated.text);
  if (origin === null) return null;
  const source = project.read(origin.path);
  if (!source.ok) return null;
  const hash = createHash('sha256').update(source.bytes).digest('hex');
  return hash === origin.hash ? null : `${posix.basename(origin.path)} was changed since`;
}

interface Origin {
  readonly path: string;
  readonly hash: string;
}

function writtenOrigin(path: string, text: string): Origin | null {
  const [, name, hash] = header.exec(text.slice(0, 1000)) ?? [];
  if (name === undefined || hash === undefined) return null;
  return { path: posix.join(posix.dirname(path), name), hash };
}

/** JSON holds no comment, so the state of the project remembers for it. */
function rememberedOrigin(project: Project, path: string): Origin | null {
  const file = project.read('.bpg-migrate/sources.json');
  const entry = file.ok ? readSources(file.text)?.get(path) : undefined;
  return entry === undefined ? null : { path: entry.source, hash: entry.sha256 };
}
