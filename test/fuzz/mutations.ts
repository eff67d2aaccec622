/** Seeded damage to source files: bytes cut, lines swapped, doubled or dropped, tokens repeated, endings mixed. */

export type Random = () => number;

/** Numbers in [0, 1) by mulberry32: the same seed gives the same run everywhere. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pick = (random: Random, length: number): number => Math.floor(random() * length);

type Mutation = (text: string, random: Random) => string;

const onLines =
  (change: (lines: string[], random: Random) => void): Mutation =>
  (text, random) => {
    const lines = text.split('\n');
    change(lines, random);
    return lines.join('\n');
  };

const fragments = [
  '(',
  ')',
  ',',
  '"',
  "'",
  '"""',
  '#',
  '\\',
  '\n',
  '\t',
  '{{',
  '}}',
  '%',
  ':',
  ' if x else y',
  '*',
  '**kw',
  '\r\n',
  'é',
  '😀',
  '\u2028',
];

const mutations: readonly Mutation[] = [
  onLines((lines, random) => void lines.splice(pick(random, lines.length), 1)),
  onLines((lines, random) => {
    const at = pick(random, lines.length);
    lines.splice(at, 0, lines[at] ?? '');
  }),
  onLines((lines, random) => {
    const [a, b] = [pick(random, lines.length), pick(random, lines.length)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  }),
  onLines((lines, random) => {
    const at = pick(random, lines.length);
    lines[at] = (random() < 0.5 ? '    ' : '\t') + (lines[at] ?? '');
  }),
  onLines((lines, random) => {
    const at = pick(random, lines.length);
    lines[at] = `${lines[at] ?? ''}  # note, with (brackets`;
  }),
  (text, random) => {
    const from = pick(random, text.length);
    return text.slice(0, from) + text.slice(from + 1 + pick(random, 12));
  },
  (text, random) => {
    const at = pick(random, text.length);
    return text.slice(0, at) + (fragments[pick(random, fragments.length)] ?? '') + text.slice(at);
  },
  (text, random) => {
    const words = [...text.matchAll(/[A-Za-z_]\w*/g)];
    const [one, other] = [words[pick(random, words.length)], words[pick(random, words.length)]];
    if (one === undefined || other === undefined) return text;
    return text.slice(0, one.index) + other[0] + text.slice(one.index + one[0].length);
  },
  (text) => text.replaceAll(/\r?\n/g, '\r\n'),
];

/** The text with one to four pieces of damage. */
export function mutate(text: string, random: Random): string {
  let result = text;
  for (let times = 1 + pick(random, 4); times > 0; times -= 1)
    result = mutations[pick(random, mutations.length)]?.(result, random) ?? result;
  return result;
}
