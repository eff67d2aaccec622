import type { SparkSubmit } from '../operator/arguments.ts';
import { isPlaceholder } from '../placeholder.ts';
import { parseByteSize } from './byte-size.ts';
import { type Conf, isTrue } from './conf.ts';
import { languageOf } from './language.ts';

/** What spark-submit objects to before it makes a pod; null if nothing. */
export function submitProblem(submit: SparkSubmit, conf: Conf): string | null {
  const memory = (key: string): boolean => {
    const text = conf.get(key);
    const size = text === undefined || isPlaceholder(text) ? null : parseByteSize(text, 'b');
    return size === null || (size.ok && size.bytes > 0n);
  };
  const count = (key: string): boolean => {
    const text = conf.get(key);
    return text === undefined || isPlaceholder(text) || (/^[+-]?\d+$/.test(text) && Number(text) > 0);
  };
  const fail = (sentence: string): string => `org.apache.spark.SparkException: ${sentence}`;
  if (submit.tail.length === 0) return fail('Must specify a primary resource (JAR or Python or R file)');
  if (!memory('spark.driver.memory')) return fail('Driver memory must be a positive number');
  if (!memory('spark.executor.memory')) return fail('Executor memory must be a positive number');
  if (!count('spark.executor.cores')) return fail('Executor cores must be a positive number');
  if (!isTrue(conf.get('spark.dynamicAllocation.enabled')) && !count('spark.executor.instances'))
    return fail('Number of executors must be a positive number');
  if (submit.head.includes('client'))
    return 'java.lang.IllegalArgumentException: requirement failed: Main class must be specified via --main-class';
  const [file] = submit.tail;
  if (languageOf(submit) === 'java' && !isPlaceholder(file) && !submit.head.includes('--class'))
    return fail('No main class set in JAR; please specify one with --class.');
  return null;
}
