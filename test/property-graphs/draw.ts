/** Random choices for a generator that writes text as it goes. */
import fc from 'fast-check';

export interface Draw {
  /** From 0 to `max`, both included. */
  readonly int: (max: number) => number;
  readonly pick: <T>(list: readonly [T, ...T[]]) => T;
  /** True once in `n` times. */
  readonly oneIn: (n: number) => boolean;
  /** Some of the list in its order. */
  readonly some: <T>(list: readonly T[], least: number, most: number) => readonly T[];
}

/** `count` values that `make` writes, the same ones for the same seed. */
export function sample<T>(make: (draw: Draw, index: number) => T, seed: number, count: number): readonly T[] {
  const seeds = fc.sample(fc.integer({ min: 1, max: 0x7fffffff }), { seed, numRuns: count });
  return seeds.map((own, index) => make(drawing(own), index));
}

function drawing(seed: number): Draw {
  let state = seed;
  const int = (max: number): number => {
    // A linear congruential generator is random enough to write DAGs, and the same everywhere.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * (max + 1));
  };
  return {
    int,
    pick: (list) => list[int(list.length - 1)] ?? list[0],
    oneIn: (n) => int(n - 1) === 0,
    some: (list, least, most) => {
      const left = list.map((_, index) => index);
      const wanted = Math.min(list.length, least + int(most - least));
      while (left.length > wanted) left.splice(int(left.length - 1), 1);
      return left.flatMap((index) => list[index] ?? []);
    },
  };
}
