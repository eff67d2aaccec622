/** What the documentation shows can be typed: every command of a code block exists with its flags, every configuration is one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { commands } from '../../cli/commands.ts';
import { commonFlags, selectionFlags } from '../../cli/common-flags.ts';
import { parseConfiguration } from '../../src/config/load.ts';

const root = join(import.meta.dirname, '../..');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'bench/README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md'));

/** The fenced blocks of a page, with their language. */
function blocksOf(page: string): readonly { readonly language: string; readonly text: string }[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', body = '']) => ({
    language,
    text: body,
  }));
}

const typed = pages.flatMap((page) =>
  blocksOf(page).flatMap(({ text }) =>
    [...text.matchAll(/(?:^|[|&;]\s*|run: )(?:\$ )?(?:npx (?:--yes )?)?bpg-migrate ([a-z][^\n#|]*)/gm)].map(
      ([, line = '']) => [page, line.trim()] as const,
    ),
  ),
);

const flagsOf = (name: string): readonly string[] => {
  const command = commands.find((one) => one.name === name);
  const own = [...(command?.flags ?? []), ...(command?.plans === true ? selectionFlags : []), ...commonFlags];
  return [...own.map((flag) => flag.name.split(' ')[0] ?? ''), '--help'];
};

describe('commands that the documentation shows', () => {
  it('are seen', () => expect(typed.length).toBeGreaterThan(40));

  it.each(typed)('%s: bpg-migrate %s', (_, line) => {
    const [name = '', ...words] = line.split(/\s+/);
    expect(commands.map((one) => one.name)).toContain(name);
    const flags = words.filter((word) => word.startsWith('--')).map((word) => word.split('=')[0] ?? '');
    for (const flag of flags) expect(flagsOf(name)).toContain(flag);
  });
});

describe('configurations that the documentation shows', () => {
  const shown = pages.flatMap((page) =>
    blocksOf(page).flatMap(({ language, text }) =>
      language === 'yaml' && /^version: 1$/m.test(text) ? [[page, text] as const] : [],
    ),
  );

  it('are seen', () => expect(shown.length).toBeGreaterThan(0));

  it.each(shown)('in %s are valid', (_, text) => {
    expect(parse(text)).toHaveProperty('version', 1);
    expect(parseConfiguration(text, 'bpg-migrate.yaml')).toMatchObject({ ok: true });
  });
});
