/**
 * Damaged DAGs and documents: whatever stands in them, nothing throws, nothing that is written fails to parse, bytes
 * outside the edits stay, and a second run has nothing to do. `FUZZ_RUNS` sets how many (`npm run fuzz` takes many),
 * `FUZZ_SEED` another beginning.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../src/config/load.ts';
import type { Options, SourceFile } from '../../src/index.ts';
import { readPythonFile } from '../../src/parser/read-file.ts';
import { loadPython, type Python } from '../../src/parser/syntax.ts';
import { eraOf } from '../../src/rewriter/era.ts';
import { editsFor } from '../../src/rewriter/materialize.ts';
import { decideProject } from '../../src/rewriter/plan.ts';
import type { Project } from '../../src/rewriter/project.ts';
import { verify } from '../../src/rewriter/verify.ts';
import { payloadStyle } from '../../src/target/payload-style.ts';
import { profiledOperator } from '../../src/target/profiles.ts';
import { readTree } from '../migration/project.ts';
import { mutate, seeded } from './mutations.ts';

const runs = Number(process.env['FUZZ_RUNS'] ?? 400);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_240_501);
const root = join(import.meta.dirname, '../../fixtures/migrate');
const operator = 'bpg_operator.BPGOperator';

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = readdirSync(root).flatMap((topic) =>
  readdirSync(join(root, topic)).map((name) => ({
    name: `${topic}/${name}`,
    files: readTree(join(root, topic, name, 'before')),
  })),
);

function open(files: Readonly<Record<string, string>>): Project | null {
  const read = parseConfiguration(files['bpg-migrate.yaml'] ?? 'version: 1', 'bpg-migrate.yaml');
  if (!read.ok) return null;
  const options: Options = { root: '/nowhere', configFile: 'bpg-migrate.yaml', ...read.configuration };
  const target = profiledOperator(operator, options.target.profile);
  const sources = Object.entries(files).filter(([path]) => path.endsWith('.py') && path.startsWith('dags/'));
  const facts = sources
    .map(([path, text]): SourceFile => ({ path, text, encoding: 'utf-8' }))
    .map((source) => readPythonFile(python, source, operator));
  return {
    options,
    target,
    targetFindings: [],
    gateway: null,
    runtimeHelper: false,
    style: payloadStyle(target, options.target.payload),
    era: eraOf(options.source.airflow, options.source.provider),
    files: facts,
    python,
    today: null,
    read: (path) => {
      const text = files[path];
      return text === undefined
        ? { ok: false, reason: 'it does not exist' }
        : { ok: true, text, bytes: Buffer.from(text) };
    },
    others: { quoting: () => [], naming: () => [], importing: () => [] },
  };
}

/** Texts before and after, for CPython to compile. */
const pairs: { readonly name: string; readonly before: string; readonly after: string }[] = [];

/** Everything that must hold for whatever was read. Throws where it does not. */
function check(project: Project, name: string): number {
  const decisions = decideProject(project);
  let moved = 0;
  for (const { facts, tasks } of decisions.files) {
    const changes = tasks.flatMap(({ change }) => change ?? []);
    if (changes.length === 0) continue;
    const made = verify(python, facts, changes, operator);
    if (!made.ok) throw new Error(`changes that were offered do not hold: ${made.reason}`);
    const edits = editsFor(facts, changes);
    if (!edits.ok) throw new Error(edits.reason);
    untouched(facts.source.text, made.after, edits.edits);
    const again = readPythonFile(python, { ...facts.source, text: made.after }, operator);
    if (again.tasks.length !== facts.tasks.length - changes.length)
      throw new Error('a second run would find other tasks');
    moved += changes.length;
    pairs.push({ name, before: facts.source.text, after: made.after });
  }
  return moved;
}

/** Walks both texts side by side: between two edits every byte is the same. */
function untouched(
  before: string,
  after: string,
  edits: readonly { span: { start: number; end: number }; text: string }[],
): void {
  let [from, at] = [0, 0];
  for (const { span, text } of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    const kept = before.slice(from, span.start);
    if (after.slice(at, at + kept.length) !== kept) throw new Error(`bytes before offset ${span.start} changed`);
    at += kept.length + text.length;
    from = span.end;
  }
  if (after.slice(at) !== before.slice(from)) throw new Error('bytes behind the last edit changed');
}

describe('damaged files', () => {
  it(`${runs} of them break nothing`, () => {
    const random = seeded(seed);
    let moved = 0;
    for (let run = 0; run < runs; run += 1) {
      const { name, files } = cases[Math.floor(random() * cases.length)] as Case;
      const damaged = Object.entries(files).map(([path, text]): [string, string] => {
        const isDocument = path.endsWith('.yaml') && path !== 'bpg-migrate.yaml';
        return [path, path.endsWith('.py') || (isDocument && random() < 0.5) ? mutate(text, random) : text];
      });
      const project = open(Object.fromEntries(damaged));
      if (project === null) continue;
      try {
        moved += check(project, `run ${run} of seed ${seed} (${name})`);
      } catch (error) {
        const text = damaged.map(([path, content]) => `--- ${path}\n${content}`).join('\n');
        throw new Error(`run ${run} of seed ${seed} (${name}): ${(error as Error).stack}\n${text}`);
      }
    }
    expect(moved).toBeGreaterThan(0);
  });

  it('leave Python that CPython compiles, where it compiled before', (context) => {
    if (pairs.length === 0 || !hasPython()) return context.skip('no python3 on this machine');
    const script = `
import json, sys, warnings
warnings.simplefilter("ignore")
def compiles(text):
    try:
        compile(text, "dag.py", "exec")
        return True
    except (SyntaxError, ValueError):
        return False
print(json.dumps([p for p in json.load(sys.stdin) if compiles(p["before"]) and not compiles(p["after"])]))
`;
    const input = JSON.stringify(pairs);
    const broken: unknown = JSON.parse(
      execFileSync('python3', ['-c', script], { input, encoding: 'utf8', maxBuffer: 2 ** 28 }),
    );
    expect(broken).toEqual([]);
  });
});

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
