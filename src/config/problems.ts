import type * as v from 'valibot';
import type { ConfigurationProblem } from '../model.ts';
import { nearest } from '../nearest.ts';
import type { ConfigurationDocument, Path } from './document.ts';

type Issue = v.BaseIssue<unknown>;

/** The few properties of a schema that tell what may stand below it. */
interface Shape {
  readonly wrapped?: Shape;
  readonly entries?: Readonly<Record<string, Shape>>;
  readonly item?: Shape;
  readonly value?: Shape;
  readonly options?: readonly (Shape | string)[];
}

/** One problem for each issue, in the order of the file, with what was perhaps meant. */
export function problemsFrom(
  issues: readonly Issue[],
  schema: v.GenericSchema,
  document: ConfigurationDocument,
  file: string,
): ConfigurationProblem[] {
  const flat = issues.flatMap((issue) => innermost(issue, []));
  const meant = new Set(flat.filter(isUnknownKey).map((found) => meantKey(found, schema)));
  return flat
    .filter((found) => !(isMissingKey(found) && meant.has(keyOf(found.path))))
    .map((found) => ({
      file,
      ...document.place(found.path, isUnknownKey(found) ? 'key' : 'value'),
      message: sentenceOf(found, schema, document),
    }))
    .filter((one, index, all) => all.findIndex((other) => sameProblem(one, other)) === index)
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

const sameProblem = (a: ConfigurationProblem, b: ConfigurationProblem): boolean =>
  a.line === b.line && a.column === b.column && a.message === b.message;

/** Lists where a mapping belongs. The schema takes a list for an object with the keys 0, 1, …, so an empty one passes. */
export function misplacedLists(
  value: unknown,
  schema: v.GenericSchema,
  document: ConfigurationDocument,
  file: string,
): ConfigurationProblem[] {
  const look = (part: unknown, shapes: readonly Shape[], path: Path): ConfigurationProblem[] => {
    const open = shapes.flatMap(unwrapped);
    if (typeof part !== 'object' || part === null) return [];
    const wantsMapping = open.some((shape) => shape.entries !== undefined || shape.value !== undefined);
    if (Array.isArray(part) && wantsMapping && !open.some((shape) => shape.item !== undefined))
      return [problemAt(path, `\`${nameOf(path)}\` is a list; it must be a mapping`, document, file)];
    return Object.entries(part).flatMap(([key, below]) => {
      const step = Array.isArray(part) ? Number(key) : key;
      return look(
        below,
        open.flatMap((shape) => inside(shape, step)),
        [...path, step],
      );
    });
  };
  return look(value, [schema as Shape], []);
}

/** A problem that a check beyond the schema found at a path. */
export function problemAt(
  path: Path,
  message: string,
  document: ConfigurationDocument,
  file: string,
  of: 'key' | 'value' = 'value',
): ConfigurationProblem {
  return { file, ...document.place(path, of), message };
}

interface Found {
  readonly issue: Issue;
  readonly path: Path;
}

/** Of a choice that fits nowhere, the issues inside the form that was begun; the choice itself where none was. */
function innermost(issue: Issue, above: Path): Found[] {
  const path = [...above, ...(issue.path ?? []).map((step) => step.key as string | number)];
  const inner = (issue.issues ?? []).filter((part) => (part.path ?? []).length > 0);
  // A word that is none of the allowed ones was meant to be one of them.
  const word = typeof issue.input === 'string' ? issue.issues?.find(({ type }) => type === 'picklist') : undefined;
  if (inner.length === 0 && word !== undefined) return [{ issue: word, path }];
  return inner.length > 0 ? inner.flatMap((part) => innermost(part, path)) : [{ issue, path }];
}

const isUnknownKey = ({ issue }: Found): boolean => issue.type === 'never';
const isMissingKey = ({ issue }: Found): boolean =>
  issue.type === 'object_with_rest' && issue.path?.at(-1)?.origin === 'key';
const keyOf = (path: Path): string => JSON.stringify(path);

function meantKey(found: Found, schema: v.GenericSchema): string | null {
  const word = nearest(String(found.path.at(-1)), keysAt(schema, found.path.slice(0, -1)));
  return word === null ? null : keyOf([...found.path.slice(0, -1), word]);
}

function sentenceOf(found: Found, schema: v.GenericSchema, document: ConfigurationDocument): string {
  const { issue, path } = found;
  const name = nameOf(path);
  if (isUnknownKey(found)) {
    const keys = keysAt(schema, path.slice(0, -1));
    const word = nearest(String(path.at(-1)), keys);
    const hint = word === null ? `the keys here are ${keys.join(', ')}` : `did you mean \`${word}\`?`;
    return `unknown key \`${name}\`; ${hint}`;
  }
  if (isMissingKey(found)) return `the key \`${name}\` is missing${name === 'version' ? '; write `version: 1`' : ''}`;
  const written = document.written(path);
  const choices = choicesOf(issue);
  if (choices === null) return `${subject(name, issue.input, written)}; it must be ${issue.message}`;
  const word = nearest(String(issue.input), choices);
  const hint = word === null ? '' : `; did you mean \`${word}\`?`;
  return `${subject(name, issue.input, written)}; allowed are ${choices.join(', ')}${hint}`;
}

function choicesOf(issue: Issue): string[] | null {
  if (issue.type !== 'picklist' || issue.expected === null) return null;
  return issue.expected
    .replace(/^\(|\)$/g, '')
    .split(' | ')
    .map((choice) => choice.replaceAll('"', ''));
}

function subject(name: string, input: unknown, written: string | null): string {
  if (name === '') return 'the file is not as it should be';
  if (input === null || input === undefined) return `\`${name}\` is empty`;
  if (Array.isArray(input)) return `\`${name}\` is a list`;
  if (typeof input === 'object') return `\`${name}\` is a mapping`;
  const text = written ?? String(input);
  return `\`${name}\` is \`${text.length > 60 ? `${text.slice(0, 59)}…` : text}\``;
}

/** `routing[0].queue` */
function nameOf(path: Path): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}

function keysAt(schema: v.GenericSchema, path: Path): string[] {
  let shapes: Shape[] = [schema as Shape];
  for (const key of path) shapes = shapes.flatMap(unwrapped).flatMap((shape) => inside(shape, key));
  return shapes.flatMap(unwrapped).flatMap((shape) => Object.keys(shape.entries ?? {}));
}

function unwrapped(shape: Shape): Shape[] {
  if (shape.wrapped !== undefined) return unwrapped(shape.wrapped);
  if (shape.options === undefined) return [shape];
  return shape.options.flatMap((option) => (typeof option === 'object' ? unwrapped(option) : []));
}

function inside(shape: Shape, key: string | number): Shape[] {
  const next = shape.entries?.[key] ?? shape.item ?? shape.value;
  return next === undefined ? [] : [next];
}
