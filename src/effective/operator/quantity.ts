/**
 * Kubernetes quantities: `1.5Gi` is `1536Mi`, `0.5` is `500m`. A quantity keeps its family (binary, decimal, exponent)
 * and is written with the largest unit that leaves no fraction.
 */
export interface Quantity {
  /** In thousandths of a unit, rounded up. */
  readonly milli: bigint;
  readonly family: 'binary' | 'decimal';
}

const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const;
const decimal = ['m', '', 'k', 'M', 'G', 'T', 'P', 'E'] as const;
const written = /^([+-]?)(\d+\.?\d*|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)?$/;

/** Reads a quantity, null for text that is none. */
export function parseQuantity(text: string): Quantity | null {
  const [, sign, number = '', unit = ''] = written.exec(text) ?? [];
  if (sign === undefined) return null;
  const power = powerOf(unit);
  if (power === null) return null;
  const [whole = '0', fraction = ''] = number.split('.');
  const scaled = BigInt(`${whole || '0'}${fraction}`) * 1000n * power.times;
  const by = 10n ** BigInt(fraction.length) * power.per;
  const milli = scaled / by + (scaled % by === 0n ? 0n : 1n);
  return { milli: sign === '-' ? -milli : milli, family: power.family };
}

/** Writes a quantity in its canonical form. */
function renderQuantity(quantity: Quantity): string {
  const { milli, family } = quantity;
  if (milli === 0n) return '0';
  if (family === 'binary' && milli % 1000n === 0n) {
    const amount = milli / 1000n;
    const units = binary.filter((_, i) => amount % 1024n ** BigInt(i) === 0n).length;
    return `${amount / 1024n ** BigInt(units - 1)}${binary[units - 1] ?? ''}`;
  }
  let units = 0;
  while (units < decimal.length - 1 && milli % 1000n ** BigInt(units + 1) === 0n) units++;
  return `${milli / 1000n ** BigInt(units)}${decimal[units] ?? ''}`;
}

/** The canonical form of a quantity; text that is none stays. */
export function canonicalQuantity(text: string): string {
  const quantity = parseQuantity(text);
  return quantity === null ? text : renderQuantity(quantity);
}

interface Power {
  readonly times: bigint;
  readonly per: bigint;
  readonly family: Quantity['family'];
}
function powerOf(unit: string): Power | null {
  const exponent = /^[eE]([+-]?\d+)$/.exec(unit)?.[1];
  if (exponent !== undefined && Math.abs(Number(exponent)) > 18) return null;
  if (exponent !== undefined) return tens(Number(exponent));
  const place = binary.indexOf(unit as (typeof binary)[number]);
  if (place > 0) return { times: 1024n ** BigInt(place), per: 1n, family: 'binary' };
  if (unit === 'n') return tens(-9);
  if (unit === 'u') return tens(-6);
  return tens((decimal.indexOf(unit as (typeof decimal)[number]) - 1) * 3);
}
function tens(exponent: number): Power {
  const power = 10n ** BigInt(Math.abs(exponent));
  return exponent < 0 ? { times: 1n, per: power, family: 'decimal' } : { times: power, per: 1n, family: 'decimal' };
}
