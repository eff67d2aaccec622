import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLong, renderDouble } from '../../src/effective/gateway/java-numbers.ts';
import { labelValue } from '../../src/effective/gateway/label.ts';
import { cleanPath } from '../../src/effective/operator/paths.ts';
import { canonicalQuantity, parseQuantity } from '../../src/effective/operator/quantity.ts';
import { compareVersions } from '../../src/effective/operator/versions.ts';
import { mebibytes, parseByteSize } from '../../src/effective/pods/byte-size.ts';

describe('quantities', () => {
  test.each([
    ['1.5Gi', '1536Mi'],
    ['3072Mi', '3Gi'],
    ['1000.0m', '1'],
    ['1.5', '1500m'],
    ['0.5', '500m'],
    ['1e3', '1k'],
    ['0', '0'],
    ['512M', '512M'],
    ['nonsense', 'nonsense'],
    ['{{ x }}', '{{ x }}'],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalQuantity(text)).toBe(canonical);
  });

  test('the canonical form means the same and is stable', () => {
    const units = fc.constantFrom('', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi');
    fc.assert(
      fc.property(fc.nat(100_000), units, (number, unit) => {
        const canonical = canonicalQuantity(`${number}${unit}`);
        expect(parseQuantity(canonical)?.milli).toBe(parseQuantity(`${number}${unit}`)?.milli);
        expect(canonicalQuantity(canonical)).toBe(canonical);
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});

describe('sizes of Spark', () => {
  test.each([
    ['1g', 1024],
    ['1G', 1024],
    ['1024', 1024],
    ['1500m', 1500],
    ['1024k', 1],
    ['2gb', 2048],
  ])('%s is %i MiB', (text, expected) => {
    const size = parseByteSize(text, 'm');
    expect(size.ok && mebibytes(size.bytes)).toBe(expected);
  });

  test.each(['1Gi', '1.5g', '1 g', '', 'g', '-1g'])('%s is refused', (text) => {
    expect(parseByteSize(text, 'm').ok).toBe(false);
  });
});

test.each([
  [1000, '1000.0'],
  [0.5, '0.5'],
  [12_000_000, '1.2E7'],
  [0.0001, '1.0E-4'],
  [0, '0.0'],
])('%d is written %s', (value, text) => {
  expect(renderDouble(value)).toBe(text);
});

test.each([
  ['02', 2n],
  ['+2', 2n],
  ['-1', -1n],
  ['2.0', null],
  ['1200m', null],
  [' 2', null],
  ['9223372036854775808', null],
])('%j as a whole number is %s', (text, value) => {
  expect(parseLong(text)).toBe(value);
});

test.each([
  ['Ünï app_1-', '0n00app_10'],
  ['-t_', '0t0'],
  ['n'.repeat(80), 'n'.repeat(63)],
  ['', ''],
])('%j as a label value', (text, label) => {
  expect(labelValue(text)).toBe(label);
});

test('paths are joined as the operator joins them', () => {
  expect(cleanPath('/mnt/s//key.json')).toBe('/mnt/s/key.json');
  expect(cleanPath('/mnt/./a/../b')).toBe('/mnt/b');
  expect(cleanPath('a/../..')).toBe('..');
});

test('versions compare by number', () => {
  expect(compareVersions('3.10.0', '3.9')).toBeGreaterThan(0);
  expect(compareVersions('2.4.5', '3.0.0')).toBeLessThan(0);
  expect(compareVersions('3.5', '3.5.0')).toBe(0);
});
