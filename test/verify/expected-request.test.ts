import { describe, expect, it } from 'vitest';
import type { Route, TranslateOptions } from '../../src/model.ts';
import { expectedRequests, type MigratedTask } from '../../src/verify/expected-request.ts';

/** What the translator is asked for. */
function asked(task: Partial<MigratedTask>, routing: readonly Route[], accountingLabels = false): TranslateOptions[] {
  const options: TranslateOptions[] = [];
  const whole: MigratedTask = {
    dagId: 'd',
    taskId: 't',
    queue: 'poc',
    applicationTimeout: 3600,
    document: { index: null, kind: 'text', text: 'x', overrides: {}, standIns: [] },
    ...task,
  };
  expectedRequests(whole, { routing, target: { accountingLabels, connectionId: 'c', operator: 'm.C' } }, (_, one) => {
    options.push(one);
    return { ok: false, findings: [] };
  });
  return options;
}

describe('the expected request', () => {
  it('is that of the provider that was there', () => {
    const wanted: TranslateOptions[] = [];
    const options = { routing: [], target: { accountingLabels: false, connectionId: 'c', operator: 'm.C' } };
    const task: MigratedTask = {
      dagId: 'd',
      taskId: 't',
      queue: 'poc',
      applicationTimeout: 3600,
      document: { index: null, kind: 'text', text: 'x', overrides: {}, standIns: [] },
    };
    expectedRequests(task, { ...options, provider: '10.13.0' }, (_, one) => {
      wanted.push(one);
      return { ok: false, findings: [] };
    });
    expect(wanted.map(({ provider }) => provider)).toEqual(['10.13.0']);
  });

  it('goes to the queue of the plan, with what its route adds', () => {
    const routing = [{ queue: 'other' }, { queue: 'poc', labels: { team: 'a' }, spotInstance: true }];
    expect(asked({}, routing)).toEqual([
      { queue: 'poc', format: 'yaml', overrides: {}, labels: { team: 'a' }, spotInstance: true },
    ]);
  });

  it('is one of several where routes to the same queue add different labels', () => {
    const routing = [{ queue: 'poc', labels: { team: 'a' } }, { queue: 'poc' }];
    expect(asked({}, routing).map(({ labels }) => labels)).toEqual([{ team: 'a' }, undefined]);
  });

  it('has no queue where no route matched', () => {
    expect(asked({ queue: null }, [{ queue: 'poc' }])).toEqual([{ queue: null, format: 'yaml', overrides: {} }]);
    expect(asked({ queue: undefined }, [{ queue: 'poc' }]).map(({ queue }) => queue)).toEqual(['poc', null]);
  });

  it('holds the accounting labels, the running time beyond 12 h, and what the provider wrote over the document', () => {
    const overrides = { name: 'n', image: 'i', namespace: 's', code_path: 'p' };
    const document = { index: null, kind: 'text', text: 'x', overrides, standIns: [] } as const;
    expect(asked({ document, applicationTimeout: 43_201 }, [], true)).toEqual([
      {
        queue: 'poc',
        format: 'yaml',
        labels: { dag_name: 'd', task_name: 't' },
        maxRunningMillis: 43_201_000,
        overrides: { name: 'n', image: 'i', namespace: 's', mainApplicationFile: 'p' },
      },
    ]);
    expect(asked({ applicationTimeout: 43_200 }, [])[0]).not.toHaveProperty('maxRunningMillis');
  });
});
