/** Which ways of writing a task are understood, and what becomes of each: one row per fixture. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { catalogue } from '../../src/findings/catalogue.ts';

const root = join(import.meta.dirname, '../..');
const fixtures = join(root, 'fixtures/migrate');

interface Essence {
  readonly tasks: readonly {
    readonly status: string;
    readonly verdict: string | null;
    readonly findings: readonly string[];
  }[];
  readonly sensors: readonly { readonly outcome: string }[];
  readonly skipped: readonly string[];
}

const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    .sort();
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').trim();
const code = (text: string): string => `\`${text.replaceAll('|', '\\|').replaceAll('`', "'")}\``;

/** The Python of a project, the files that name one of the classes first. */
function sourcesOf(folder: string): readonly string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.py'));
  const texts = paths.sort().map((path) => readFileSync(join(folder, path), 'latin1'));
  const names = (text: string): boolean => CALL.test(text);
  return [...texts.filter(names), ...texts.filter((text) => !names(text))];
}

const CALL = /^(?!\s*(?:#|(?:from|import|class)\b)).*\b\w*(?:Spark\w*|Operator|Sensor)(?:\.partial)?\(/m;

/** The first comment says what the case is about, else its name does. */
function descriptionOf(name: string, sources: readonly string[]): string {
  const comment = sources.map((text) => /^\s*# (?!-\*-|bpg-migrate)(.{12,})$/m.exec(text)?.[1]).find((found) => found);
  const words = name.replace(/^noop-/, '').replaceAll('-', ' ');
  return comment === undefined ? words : `${words}: ${comment}`;
}

/** The statement that makes the first task, on one line. */
function spellingOf(sources: readonly string[]): string {
  const text = sources[0] ?? '';
  const line = CALL.exec(text)?.[0];
  if (line === undefined) return '';
  const lines = text.slice(text.indexOf(line)).split('\n');
  const open = (upTo: number): number => {
    const part = lines.slice(0, upTo).join('');
    return (part.match(/[([{]/g)?.length ?? 0) - (part.match(/[)\]}]/g)?.length ?? 0);
  };
  const end = lines.findIndex((_, index) => open(index + 1) <= 0) + 1;
  const whole = lines
    .slice(0, end === 0 ? 8 : end)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  return whole.length > 110 ? `${whole.slice(0, 109)}…` : whole;
}

const list = (words: readonly string[]): string => [...new Set(words)].map(code).join(', ');

function outcomeOf(folder: string, { tasks, sensors, skipped }: Essence): string {
  const said: string[] = [];
  const moved = tasks.filter(({ status, verdict }) => status === 'legacy' && verdict !== 'manual');
  const left = tasks.filter(({ status, verdict }) => status === 'legacy' && verdict === 'manual');
  const changes = existsSync(join(folder, 'after'));
  if (changes && moved.length > 0) said.push(`**change** ${list(moved.map(({ verdict }) => verdict ?? ''))}`);
  if (left.length > 0) {
    const reasons = left.flatMap(({ findings }) => findings.filter((name) => catalogue[name]?.verdict === 'manual'));
    said.push(`**manual** ${list(reasons)}`);
  }
  const outcomes = sensors.map(({ outcome }) => outcome);
  if (outcomes.length > 0) said.push(`sensor ${list(outcomes)}`);
  if (tasks.some(({ status }) => status === 'ignored')) said.push('ignored');
  if (tasks.some(({ status }) => status === 'migrated')) said.push('migrated already');
  if (skipped.length > 0) said.push('skipped, with the reason');
  if (said.length === 0) said.push(tasks.length === 0 ? 'none of ours: left alone' : 'left alone');
  return said.join('; ');
}

function rowOf(topic: string, name: string): string {
  const folder = join(fixtures, topic, name);
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Essence;
  const sources = sourcesOf(join(folder, 'before'));
  const link = relative(join(root, 'docs'), folder);
  const spelling = spellingOf(sources);
  return `| [${cell(descriptionOf(name, sources))}](${link}) | ${spelling === '' ? '' : code(spelling)} | ${outcomeOf(folder, report)} |`;
}

/** `docs/understood.md` without its heading. */
export function understoodRows(): readonly string[] {
  const head = '| what is written | for example | becomes |\n|---|---|---|';
  return folders(fixtures).map((topic) => {
    const rows = folders(join(fixtures, topic)).map((name) => rowOf(topic, name));
    return `## ${topic}\n\n${head}\n${rows.join('\n')}`;
  });
}
