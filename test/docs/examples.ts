/** An example of every finding, out of the smallest fixture that holds it: what the tests check can not grow old. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sensorFindings } from '../../src/findings/sensor.ts';
import type { FindingEntry, Report } from '../../src/index.ts';
import { catalogue, sentence } from '../../src/index.ts';
import type { FindingArguments } from '../../src/model.ts';
import { planFolder } from '../migration/project.ts';
import { type Excerpt, excerptOf, outdented } from './excerpt.ts';

const root = join(import.meta.dirname, '../..');

export interface Example extends Excerpt {
  /** Folder of the fixture, from the root. */
  readonly fixture: string;
  readonly file: string;
  /** The finding's own sentence there. */
  readonly says: string;
}

interface Fixture {
  readonly folder: string;
  readonly codes: ReadonlySet<string>;
  readonly changes: boolean;
  /** Characters of all files. */
  readonly size: number;
}

const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? [join(path, entry.name)] : []))
    .sort();
const read = (path: string): string => readFileSync(path, 'utf8');

/** Every code that stands in the JSON of what a fixture is held to. */
function fixtureOf(folder: string, held: string, changes: boolean): Fixture {
  const words = [...read(join(folder, held)).matchAll(/"([a-z0-9-]+)"/g)].map((match) => match[1] ?? '');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const size = files.reduce((sum, { parentPath, name }) => sum + read(join(parentPath, name)).length, 0);
  return { folder, codes: new Set(words), changes, size };
}

function allFixtures(): readonly Fixture[] {
  const projects = folders(join(root, 'fixtures/migrate'))
    .flatMap(folders)
    .map((folder) => fixtureOf(folder, 'report.json', existsSync(join(folder, 'after'))));
  const documents = folders(join(root, 'fixtures/translate')).map((folder) =>
    fixtureOf(
      folder,
      'ledger.json',
      readdirSync(folder).some((name) => name.startsWith('request.')),
    ),
  );
  return [...projects, ...documents].sort((a, b) => a.size - b.size);
}

/** Everything that is said about a project, with the task's document and request where it has both. */
function saidIn({ tasks, sensors, findings }: Report): readonly { finding: FindingEntry; request: string | null }[] {
  return [
    ...tasks.flatMap((task) =>
      task.findings.map((finding) => ({
        finding,
        request: task.payload?.path === finding.file ? task.payload.target : null,
      })),
    ),
    ...[...sensors.flatMap((sensor) => sensor.findings), ...findings].map((finding) => ({ finding, request: null })),
  ];
}

const plans = new Map<string, Promise<Report>>();
function reportOf(folder: string): Promise<Report> {
  const known = plans.get(folder) ?? planFolder(join(folder, 'before')).then(({ report }) => report);
  plans.set(folder, known);
  return known;
}

async function inProject({ folder }: Fixture, code: string): Promise<Example | null> {
  for (const { finding, request } of saidIn(await reportOf(folder))) {
    const { file, line, message } = finding;
    const path = join(folder, 'before', file);
    if (finding.code !== code || !existsSync(path) || file === '.') continue;
    const isDocument = request !== null && existsSync(join(folder, 'after', request));
    const after = join(folder, 'after', isDocument ? request : file);
    const isShown = existsSync(after) && catalogue[code]?.verdict !== 'manual';
    const before = isDocument && isShown ? outdented(read(path)) : read(path);
    const excerpt = excerptOf(before, isShown ? read(after) : null, line);
    if (excerpt !== null) return { fixture: relative(root, folder), file, says: message, ...excerpt };
  }
  return null;
}

interface Ledger {
  readonly findings: readonly {
    readonly code: string;
    readonly line: number | null;
    readonly args: FindingArguments;
  }[];
}

function inDocument({ folder }: Fixture, code: string): Example | null {
  const { findings } = JSON.parse(read(join(folder, 'ledger.json'))) as Ledger;
  const found = findings.find((finding) => finding.code === code);
  if (found === undefined) return null;
  const file = readdirSync(folder).find((name) => name.startsWith('source.')) ?? '';
  const request = join(folder, file.replace('source', 'request'));
  const isShown = existsSync(request) && catalogue[code]?.verdict !== 'manual';
  const source = read(join(folder, file));
  const excerpt = excerptOf(isShown ? outdented(source) : source, isShown ? read(request) : null, found.line ?? 1);
  return excerpt === null
    ? null
    : { fixture: relative(root, folder), file, says: sentence(code, found.args), ...excerpt };
}

/** Code → its example. A code that no fixture holds at a place has none. */
export async function findExamples(): Promise<Readonly<Record<string, Example>>> {
  const fixtures = allFixtures();
  const found: Record<string, Example> = {};
  for (const code of Object.keys(catalogue).sort()) {
    const isManual = catalogue[code]?.verdict === 'manual';
    // What is said of a sensor does not stand in the JSON; a case has sensors where one has an outcome.
    const word = code in sensorFindings && !fixtures.some(({ codes }) => codes.has(code)) ? 'outcome' : code;
    const holding = fixtures.filter(({ codes }) => codes.has(word));
    // What a person must decide changes nothing, the others should show what they change.
    const ordered = [
      ...holding.filter(({ changes }) => changes !== isManual),
      ...holding.filter(({ changes }) => changes === isManual),
    ];
    for (const fixture of ordered) {
      const isProject = existsSync(join(fixture.folder, 'before'));
      const example = isProject ? await inProject(fixture, code) : inDocument(fixture, code);
      if (example === null) continue;
      found[code] = example;
      break;
    }
  }
  return found;
}
