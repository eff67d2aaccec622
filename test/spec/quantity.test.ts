import { describe, expect, test } from 'vitest';
import { memoryOf, wholeCores } from '../../src/spec/quantity.ts';
import { integerOf, isAmbiguous, plainKind } from '../../src/spec/scalars.ts';

describe('cores', () => {
  test.each([
    ['1', 1],
    ['1200m', 2],
    ['2000m', 2],
    ['1.2', 2],
    ['2.0', 2],
    ['.5', 1],
    ['0.3', 1],
    ['many', null],
    ['-1', null],
    ['1k', null],
  ])('%s', (text, whole) => {
    expect(wholeCores(text)).toBe(whole);
  });
});

describe('memory', () => {
  test.each([
    ['1g', { kind: 'same' }],
    ['512M', { kind: 'same' }],
    ['1gb', { kind: 'same' }],
    ['1024', { kind: 'unit', text: '1024m' }],
    ['1.5g', { kind: 'repair', text: '1536m' }],
    ['512Mi', { kind: 'repair', text: '512m' }],
    ['1Gi', { kind: 'repair', text: '1g' }],
    ['1 g', { kind: 'repair', text: '1g' }],
    ['0.0001m', { kind: 'repair', text: '1k' }],
    ['0g', { kind: 'none' }],
    ['-1g', { kind: 'none' }],
    ['much', { kind: 'none' }],
  ])('%s', (text, memory) => {
    expect(memoryOf(text)).toEqual(memory);
  });
});

describe('plain scalars as PyYAML reads them', () => {
  test.each([
    ['yes', 'boolean'],
    ['y', 'string'],
    ['010', 'integer'],
    ['0o10', 'string'],
    ['1:30', 'integer'],
    ['1e3', 'string'],
    ['1.5e+3', 'float'],
    ['.inf', 'float'],
    ['2024-01-02', 'timestamp'],
    ['3.0.0', 'string'],
    ['~', 'null'],
    ['', 'null'],
  ])('%s is %s', (text, kind) => {
    expect(plainKind(text)).toBe(kind);
  });

  test('numbers by their value', () => {
    expect(['010', '0x1F', '1_000', '1:30', '-0b11', '+5'].map(integerOf)).toEqual([8, 31, 1000, 90, -3, 5]);
  });

  test('what any reader might take for something else', () => {
    expect(['y', '1e3', '0o10', '=', '<<', 'NULL'].filter((text) => !isAmbiguous(text))).toEqual([]);
    expect(['3.0.0', 'yesterday', 'a1', '--on'].filter(isAmbiguous)).toEqual([]);
  });
});
