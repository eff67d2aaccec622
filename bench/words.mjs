/** Seeded numbers and words: the same seed makes the same tree on every machine. */

/** Numbers in [0, 1) by mulberry32. */
export function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const nouns = 'orders customers claims visits results invoices stock routes prices events sessions ledgers'.split(' ');
const verbs = 'load clean merge score export check count archive publish refresh'.split(' ');
const plain =
  'the daily run reads what arrived since yesterday and writes it where the reports look for it so that nobody waits'.split(
    ' ',
  );

export function pick(random, list) {
  return list[Math.floor(random() * list.length)];
}
export const noun = (random) => pick(random, nouns);
export const verb = (random) => pick(random, verbs);
export const prose = (random, length) => Array.from({ length }, () => pick(random, plain)).join(' ');
