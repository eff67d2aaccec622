/** The reference pages are those that the program makes of itself, and no link in the documentation leads nowhere. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findExamples } from './examples.ts';
import { referencePages } from './pages.ts';

const root = join(import.meta.dirname, '../..');
const schema: unknown = JSON.parse(readFileSync(join(root, 'schema/bpg-migrate.schema.json'), 'utf8'));

const examples = await findExamples();

describe('the reference', () => {
  it.each(Object.entries(referencePages(schema, examples)))('docs/%s is current', (name, text) => {
    const path = join(root, 'docs', name);
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(path, text);
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(text);
  });
});

it('shows examples of most findings, none longer than a reader takes in', () => {
  const all = Object.values(examples);
  expect(all.length).toBeGreaterThan(100);
  expect(all.some(({ text }) => /^-.*SparkKubernetesOperator/m.test(text) && /^\+.*BPGOperator/m.test(text))).toBe(
    true,
  );
  for (const { text } of all) expect(text.split('\n').length).toBeLessThanOrEqual(14);
});

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** The anchor that a code host gives a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

describe('links', () => {
  it.each(pages)('of %s lead somewhere', (page) => {
    const text = readFileSync(join(root, page), 'utf8');
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
    for (const link of links) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? join(root, page) : join(root, dirname(page), path);
      expect(existsSync(target), `${page}: ${link}`).toBe(true);
      if (anchor === undefined) continue;
      const anchors = [...readFileSync(target, 'utf8').matchAll(/^#+ (.+)$/gm)].map((match) =>
        anchorOf(match[1] ?? ''),
      );
      expect(anchors, `${page}: ${link}`).toContain(anchor);
    }
    expect(text.startsWith('# ')).toBe(true);
  });
});
