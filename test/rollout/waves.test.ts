import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DagMention, TaskEntry, WavePlan } from '../../src/model.ts';
import { planWaves, type WaveInput } from '../../src/rollout/waves.ts';
import { loss, task } from '../report/sample.ts';

/** One task of a DAG with a document of its own. */
function of(dagId: string, part: Partial<TaskEntry> = {}): TaskEntry {
  const file = `dags/${dagId}.py`;
  return task({ file, dagId, payload: { kind: 'file', path: `dags/${dagId}.yaml`, target: null }, ...part });
}
function plan(tasks: readonly TaskEntry[], part: Partial<WaveInput> = {}): WavePlan {
  const owners = new Map(tasks.map(({ id }) => [id, 'team']));
  return planWaves({ tasks, mentions: [], owners, intervals: new Map(), pins: {}, ...part });
}
const mention = (kind: DagMention['kind'], dag: string, name: string): DagMention => ({
  kind,
  dag,
  name,
  place: { file: `dags/${dag}.py`, line: 1, column: 1 },
});
const wavesIn = ({ waves }: WavePlan): Record<number, readonly string[]> =>
  Object.fromEntries(waves.map(({ number, dags }) => [number, dags]));
const reasonsIn = ({ dags }: WavePlan, name: string): readonly string[] =>
  dags.find(({ dag }) => dag === name)?.reasons ?? [];

describe('risk', () => {
  test('safe first, then what needs consent, then what loses and nobody owns, last what can not move', () => {
    const tasks = [
      of('stuck', { verdict: 'manual' }),
      of('lossy', { verdict: 'review', losses: [loss()] }),
      of('asks', { verdict: 'review' }),
      of('plain'),
      of('done', { status: 'migrated', verdict: null }),
    ];
    const owners = new Map(tasks.filter(({ dagId }) => dagId !== 'lossy').map(({ id }) => [id, 'team']));
    const made = plan(tasks, { owners });
    expect(wavesIn(made)).toEqual({ 1: ['plain'], 2: ['asks'], 3: ['lossy'], 4: ['stuck'] });
    expect(made.waves.map(({ risk }) => risk)).toEqual(['low', 'medium', 'high', 'blocked']);
    expect(reasonsIn(made, 'plain')).toEqual(['every task is safe']);
    expect(reasonsIn(made, 'lossy')).toEqual([
      '+2: 1 of 1 tasks need consent',
      '+1: loses 1 fields that nobody accepted',
      '+1: nobody is named as its owner',
    ]);
  });

  test('a DAG that runs often is riskier, an accepted loss is none', () => {
    const tasks = [of('a', { losses: [loss({ accepted: 'agreed' })] }), of('b')];
    const made = plan(tasks, { intervals: new Map([[tasks[1]?.id ?? '', 900]]) });
    expect(made.dags.map(({ dag, points }) => [dag, points])).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
  });
});

describe('dependencies', () => {
  test.each([
    ['an external sensor', mention('waits-for', 'down', 'up')],
    ['a trigger', mention('triggers', 'up', 'down')],
  ])('%s: the one that is waited for comes first', (_, one) => {
    const made = plan([of('down'), of('up', { verdict: 'review' })], { mentions: [one] });
    expect(wavesIn(made)).toEqual({ 1: ['up', 'down'] });
    expect(reasonsIn(made, 'down')).toContain('comes no earlier than what it waits for');
  });

  test('a dataset ties its consumer to its producer', () => {
    const mentions = [mention('consumes', 'a', 's3://x'), mention('produces', 'z', 's3://x')];
    const made = plan([of('a'), of('z')], { mentions });
    expect(made.dags.map(({ dag }) => dag)).toEqual(['z', 'a']);
    expect(reasonsIn(made, 'a')).toContain('is scheduled by dataset s3://x of DAG z');
  });

  test('a DAG that can not move holds nobody back, a circle ends', () => {
    const mentions = [mention('waits-for', 'b', 'stuck'), mention('triggers', 'c', 'd'), mention('triggers', 'd', 'c')];
    const made = plan([of('stuck', { verdict: 'manual' }), of('b'), of('c'), of('d')], { mentions });
    expect(wavesIn(made)).toEqual({ 1: ['b', 'c', 'd'], 2: ['stuck'] });
    expect(reasonsIn(made, 'b')).toContain('waits for DAG stuck by an external sensor');
  });

  test('DAGs that share a document move together', () => {
    const payload = { kind: 'file' as const, path: 'dags/shared.yaml', target: null };
    const made = plan([of('a', { payload }), of('b', { payload, verdict: 'review' }), of('c')]);
    expect(wavesIn(made)).toEqual({ 1: ['c'], 2: ['a', 'b'] });
    expect(reasonsIn(made, 'a')).toContain('shares dags/shared.yaml with DAG b');
  });
});

describe('size and pins', () => {
  test('the first wave is a pilot, later ones are larger', () => {
    const made = plan(Array.from({ length: 100 }, (_, index) => of(`d${String(index).padStart(3, '0')}`)));
    expect(made.waves.map(({ tasks }) => tasks.length)).toEqual([10, 25, 50, 15]);
  });

  test('the configuration has the last word, also for what waits for a pinned DAG', () => {
    const mentions = [mention('waits-for', 'b', 'a')];
    const made = plan([of('a'), of('b'), of('c')], { mentions, pins: { a: 7, 'x*': 1 } });
    expect(wavesIn(made)).toEqual({ 1: ['c'], 7: ['a', 'b'] });
    expect(reasonsIn(made, 'a')[0]).toBe('the configuration pins it to wave 7');
  });
});

test('every legacy task is in one wave, nothing comes before what it waits for, equal input gives an equal plan', () => {
  const subjects = fc.array(
    fc.record({
      dag: fc.constantFrom(...'abcdefgh'),
      verdict: fc.constantFrom('safe' as const, 'review' as const),
      after: fc.constantFrom(...'abcdefgh'),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(subjects, (all) => {
      const tasks = all.map(({ dag, verdict }, index) =>
        of(dag, { verdict, taskId: `t${index}`, id: `${dag}.${index}` }),
      );
      // Only later letters wait for earlier ones: no circle.
      const mentions = all
        .filter(({ dag, after }) => after < dag)
        .map(({ dag, after }) => mention('waits-for', dag, after));
      const made = plan(tasks, { mentions });
      const numbers = new Map(made.dags.map(({ dag, wave }) => [dag, wave]));
      expect(made.waves.flatMap(({ tasks: ids }) => ids).toSorted()).toEqual(tasks.map(({ id }) => id).toSorted());
      for (const { dag, name } of mentions)
        if (numbers.has(name)) expect(numbers.get(name)).toBeLessThanOrEqual(numbers.get(dag ?? '') ?? 0);
      expect(plan(tasks, { mentions })).toEqual(made);
    }),
    { seed: 9, numRuns: 100 },
  );
});
