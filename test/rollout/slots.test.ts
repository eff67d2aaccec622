import { describe, expect, it } from 'vitest';
import type { SlotUse } from '../../src/model.ts';
import { sumSlots } from '../../src/rollout/slots.ts';

const use = (more: Partial<SlotUse>): SlotUse => ({
  task: 'dags/a.py#a.t',
  file: 'dags/a.py',
  dag: 'a',
  pool: 'default_pool',
  instances: 1,
  before: 0,
  after: 1,
  schedule: '@daily',
  interval: 86_400,
  longest: 43_200,
  activeRuns: 16,
  ...more,
});

describe('sumSlots', () => {
  it('is nothing for no task', () => {
    const counts = { tasks: 0, before: 0, after: 0, atMost: 0, beforeUnknown: 0, dynamic: 0 };
    expect(sumSlots([])).toEqual({ ...counts, pools: [] });
  });

  it('adds up by pool, the fullest first', () => {
    const sum = sumSlots([use({}), use({ pool: 'spark', instances: 3, before: 1 }), use({ pool: null, after: 0 })]);
    expect(sum).toMatchObject({ tasks: 3, before: 3, after: 4, atMost: 4 });
    expect(sum.pools.map(({ pool, after }) => [pool, after])).toEqual([
      ['spark', 3],
      ['default_pool', 1],
      [null, 0],
    ]);
  });

  it('counts the runs that overlap, as many as may be active', () => {
    // a task of at most 12 h, every quarter of an hour: 48 could wait
    expect(sumSlots([use({ interval: 900 })]).atMost).toBe(16);
    expect(sumSlots([use({ interval: 900, activeRuns: 3 })]).atMost).toBe(3);
    expect(sumSlots([use({ interval: 900, activeRuns: null })]).atMost).toBe(48);
    expect(sumSlots([use({ interval: 900, longest: 900 })]).atMost).toBe(1);
    expect(sumSlots([use({ interval: 900, longest: 901 })]).atMost).toBe(2);
    expect(sumSlots([use({ interval: null, schedule: null })]).atMost).toBe(1);
  });

  it('takes one of a number that nobody knows, and says so', () => {
    expect(sumSlots([use({ instances: 'dynamic', before: null })])).toMatchObject({
      after: 1,
      before: 0,
      dynamic: 1,
      beforeUnknown: 1,
    });
  });
});
