import type { SparkSubmit } from '../operator/arguments.ts';
import type { Conf } from './conf.ts';

export type Language = 'java' | 'python' | 'r';
/** Mebibytes. */
export const smallestOverhead = 384;
const outsideJvm = 0.4;
const insideJvm = 0.1;

/** Spark tells the language by the file's suffix. */
export function languageOf(submit: SparkSubmit): Language {
  const file = submit.tail[0] ?? '';
  if (file.endsWith('.py')) return 'python';
  return /\.r$/i.test(file) ? 'r' : 'java';
}

/** Share of the memory that is added outside the JVM's heap, for both roles. */
export function overheadFactor(conf: Conf, language: Language): number {
  const written = conf.get('spark.kubernetes.memoryOverheadFactor');
  if (written !== undefined) return Number(written);
  return language === 'java' ? insideJvm : outsideJvm;
}
