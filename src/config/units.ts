/** Durations and sizes as people write them. Both readers answer null for what they can't read. */

const secondsOf: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 };
const bytesOf: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1000,
  mb: 1_000_000,
  gb: 1_000_000_000,
  kib: 1024,
  mib: 1_048_576,
  gib: 1_073_741_824,
};

/** `12h`, `90m`, `1h30m`, `2d`, `45s` → that, `3600` → that as seconds. At least one second. */
export const durationPattern: RegExp = /^(?=.)(?:\d{1,6}d)?(?:\d{1,6}h)?(?:\d{1,7}m)?(?:\d{1,9}s?)?$/;

/** Whole seconds of a duration. */
export function secondsFrom(written: string | number): number | null {
  const text = String(written);
  if (!durationPattern.test(text)) return null;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)([dhms]?)/g))
    total += Number(amount) * (secondsOf[unit || 's'] ?? 0);
  return total >= 1 ? total : null;
}

/** `1MB`, `500 kB`, `2MiB`, `1000` (bytes); kB and MB are decimal, KiB and MiB binary. */
export const sizePattern: RegExp = /^\d{1,12}(?:\.\d{1,3})? ?(?:[kKmMgG]i?)?[bB]?$/;

/** Whole bytes of a size. */
export function bytesFrom(written: string | number): number | null {
  const text = String(written);
  if (!sizePattern.test(text)) return null;
  const amount = Number.parseFloat(text);
  const letters = text.replace(/[\d. ]/g, '').toLowerCase();
  const unit = letters === '' ? 'b' : letters.endsWith('b') ? letters : `${letters}b`;
  const bytes = Math.floor(amount * (bytesOf[unit] ?? 0));
  return bytes >= 1 ? bytes : null;
}
