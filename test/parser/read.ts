/** Reads Python text as the program does; one parser for all tests. */
import type { FileFacts } from '../../src/model.ts';
import { readPythonFile } from '../../src/parser/read-file.ts';
import { loadPython, type Python } from '../../src/parser/syntax.ts';

export const python: Python = await loadPython();

export const operatorModule: string = 'airflow.providers.cncf.kubernetes.operators.spark_kubernetes';
export const sensorModule: string = 'airflow.providers.cncf.kubernetes.sensors.spark_kubernetes';
/** The usual imports: one line each. */
export const imports: string = `from airflow import DAG
from ${operatorModule} import SparkKubernetesOperator
from ${sensorModule} import SparkKubernetesSensor
`;

export function read(text: string, path = 'dags/a.py'): FileFacts {
  return readPythonFile(python, { path, text, encoding: 'utf-8' }, 'bpg_operator.BPGOperator');
}

/** The text that a span covers. */
export function at(facts: FileFacts, span: { readonly start: number; readonly end: number }): string {
  return facts.source.text.slice(span.start, span.end);
}
