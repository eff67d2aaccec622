import { describe, expect, it } from 'vitest';
import { pinnedVersions } from '../../src/rewriter/deployment.ts';
import { airflowMajor, compareVersions, eraOf } from '../../src/rewriter/era.ts';

describe('eraOf', () => {
  it.each([
    [null, '5.2.2', 'submits', false],
    [null, '5.3.0', 'streams', false],
    [null, '7.1.0', 'streams', false],
    [null, '7.2.0', 'submits', true],
    [null, '7.13.0', 'submits', true],
    [null, '7.14.0', 'waits', false],
    [null, '10.25.0', 'waits', false],
    ['2.5.3', null, 'submits', false],
    ['2.6.3', null, 'streams', false],
    ['2.7.2', null, 'submits', true],
    ['2.8.1', null, 'submits', true],
    ['2.8.2', null, 'waits', false],
    ['2.10.3', null, 'waits', false],
    ['3.3.2', null, 'waits', false],
    ['2.10.3', '7.6.0', 'submits', true],
    [null, null, 'unknown', false],
  ])('Airflow %s, provider %s: %s', (airflow, provider, behaviour, watchDecides) => {
    expect(eraOf(airflow, provider)).toMatchObject({ behaviour, watchDecides });
  });

  it('takes the provider that the constraints of an Airflow bring', () => {
    expect(eraOf('2.10.3', null).provider).toBe('9.0.1');
    expect(eraOf('2.7.2', null).provider).toBe('7.6.0');
    expect(airflowMajor(eraOf('3.0.6', null))).toBe(3);
    expect(airflowMajor(eraOf(null, '10.0.0'))).toBeNull();
  });

  it('compares by number', () => {
    expect(compareVersions('2.10', '2.9')).toBeGreaterThan(0);
    expect(compareVersions('7.2', '7.2.0')).toBe(0);
  });
});

describe('pinnedVersions', () => {
  it('reads exact pins', () => {
    const text = 'apache-airflow[celery]==2.9.2\n apache-airflow-providers-cncf-kubernetes == 8.3.1  # note\n';
    expect(pinnedVersions([text])).toEqual({ airflow: '2.9.2', provider: '8.3.1' });
  });

  it('does not guess from ranges, comments or contradictions', () => {
    expect(pinnedVersions(['apache-airflow>=2.9\n# apache-airflow==2.1\n'])).toEqual({ airflow: null, provider: null });
    expect(pinnedVersions(['apache-airflow==2.9.1\n', 'apache-airflow==2.9.2\n']).airflow).toBeNull();
  });
});
