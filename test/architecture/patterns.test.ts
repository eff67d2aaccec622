/**
 * Every regular expression has been looked at by a checker: none can take exponential time, and those that could take more
 * than linear time are listed with the reason why their text is short. `patterns.json` remembers what was checked;
 * `UPDATE_PATTERNS=1` takes out what is gone and checks what is new.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Project, SyntaxKind } from 'ts-morph';
import { describe, expect, it } from 'vitest';

interface Checked {
  /** Linear, whatever the text. */
  readonly linear: readonly string[];
  /** Polynomial in the length of a text that is short: a name, a line, an expression. */
  readonly short: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, '../..');
const file = join(import.meta.dirname, 'patterns.json');
const known = JSON.parse(readFileSync(file, 'utf8')) as Checked;

function patternsOfTheSource(): readonly string[] {
  const project = new Project({ skipAddingFilesFromTsConfig: true });
  project.addSourceFilesAtPaths([join(root, 'src/**/*.ts'), join(root, 'cli/**/*.{ts,tsx}')]);
  const literals = project
    .getSourceFiles()
    .flatMap((one) => one.getDescendantsOfKind(SyntaxKind.RegularExpressionLiteral));
  return [...new Set(literals.map((literal) => literal.getText()))].sort();
}

/** How the time grows with the text, as the checker says: `safe`, `exponential`, `2nd degree polynomial`, … */
async function growth(literal: string): Promise<string> {
  // loaded only where something is new: it takes seconds
  const { checkSync } = await import('recheck');
  const end = literal.lastIndexOf('/');
  const checked = checkSync(literal.slice(1, end), literal.slice(end + 1).replace('v', ''), { timeout: 20_000 });
  return checked.status === 'vulnerable' ? checked.complexity.summary : checked.status;
}

describe('regular expressions', () => {
  const patterns = patternsOfTheSource();
  const unknown = patterns.filter((pattern) => !known.linear.includes(pattern) && !(pattern in known.short));

  it('are seen', () => expect(patterns.length).toBeGreaterThan(100));

  it('take time in proportion to the text, or are listed with the reason why it is short', async () => {
    const grown = await Promise.all(unknown.map(async (pattern) => ({ pattern, growth: await growth(pattern) })));
    if (process.env['UPDATE_PATTERNS'] !== undefined) {
      const linear = [
        ...known.linear.filter((one) => patterns.includes(one)),
        ...grown.filter((one) => one.growth === 'safe').map(({ pattern }) => pattern),
      ].sort();
      const short = Object.fromEntries(Object.entries(known.short).filter(([one]) => patterns.includes(one)));
      writeFileSync(file, `${JSON.stringify({ linear, short }, null, 2)}\n`);
    }
    expect(grown.filter((one) => one.growth !== 'safe')).toEqual([]);
  }, 120_000);

  it('are each in use, where a reason is given', () => {
    expect(Object.keys(known.short).filter((pattern) => !patterns.includes(pattern))).toEqual([]);
    expect(Object.values(known.short).every((reason) => reason.length > 10)).toBe(true);
  });
});
