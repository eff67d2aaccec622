import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { Lexer, parseDocument } from 'yaml';
import { kindOf } from '../../src/findings/catalogue.ts';
import type { Json } from '../../src/model.ts';
import { mask } from '../../src/spec/mask.ts';
import { readDocument } from '../../src/spec/read.ts';
import { sourceValue } from '../../src/spec/source-value.ts';
import { translate } from '../../src/spec/translate.ts';
import { validateRequest } from '../../src/spec/validate.ts';
import { misplacedLeaves, yamlTricks } from './accounting.ts';
import { manifestFolder, readManifests } from './inputs.ts';

const schemaPath = fileURLToPath(new URL('../../schema/bpg-request.schema.json', import.meta.url));
const isValid = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schemaPath, 'utf8')));
const folder = manifestFolder();

describe.skipIf(folder === null)('public documents beside the checkout (BPG_MANIFESTS)', () => {
  const manifests = folder === null ? [] : readManifests(folder);
  const options = { queue: 'poc', format: 'yaml' } as const;

  test('are there', () => {
    expect(manifests.length).toBeGreaterThan(50);
  });

  test.each(manifests)('$name', ({ text }) => {
    const translation = translate(text, options);
    if (!translation.ok) {
      expect(translation.findings.some(({ code }) => kindOf(code).verdict === 'manual')).toBe(true);
      return;
    }
    expect(validateRequest(translation.request)).toEqual([]);
    expect(isValid(translation.request), JSON.stringify(isValid.errors)).toBe(true);
    const masked = mask(text, []);
    const reading = readDocument(masked.text);
    if (!reading.ok) throw new Error('it was translated, so it can be read');
    expect(misplacedLeaves(sourceValue(reading.read.root, masked), translation)).toEqual([]);
    const kept = new Set(commentsIn(translation.text));
    expect(commentsIn(text).filter((comment) => !kept.has(comment))).toEqual([]);
    const printed = mask(translation.text, []);
    expect(yamlTricks(printed.text)).toEqual([]);
    const again = parseDocument(printed.text, { schema: 'core' }).toJS() as Json;
    expect(restored(again, printed.restore)).toEqual(translation.request);
  });
});

/** Texts of all comments, without the number sign and the blanks around. */
function commentsIn(text: string): readonly string[] {
  const masked = mask(text, []);
  return [...new Lexer().lex(masked.text)]
    .filter((lexeme) => lexeme.startsWith('#'))
    .map((lexeme) => masked.restore(lexeme).replace(/^#/, '').trim())
    .filter((comment) => comment !== '');
}

/** The value with its placeholders back. */
function restored(value: Json, restore: (text: string) => string): Json {
  if (typeof value === 'string') return restore(value);
  if (Array.isArray(value)) return value.map((item: Json) => restored(item, restore));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [restore(key), restored(item, restore)]));
}
