import { kindOf } from '../../src/findings/catalogue.ts';
import type { TranslateOptions, Translation } from '../../src/model.ts';
import { translate } from '../../src/spec/translate.ts';

type Ok = Extract<Translation, { ok: true }>;

/** A small document with more keys in `spec`, driver and executor. */
export function application(
  parts: { readonly spec?: string; readonly driver?: string; readonly executor?: string } = {},
): string {
  return `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata:
  name: sample
spec:
  type: Python
  sparkVersion: "3.5"
  mainApplicationFile: local:///app.py
${indented(parts.spec, 2)}  driver:
    cores: 1
    memory: 1g
${indented(parts.driver, 4)}  executor:
    instances: 1
    cores: 1
    memory: 1g
${indented(parts.executor, 4)}`;
}

function indented(text: string | undefined, by: number): string {
  if (text === undefined) return '';
  return text
    .split('\n')
    .map((line) => `${' '.repeat(by)}${line}\n`)
    .join('');
}

/** Translates what must be translatable. */
export function translated(text: string, options: Partial<TranslateOptions> = {}): Ok {
  const translation = translate(text, { queue: 'poc', format: 'yaml', ...options });
  if (!translation.ok) throw new Error(JSON.stringify(translation.findings));
  return translation;
}

/** Codes of the findings that refuse a document, with the text that each points at. */
export function refusals(text: string, options: Partial<TranslateOptions> = {}): readonly string[] {
  const translation = translate(text, { queue: 'poc', format: 'yaml', ...options });
  if (translation.ok) return [];
  return translation.findings
    .filter(({ code }) => kindOf(code).verdict === 'manual')
    .map(({ code, offset }) => `${code} ${offset === null ? '' : text.slice(offset).split('\n')[0]}`.trim());
}

export const codes = (translation: Translation): readonly string[] => translation.findings.map(({ code }) => code);
