/** Numbers as the gateway's language reads and writes them. */

const whole = /^[+-]?\d+$/;
const longest = 9_223_372_036_854_775_807n;
const largestInt = 2_147_483_647n;

/** A whole number of at most 64 bits, with an optional sign; null for everything else. */
export function parseLong(text: string): bigint | null {
  if (!whole.test(text)) return null;
  const value = BigInt(text.replace(/^\+/, ''));
  return value <= longest && value >= -longest - 1n ? value : null;
}

/** The same for 32 bits. */
export function parseInteger(text: string): number | null {
  const value = parseLong(text);
  return value !== null && value <= largestInt && value >= -largestInt - 1n ? Number(value) : null;
}

/** A double as text: always with a fraction (`1000.0`), scientific from 10⁷ on and below 10⁻³ (`1.0E7`). */
export function renderDouble(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}

/** Half goes up, also below zero. */
export function roundHalfUp(value: number): number {
  return Math.floor(value + 0.5);
}
