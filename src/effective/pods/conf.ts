import { isPlaceholder } from '../placeholder.ts';
import { mebibytes, parseByteSize } from './byte-size.ts';

/** The conf that counts, with Spark's way of reading it. */
export type Conf = ReadonlyMap<string, string>;

/** Raised inside the pod builder alone, where Spark would throw; `buildPods` turns it into a value. */
export class SparkRefusal extends Error {}

/** Entries under a prefix, the prefix cut off. */
export function under(conf: Conf, prefix: string): readonly (readonly [string, string])[] {
  return [...conf].flatMap(([key, value]) =>
    key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
  );
}

/** Mebibytes of a setting; null where it is not there, NaN for a placeholder. */
export function memoryOf(conf: Conf, key: string): number | null {
  const text = conf.get(key);
  if (text === undefined) return null;
  if (isPlaceholder(text)) return Number.NaN;
  const size = parseByteSize(text, 'm');
  if (!size.ok) throw new SparkRefusal(size.error);
  return mebibytes(size.bytes);
}

/** True for `true` in any case. */
export function isTrue(text: string | undefined): boolean {
  return text?.trim().toLowerCase() === 'true';
}

/** Parts of a list with commas. */
export function partsOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
