/** The classes that tasks move from, and what of the grammar their calls are read by. */
import type { SourceClass } from '../model.ts';

/** The only modules that ever held the classes (no contrib path, no re-export). */
export const SOURCES: ReadonlyMap<string, SourceClass> = new Map([
  ['airflow.providers.cncf.kubernetes.operators.spark_kubernetes.SparkKubernetesOperator', 'SparkKubernetesOperator'],
  ['airflow.providers.cncf.kubernetes.sensors.spark_kubernetes.SparkKubernetesSensor', 'SparkKubernetesSensor'],
]);
/** A file without any of these words can hold nothing of ours. */
export const SOURCE_WORDS: readonly string[] = ['SparkKubernetes', 'spark_kubernetes'];

/** Statements of which a call may be a part. */
export const STATEMENTS: readonly string[] = [
  'expression_statement',
  'return_statement',
  'assert_statement',
  'raise_statement',
  'delete_statement',
  'with_statement',
  'for_statement',
  'while_statement',
  'if_statement',
  'match_statement',
  'function_definition',
  'class_definition',
];
