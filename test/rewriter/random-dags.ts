/** DAG files with a few Spark tasks, their sensors and others, ordered by expressions in random forms. */
import fc from 'fast-check';

const spark = `from airflow import DAG
from airflow.models.baseoperator import chain, chain_linear, cross_downstream
from airflow.operators.empty import EmptyOperator as Other
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
from airflow.providers.cncf.kubernetes.sensors.spark_kubernetes import SparkKubernetesSensor
from airflow.utils.edgemodifier import Label
from airflow.utils.task_group import TaskGroup

`;

const operator = (name: string): string =>
  `${name} = SparkKubernetesOperator(task_id="${name}", application_file="job.yaml")\n`;
const sensor = (name: string, task: string): string =>
  `${name} = SparkKubernetesSensor(\n    task_id="${name}",\n    application_name="{{ ti.xcom_pull(task_ids='${task}')['metadata']['name'] }}",\n)\n`;

/** Names in the order in which they may run: an expression only points from an earlier to a later one. */
interface Cast {
  readonly order: readonly string[];
}

/** One operand: a name, or several in a list or tuple. */
function operandOf(names: readonly string[], style: number): string {
  const [first = ''] = names;
  if (names.length > 1) return style % 3 === 0 ? `(${names.join(', ')})` : `[${names.join(', ')}]`;
  if (style % 7 === 1) return `[${first}]`;
  return style % 11 === 2 ? `(${first})` : first;
}

/** Cuts a rising sequence of names into operands of one to three. */
export function operandsOf(names: readonly string[], sizes: readonly number[]): string[][] {
  const result: string[][] = [];
  let at = 0;
  for (const size of sizes) {
    if (at >= names.length) break;
    result.push(names.slice(at, at + size));
    at += size;
  }
  return result;
}

export type Form =
  | 'right'
  | 'left'
  | 'lines'
  | 'ends'
  | 'down'
  | 'up'
  | 'chain'
  | 'linear'
  | 'cross'
  | 'loop'
  | 'nested'
  | 'assigned'
  | 'label'
  | 'if'
  | 'backslash'
  | 'mixed';
export const forms: readonly Form[] = [
  'right',
  'left',
  'lines',
  'ends',
  'down',
  'up',
  'chain',
  'linear',
  'cross',
  'loop',
  'nested',
  'assigned',
  'label',
  'if',
  'backslash',
  'mixed',
];

/** One expression or statement over operands, in source order of who runs first. */
export function statement(form: Form, operands: readonly string[][], style: number): string {
  const texts = operands.map((names, index) => operandOf(names, style + index));
  const [first = '', second = '', third = ''] = texts;
  const single = texts.map((text, index) => (index % 2 === 1 ? (operands[index]?.[0] ?? text) : text));
  const asList = (names: readonly string[] = []): string => `[${names.join(', ')}]`;
  switch (form) {
    case 'left':
      return `${[...single].reverse().join(' << ')}\n`;
    case 'lines':
      return `(\n    ${single.map((text, index) => `${text}${(style + index) % 3 === 0 ? `  # step ${index}` : ''}`).join('\n    >> ')}\n)\n`;
    case 'ends':
      return `(\n    ${single.join(' >>\n    ')}\n)\n`;
    case 'backslash':
      return `${single.join(' \\\n    >> ')}\n`;
    case 'down':
      return `${operands[0]?.[0]}.set_downstream(${second})\n`;
    case 'up':
      return `${operands[1]?.[0]}.set_upstream(${first})\n`;
    case 'chain':
      return `chain(${single.join(', ')})\n`;
    case 'linear':
      return `chain_linear(${texts.join(', ')})\n`;
    case 'cross':
      return `cross_downstream(${asList(operands[0])}, ${asList(operands[1])})\n`;
    case 'loop':
      return `for x in ${asList(operands[1])}:\n    ${operands[0]?.[0]} >> x\n`;
    case 'nested':
      return third === '' ? `(${first} >> ${operands[1]?.[0]})\n` : `(${first} >> ${operands[1]?.[0]}) >> ${third}\n`;
    case 'assigned':
      return `last = ${single.join(' >> ')}\n`;
    case 'label':
      return `${first} >> Label("then") >> ${[operands[1]?.[0], ...single.slice(2)].join(' >> ')}\n`;
    case 'if':
      return `if True:\n    ${first} >> ${operands[1]?.[0]}\n`;
    case 'mixed':
      return third === '' ? `${operands[1]?.[0]} << ${first}\n` : `${first} >> ${operands[2]?.[0]} << ${second}\n`;
    default:
      return `${single.join(' >> ')}\n`;
  }
}

const indented = (text: string, by = '    '): string => text.replace(/^(?=.)/gm, by);

function statements(cast: Cast): fc.Arbitrary<string> {
  const one = fc
    .tuple(
      fc.constantFrom(...forms),
      fc.subarray([...cast.order], { minLength: 2, maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 6, maxLength: 6 }),
      fc.nat(30),
    )
    .map(([form, names, sizes, style]) => {
      const operands = operandsOf(names, [1, ...sizes]);
      return operands.length < 2 ? `${names.slice(0, 2).join(' >> ')}\n` : statement(form, operands, style);
    });
  return fc.array(one, { minLength: 0, maxLength: 4 }).map((list) => list.join(''));
}

interface Shape {
  readonly pairs: number;
  readonly group: boolean;
  readonly direct: boolean;
}

function dagOf(id: string, { pairs, group, direct }: Shape): fc.Arbitrary<string> {
  const names = [...Array(pairs).keys()].map((index) => [`t${index}`, `s${index}`] as const);
  const others = ['a', 'b', 'c'];
  return fc
    .shuffledSubarray([...names.flat(), ...others], { minLength: pairs * 2 + 3, maxLength: pairs * 2 + 3 })
    .chain((shuffled) => {
      // A sensor never runs before its task.
      const order = [...shuffled];
      for (const [task, own] of names) {
        const [at, other] = [order.indexOf(task), order.indexOf(own)];
        if (at > other) [order[at], order[other]] = [own, task];
      }
      return statements({ order }).map((more) => {
        const calls = names.map(([task, own]) => operator(task) + sensor(own, group ? `g.${task}` : task)).join('');
        const tied = direct ? names.map(([task, own]) => `${task} >> ${own}\n`).join('') : '';
        const inner = group ? `with TaskGroup("g") as g:\n${indented(calls + tied)}a >> g >> c\n` : calls + tied;
        const body = others.map((name) => `${name} = Other(task_id="${name}")\n`).join('') + inner + more;
        return `with DAG("${id}"):\n${indented(body)}`;
      });
    });
}

/** The text of a file with one or two DAGs, which use the same names. */
export const dagFile: fc.Arbitrary<string> = fc
  .array(
    fc.record({
      pairs: fc.integer({ min: 1, max: 2 }),
      group: fc.boolean(),
      direct: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .chain((shapes) => fc.tuple(...shapes.map((shape, index) => dagOf(`d${index}`, shape))))
  .map((dags) => spark + dags.join('\n'));
