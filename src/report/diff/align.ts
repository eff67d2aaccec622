/** The heaviest common subsequence: which of two sequences' members belong together, in order. */

/**
 * Pairs of indices, ascending on both sides, with the greatest sum of `weight`. A weight of 0 means «not a pair».
 * Time and memory grow with `left` × `right`: callers bound them.
 */
export function align(
  left: number,
  right: number,
  weight: (leftIndex: number, rightIndex: number) => number,
): [number, number][] {
  const columns = right + 1;
  const best = new Float64Array((left + 1) * columns);
  const weights = new Float64Array(left * right);
  for (let i = left - 1; i >= 0; i--) {
    for (let j = right - 1; j >= 0; j--) {
      const own = weight(i, j);
      weights[i * right + j] = own;
      const skip = Math.max(best[(i + 1) * columns + j] ?? 0, best[i * columns + j + 1] ?? 0);
      const take = own > 0 ? own + (best[(i + 1) * columns + j + 1] ?? 0) : 0;
      best[i * columns + j] = Math.max(skip, take);
    }
  }
  const pairs: [number, number][] = [];
  let i = 0;
  let j = 0;
  while (i < left && j < right) {
    const here = best[i * columns + j] ?? 0;
    const own = weights[i * right + j] ?? 0;
    if (own > 0 && here === own + (best[(i + 1) * columns + j + 1] ?? 0)) pairs.push([i++, j++]);
    else if (here === (best[(i + 1) * columns + j] ?? 0)) i++;
    else j++;
  }
  return pairs;
}
