/** Quantities of cores and memory, as Kubernetes, Spark and the gateway write them. */

/** Whole cores, rounded up: `1200m` and `1.2` are 2; null where it is no quantity. */
export function wholeCores(text: string): number | null {
  const found = /^(\d+(?:\.\d*)?|\.\d+)(m?)$/.exec(text.trim());
  if (found === null) return null;
  const amount = Number(found[1]);
  // Thousandths first, so that 0.1 + 0.2 has no say.
  const thousandths = found[2] === 'm' ? amount : Math.round(amount * 1e6) / 1e3;
  return Math.ceil(thousandths / 1000);
}

export type Memory =
  | { readonly kind: 'same' }
  /** The unit that Spark adds by itself: the same amount. */
  | { readonly kind: 'unit'; readonly text: string }
  /** Spark refuses the source's text; the same amount in whole units, rounded up to whole ones where it must. */
  | { readonly kind: 'repair'; readonly text: string }
  | { readonly kind: 'none' };

/**
 * What a memory text must become. Spark takes whole numbers of `b k m g t p` (with a trailing `b`, any case), a bare
 * number is MiB; the gateway takes neither a fraction nor a missing unit.
 */
export function memoryOf(text: string): Memory {
  const found = /^(\d+(?:\.\d+)?)\s*(b|[kmgtp](?:i|ib|b)?)?$/i.exec(text.trim());
  if (found === null) return { kind: 'none' };
  const amount = Number(found[1]);
  if (amount === 0) return { kind: 'none' };
  const unit = (found[2] ?? '').toLowerCase();
  const isWhole = !(found[1] ?? '').includes('.');
  if (unit === 'b') return isWhole && text === text.trim() && !/\s/.test(text) ? { kind: 'same' } : { kind: 'none' };
  if (unit === '' && isWhole) return { kind: 'unit', text: `${found[1]}m` };
  if (isWhole && !unit.includes('i') && !/\s/.test(text)) return { kind: 'same' };
  return { kind: 'repair', text: inWholeUnits(amount, unit.charAt(0) || 'm') };
}

function inWholeUnits(amount: number, unit: string): string {
  const units = ['k', 'm', 'g', 't', 'p'];
  let at = units.indexOf(unit);
  let value = amount;
  while (!Number.isInteger(value) && at > 0) {
    value *= 1024;
    at -= 1;
  }
  return `${Math.ceil(value)}${units[at] ?? 'k'}`;
}
