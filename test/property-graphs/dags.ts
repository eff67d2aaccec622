/** DAG files with Spark tasks and their sensors in random spellings, ordered by random expressions. */
import { forms, operandsOf, statement } from '../rewriter/random-dags.ts';
import { blocks, indented, other, type Writer } from './blocks.ts';
import type { Draw } from './draw.ts';

const imports = `from datetime import datetime

from airflow import DAG
from airflow.decorators import dag as dag_of, task
from airflow.models.baseoperator import chain, chain_linear, cross_downstream
from airflow.operators.empty import EmptyOperator as Other
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
from airflow.providers.cncf.kubernetes.sensors.spark_kubernetes import SparkKubernetesSensor
from airflow.utils.edgemodifier import Label
from airflow.utils.task_group import TaskGroup

`;
const settings = 'start_date=datetime(2024, 1, 1), schedule=None';

/** One DAG with its imports. */
export function dagFile(draw: Draw, index: number): string {
  const id = `d${index}`;
  const style = draw.pick(['with', 'with', 'given', 'decorated']);
  const body = dagBody(draw, style === 'given' ? ', dag=dag' : '');
  if (style === 'given') return `${imports}dag = DAG("${id}", ${settings})\n${body}`;
  if (style === 'with') return `${imports}with DAG("${id}", ${settings}) as dag:\n${indented(body)}`;
  return `${imports}@dag_of(dag_id="${id}", ${settings})\ndef build():\n${indented(body)}\n\nbuild()\n`;
}

function dagBody(draw: Draw, dag: string): string {
  const writer = (k: number): Writer => ({ draw, k, dag });
  const others = ['a', 'b', 'c'].slice(0, 1 + draw.int(2));
  const made = Array.from({ length: 1 + draw.int(2) }, (_, k) => draw.pick(blocks)(writer(k)));
  const first = others.map((name) => other(writer(0), name)).join('');
  // Whoever stands further to the right runs later: no cycle can come of it.
  const [start, ...rest] = others;
  const order = [...(start === undefined ? [] : [start]), ...made.flatMap(({ names }) => names), ...rest];
  const more = Array.from({ length: draw.int(3) }, () => wiring(draw, order)).join('');
  return first + made.map(({ text }) => text).join('') + more;
}

function wiring(draw: Draw, order: readonly string[]): string {
  const names = draw.some(order, 2, 5);
  if (names.length < 2) return '';
  const operands = operandsOf(names, [1, ...Array.from({ length: 6 }, () => 1 + draw.int(2))]);
  const [form = 'right'] = [forms[draw.int(forms.length - 1)]];
  return operands.length < 2 ? `${names.slice(0, 2).join(' >> ')}\n` : statement(form, operands, draw.int(30));
}
