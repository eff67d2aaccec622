/** Sizes as Spark reads them: a whole number and a unit of powers of 1024. */
const powers: Readonly<Record<string, number>> = {
  b: 0,
  k: 1,
  kb: 1,
  m: 2,
  mb: 2,
  g: 3,
  gb: 3,
  t: 4,
  tb: 4,
  p: 5,
  pb: 5,
};
const whole = /^(\d+)([a-z]+)?$/;
const fraction = /^(\d+\.\d+)([a-z]+)?$/;
const advice =
  'Size must be specified as bytes (b), kibibytes (k), mebibytes (m), gibibytes (g), tebibytes (t), or pebibytes(p). E.g. 50b, 100k, or 250m.';

export type ByteSize = { readonly ok: true; readonly bytes: bigint } | { readonly ok: false; readonly error: string };

/** Bytes of a size; one without a unit counts in `unit`. */
export function parseByteSize(text: string, unit: 'b' | 'm'): ByteSize {
  const lower = text.trim().toLowerCase();
  const [, number = '', suffix = unit] = whole.exec(lower) ?? [];
  if (number !== '') {
    const power = Object.hasOwn(powers, suffix) ? powers[suffix] : undefined;
    if (power === undefined) return refuse(`Invalid suffix: "${suffix}"`);
    return { ok: true, bytes: BigInt(number) * 1024n ** BigInt(power) };
  }
  const broken = fraction.exec(lower)?.[1];
  return refuse(
    broken === undefined
      ? `Failed to parse byte string: ${text}`
      : `Fractional values are not supported. Input was: ${Number(broken)}`,
  );
}

/** Whole mebibytes of a size, what is less is cut off. */
export function mebibytes(bytes: bigint): number {
  return Number(bytes / 1_048_576n);
}

function refuse(sentence: string): ByteSize {
  return { ok: false, error: `java.lang.NumberFormatException: ${advice}\n${sentence}` };
}
