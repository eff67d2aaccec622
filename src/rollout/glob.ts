/** Globs over names: `*` stands for any text (also `/`), `?` for one character, everything else for itself. */

/** True when the whole value matches; linear in value × pattern, whatever the pattern. */
export function matchesGlob(value: string, pattern: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let resume = 0;
  while (at < value.length) {
    const wanted = pattern[next];
    if (wanted === '*') {
      star = next++;
      resume = at;
    } else if (wanted === '?' || (wanted !== undefined && wanted === value[at])) {
      at++;
      next++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[next] === '*') next++;
  return next === pattern.length;
}
