import { describe, expect, it } from 'vitest';
import { translate } from '../../src/spec/translate.ts';

function nameOf(metadata: string): unknown {
  const text = `apiVersion: sparkoperator.k8s.io/v1beta2
kind: SparkApplication
metadata: ${metadata}
spec: {type: Python, image: i, sparkVersion: "3.5", mainApplicationFile: local:///a.py, driver: {cores: 1}, executor: {cores: 1}}
`;
  const made = translate(text, { queue: null, format: 'yaml' });
  if (!made.ok) throw new Error(made.findings.map(({ code }) => code).join());
  return (made.request as { readonly applicationName?: unknown }).applicationName;
}

describe('the name of the application', () => {
  it.each([
    ['{name: a, generateName: b-}', 'a'],
    ['{generateName: b-}', 'b'],
    // as Kubernetes does: a name that is null is none
    ['{name: null, generateName: b-}', 'b'],
    ['{name: , generateName: b-}', 'b'],
    ['{name: null}', undefined],
    ['{namespace: a}', undefined],
  ])('of %s', (metadata, name) => {
    expect(nameOf(metadata)).toBe(name);
  });
});
