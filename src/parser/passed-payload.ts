/** The document of a call that callers pass on through `**kwargs`. */
import type { Argument, Fact, Json, PayloadSource } from '../model.ts';

/** `passed`: what each way gives. Null where none gives a document. */
export function readPassedPayload(passed: ReadonlyMap<Argument, readonly Fact[]>): PayloadSource | null {
  const found = [...passed].find(([{ name }]) => name === 'application_file' || name === 'template_spec');
  if (found === undefined) return null;
  const [argument, facts] = found;
  const values = new Set(facts.map((fact) => (fact.kind === 'known' ? fact.value : null)));
  const isPath = (value: Json): value is string => typeof value === 'string' && /\.(?:ya?ml|json)$/.test(value);
  const texts = [...values].filter(isPath);
  if (texts.length < values.size || argument.name !== 'application_file')
    return { kind: 'runtime', argument, because: argument.text };
  const paths = texts.map((text) => ({ from: 'written', text }) as const);
  return { kind: 'file', argument, path: argument.text, paths, form: 'path', callers: [] };
}
