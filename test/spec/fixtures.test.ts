import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kindOf } from '../../src/findings/catalogue.ts';
import type { Translation } from '../../src/model.ts';
import { translate } from '../../src/spec/translate.ts';
import { translateFixtures } from './inputs.ts';

/** `BPG_WRITE_FIXTURES=1` writes what is missing or differs; read the difference before it is committed. */
const isWriting = process.env['BPG_WRITE_FIXTURES'] === '1';
const cases = readdirSync(translateFixtures).sort();

/** What a case is held to besides the text: the ledger, the findings with line and verdict, the names. */
function ledgerOf(source: string, translation: Translation): unknown {
  const findings = translation.findings.map(({ code, args, offset }) => ({
    code,
    verdict: kindOf(code).verdict,
    line: offset === null ? null : source.slice(0, offset).split('\n').length,
    args,
  }));
  if (!translation.ok) return { ok: false, findings };
  const losses = translation.losses.map(({ path, value, class: kind }) => ({ path, value, class: kind }));
  return { ok: true, losses, findings, names: translation.names };
}

function hold(path: string, actual: string): void {
  if (isWriting && (!existsSync(path) || readFileSync(path, 'utf8') !== actual)) writeFileSync(path, actual);
  expect(actual).toBe(readFileSync(path, 'utf8'));
}

describe('documents and their translations', () => {
  test('are found', () => {
    expect(cases.length).toBeGreaterThan(10);
  });

  test.each(cases)('%s', (name) => {
    const folder = join(translateFixtures, name);
    const format = existsSync(join(folder, 'source.json')) ? 'json' : 'yaml';
    const source = readFileSync(join(folder, `source.${format}`), 'utf8');
    const translation = translate(source, { queue: 'poc', format });
    if (translation.ok) hold(join(folder, `request.${format}`), translation.text);
    else expect(existsSync(join(folder, `request.${format}`))).toBe(false);
    hold(join(folder, 'ledger.json'), `${JSON.stringify(ledgerOf(source, translation), null, 2)}\n`);
    expect(translate(source, { queue: 'poc', format })).toEqual(translation);
  });
});
