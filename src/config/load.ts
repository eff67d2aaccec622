import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import { catalogue } from '../findings/catalogue.ts';
import type { ConfigurationProblem, Options } from '../model.ts';
import { nearest } from '../nearest.ts';
import { type ConfigurationDocument, readConfigurationText } from './document.ts';
import { misplacedLists, problemAt, problemsFrom } from './problems.ts';
import { type Configuration, configurationSchema } from './schema.ts';

const configurationName = 'bpg-migrate.yaml';

export type LoadedOptions =
  | { readonly ok: true; readonly options: Options }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] };

/**
 * Finds and reads the configuration. The file is `config` (relative to `cwd`) where given, else the nearest
 * `bpg-migrate.yaml` in `cwd` or above. The root is its folder, else the git root, else `cwd`. Without a file every
 * option has its default. Never throws for what stands in the file: each problem says where and what.
 */
export function loadOptions(input: { readonly cwd: string; readonly config?: string }): LoadedOptions {
  const cwd = resolve(input.cwd);
  const path = input.config === undefined ? findUpwards(cwd, configurationName) : resolve(cwd, input.config);
  if (path === null) {
    const gitFolder = findUpwards(cwd, '.git');
    const root = gitFolder === null ? cwd : dirname(gitFolder);
    return { ok: true, options: { root, configFile: null, ...defaults() } };
  }
  const text = readText(path);
  if (!text.ok) return failed([{ file: input.config ?? path, line: 1, column: 1, message: text.reason }]);
  const file = basename(path);
  const read = parseConfiguration(text.text, file);
  if (!read.ok) return failed(read.problems);
  return { ok: true, options: { root: dirname(path), configFile: file, ...read.configuration } };
}

export type ParsedConfiguration =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly problems: readonly ConfigurationProblem[] };

/** Reads the text of a configuration; `file` is the name that problems carry. */
export function parseConfiguration(text: string, file: string): ParsedConfiguration {
  const read = readConfigurationText(text, file);
  if (!read.ok) return read;
  const { document } = read;
  const lists = misplacedLists(document.value, configurationSchema, document, file);
  if (lists.length > 0) return failed(lists);
  const checked = v.safeParse(configurationSchema, document.value);
  if (!checked.success) return failed(problemsFrom(checked.issues, configurationSchema, document, file));
  const problems = unknownCodes(checked.output, document, file);
  return problems.length > 0 ? failed(problems) : { ok: true, configuration: withoutVersion(checked.output) };
}

function defaults(): Configuration {
  return withoutVersion(v.parse(configurationSchema, { version: 1 }));
}

function withoutVersion(configuration: Configuration & { readonly version?: unknown }): Configuration {
  const { version: _, ...rest } = configuration;
  return rest;
}

function unknownCodes(
  configuration: Configuration,
  document: ConfigurationDocument,
  file: string,
): ConfigurationProblem[] {
  const codes = Object.keys(catalogue);
  return Object.keys(configuration.severity)
    .filter((code) => !codes.includes(code))
    .map((code) => {
      const word = nearest(code, codes);
      const hint = word === null ? '`bpg-migrate explain` lists them' : `did you mean \`${word}\`?`;
      return problemAt(['severity', code], `\`${code}\` is no finding code; ${hint}`, document, file, 'key');
    });
}

const failed = (
  problems: readonly ConfigurationProblem[],
): { readonly ok: false; readonly problems: typeof problems } => ({
  ok: false,
  problems,
});

function findUpwards(from: string, name: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, name);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return null;
  }
}

type FileText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

function readText(path: string): FileText {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return {
      ok: false,
      reason: `the configuration can not be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    };
  }
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { ok: false, reason: 'the configuration is not UTF-8' };
  }
}
