/** Ways in which people write an operator with its sensor: each a piece of a DAG file. */
import type { Draw } from './draw.ts';

/** What a piece leaves behind: its text, and names that others may order, those that run first to the left. */
export interface Block {
  readonly text: string;
  readonly names: readonly string[];
}

/** Writes the calls of one piece; `k` makes ids and names unique in the DAG. */
export interface Writer {
  readonly draw: Draw;
  readonly k: number;
  /** `, dag=dag` where no `with` gives the DAG. */
  readonly dag: string;
}

const operator = ({ dag }: Writer, id: string): string =>
  `SparkKubernetesOperator(task_id=${id}, application_file="job.yaml"${dag})`;
const rules = ['all_success', 'all_done', 'none_failed'] as const;

/** `id` is an expression, `watched` the text between the quotes of the pulled id. */
function sensor({ draw, dag }: Writer, id: string, watched: string, mayHaveRule = true): string {
  const pull = `{{ ${draw.pick(['task_instance', 'ti'])}.xcom_pull(task_ids='${watched}')['metadata']['name'] }}`;
  const rule = mayHaveRule && draw.oneIn(12) ? `, trigger_rule="${draw.pick(rules)}"` : '';
  return `SparkKubernetesSensor(task_id=${id}, application_name=${watched.includes('"') ? pull : `"${pull}"`}${rule}${dag})`;
}

const othersRules = [
  'all_done',
  'one_failed',
  'one_success',
  'none_failed',
  'none_failed_min_one_success',
  'one_done',
] as const;
/** A task of another kind; some have a rule of their own. */
export function other({ draw, dag }: Writer, name: string, id: string = `"${name}"`): string {
  const rule = draw.oneIn(8) ? `, trigger_rule="${draw.pick(othersRules)}"` : '';
  return `${name} = Other(task_id=${id}${rule}${dag})\n`;
}

const quoted = (text: string): string => `"${text}"`;

function pair(writer: Writer, t: string, s: string, prefix = ''): string {
  return `${t} = ${operator(writer, quoted(t))}\n${s} = ${sensor(writer, quoted(s), prefix + t)}\n`;
}

function tie({ draw }: Writer, t: string, s: string): string {
  return draw.pick([
    `${t} >> ${s}\n`,
    `${s} << ${t}\n`,
    `${t}.set_downstream(${s})\n`,
    `${s}.set_upstream([${t}])\n`,
    '',
  ]);
}

type Make = (writer: Writer) => Block;

const plain: Make = (writer) => {
  const [t, s] = [`t${writer.k}`, `s${writer.k}`];
  return { text: pair(writer, t, s) + tie(writer, t, s), names: [t, s] };
};

/** Pairs that lists of equal length relate. */
const inPairs: Make = (writer) => {
  const { k } = writer;
  const [t, u, s, v, x, y] = [`t${k}`, `u${k}`, `s${k}`, `v${k}`, `x${k}`, `y${k}`];
  const calls = pair(writer, t, s) + pair(writer, u, v) + other(writer, x) + other(writer, y);
  const chained = writer.draw.pick([
    `chain([${t}, ${u}], [${s}, ${v}], [${x}, ${y}])\n`,
    `chain([${t}, ${u}], [${s}, ${v}])\nchain([${s}, ${v}], [${x}, ${y}])\n`,
    `chain_linear([${t}, ${u}], [${s}, ${v}], [${x}, ${y}])\n`,
    `${t} >> ${s}\n${u} >> ${v}\n[${s}, ${v}] >> ${x} >> ${y}\n`,
    `cross_downstream([${t}, ${u}], [${s}, ${v}])\n[${s}, ${v}] >> ${x}\n`,
    `${t} >> [${s}, ${u}]\n${u} >> ${v}\n${s} >> ${v} >> [${x}, ${y}]\n`,
  ]);
  return { text: calls + chained, names: [t, u, x, y] };
};

const loop: Make = (writer) => {
  const { k, draw } = writer;
  const [from, to] = [`from${k}`, `to${k}`];
  const id = draw.pick([`f"t${k}_{n}"`, `"t${k}_" + n`, `"t${k}_{}".format(n)`, `"t${k}_%s" % n`]);
  const pull = `{{ ti.xcom_pull(task_ids='t${k}_" + n + "')['metadata']['name'] }}`;
  const own = `SparkKubernetesSensor(task_id=f"s${k}_{n}", application_name="${pull}"${writer.dag})`;
  const edges = draw.pick([
    `    ${from} >> t >> s >> ${to}\n`,
    `    ${from} >> t\n    t >> s\n    s >> ${to}\n`,
    `    chain(${from}, t, s, ${to})\n`,
    `    s.set_upstream(t)\n    ${to} << s\n    t << ${from}\n`,
    '    t >> s\n',
    `    ${from} >> t >> s\n`,
  ]);
  const body = `for n in ["x", "y"]:\n    t = ${operator(writer, id)}\n    s = ${own}\n${edges}`;
  return { text: other(writer, from) + other(writer, to) + body, names: [from, to] };
};

/** Each turn runs behind the one before. */
const carried: Make = (writer) => {
  const { k } = writer;
  const pull = `{{ ti.xcom_pull(task_ids='t${k}_" + n + "')['metadata']['name'] }}`;
  const own = `SparkKubernetesSensor(task_id=f"s${k}_{n}", application_name="${pull}"${writer.dag})`;
  const body = `last = from${k}\nfor n in ["x", "y"]:\n    t = ${operator(writer, `f"t${k}_{n}"`)}\n    s = ${own}\n    last >> t >> s\n    last = s\nlast >> to${k}\n`;
  return { text: other(writer, `from${k}`) + other(writer, `to${k}`) + body, names: [`from${k}`, `to${k}`] };
};

const group: Make = (writer) => {
  const { k, draw } = writer;
  const [t, s, x] = [`t${k}`, `s${k}`, `x${k}`];
  const named = draw.oneIn(2);
  const inside = draw.pick([
    `${t} >> ${s}\n`,
    `${t} >> ${s} >> ${x}\n`,
    `${x} >> ${t} >> ${s}\n`,
    `[${t} >> ${s}, ${x}]\n`,
  ]);
  const calls = pair(writer, t, s, `g${k}.`) + other(writer, x) + inside;
  const around = `with TaskGroup("g${k}"${writer.dag})${named ? ` as g${k}` : ''}:\n${indented(calls)}`;
  return { text: around, names: named && draw.oneIn(2) ? [`g${k}`] : [t, s] };
};

const nested: Make = (writer) => {
  const { k } = writer;
  const [t, s] = [`t${k}`, `s${k}`];
  const calls = pair(writer, t, s, `g${k}.h.`) + tie(writer, t, s);
  const inner = `with TaskGroup("h"${writer.dag}):\n${indented(calls)}`;
  return { text: `with TaskGroup("g${k}"${writer.dag}):\n${indented(inner)}`, names: [t, s] };
};

const factory: Make = (writer) => {
  const { k, draw } = writer;
  const pull = `{{ ti.xcom_pull(task_ids='t${k}_" + n + "')['metadata']['name'] }}`;
  const own = `SparkKubernetesSensor(task_id=f"s${k}_{n}", application_name="${pull}"${writer.dag})`;
  const [returned, used] = draw.pick([
    ['t, s', `p${k}, q${k} = make${k}("x")\n`],
    ['s', `q${k} = make${k}("x")\n`],
    ['t', `q${k} = make${k}("x")\n`],
  ]);
  const body = `def make${k}(n):\n    t = ${operator(writer, `f"t${k}_{n}"`)}\n    s = ${own}\n    t >> s\n    return ${returned}\n${used}`;
  return { text: body, names: [`q${k}`] };
};

const inDict: Make = (writer) => {
  const { k } = writer;
  const tasks = `tasks${k}`;
  const text = `${tasks} = {}\n${tasks}["t"] = ${operator(writer, `"t${k}"`)}\n${tasks}["s"] = ${sensor(writer, `"s${k}"`, `t${k}`)}\n${other(writer, `x${k}`)}${tasks}["t"] >> ${tasks}["s"] >> x${k}\n`;
  return { text, names: [`x${k}`] };
};

const inList: Make = (writer) => {
  const { k, draw } = writer;
  const [t, s, x] = [`t${k}`, `s${k}`, `x${k}`];
  const kept = draw.pick([
    `steps = [${t}, ${s}, ${x}]\nchain(*steps)\n`,
    `chain(*[${t}, ${s}, ${x}])\n`,
    `for one in [${s}]:\n    ${t} >> one >> ${x}\n`,
  ]);
  return { text: pair(writer, t, s) + other(writer, x) + kept, names: [x] };
};

const taskflow: Make = (writer) => {
  const { k, draw } = writer;
  const [t, s] = [`t${k}`, `s${k}`];
  const define = `@task(task_id="f${k}"${writer.dag})\ndef f${k}(value=None):\n    return value\n\n`;
  const use = draw.pick([
    `r${k} = f${k}()\nr${k} >> ${t} >> ${s}\n`,
    `r${k} = f${k}()\n${t} >> ${s} >> r${k}\n`,
    `${t} >> ${s}\nr${k} = f${k}(${s}.output)\n`,
    `${t} >> ${s} >> f${k}()\nr${k} = ${s}\n`,
  ]);
  return { text: define + pair(writer, t, s) + use, names: [] };
};

const rebound: Make = (writer) => {
  const { k, draw } = writer;
  const turn = (n: number): string =>
    `t = ${operator(writer, `"t${k}_${n}"`)}\ns = ${sensor(writer, `"s${k}_${n}"`, `t${k}_${n}`)}\n${draw.pick(['from_ >> t >> s\n', 't >> s\n', 't >> s >> to_\n', 'from_ >> t >> s >> to_\n']).replace(/(from|to)_/g, `$1${k}`)}`;
  const others = other(writer, `from${k}`) + other(writer, `to${k}`);
  return { text: others + turn(0) + turn(1), names: [`from${k}`, `to${k}`] };
};

const inExpression: Make = (writer) => {
  const { k, draw } = writer;
  const own = sensor(writer, `"s${k}"`, `t${k}`);
  const text = draw.pick([
    `t${k} >> ${own} >> x${k}\n`,
    `t${k} >> ${own}\n`,
    `chain(t${k}, ${own}, x${k})\n`,
    `x${k} << ${own} << t${k}\n`,
  ]);
  return { text: `t${k} = ${operator(writer, `"t${k}"`)}\n${other(writer, `x${k}`)}${text}`, names: [`t${k}`] };
};

const atOnce: Make = (writer) => {
  const [t, s] = [`t${writer.k}`, `s${writer.k}`];
  const text = `${t}, ${s} = ${operator(writer, quoted(t))}, ${sensor(writer, quoted(s), t)}\n${t} >> ${s}\n`;
  return { text, names: [t, s] };
};

const byOutput: Make = (writer) => {
  const [t, s] = [`t${writer.k}`, `s${writer.k}`];
  const name = writer.draw.pick([`${t}.output["metadata"]["name"]`, `f"{${t}.output['metadata']['name']}"`]);
  const own = `${s} = SparkKubernetesSensor(task_id="${s}", application_name=${name}${writer.dag})\n`;
  const text = `${t} = ${operator(writer, quoted(t))}\n${own}${writer.draw.pick([`${t} >> ${s}\n`, ''])}`;
  return { text, names: [t, s] };
};

const teardown: Make = (writer) => {
  const [t, s, c] = [`t${writer.k}`, `s${writer.k}`, `c${writer.k}`];
  const ends = writer.draw.pick([
    `${t} >> ${s} >> ${c}.as_teardown(setups=${t})\n`,
    `${c}.as_teardown(setups=[${t}])\n${t} >> ${s} >> ${c}\n`,
  ]);
  // What follows a setup must have the usual rule.
  const calls = `${t} = ${operator(writer, quoted(t))}\n${s} = ${sensor(writer, quoted(s), t, false)}\n`;
  return { text: `${calls}${c} = Other(task_id="${c}"${writer.dag})\n${ends}`, names: [] };
};

const branch: Make = (writer) => {
  const [t, s] = [`t${writer.k}`, `s${writer.k}`];
  const own = `${s} = ${sensor(writer, quoted(s), t)}\n${t} >> ${s}\n`;
  const text = writer.draw.pick([
    `if True:\n${indented(`${t} = ${operator(writer, quoted(t))}\n${own}`)}`,
    `${t} = ${operator(writer, quoted(t))}\nif True:\n${indented(own)}`,
  ]);
  return { text, names: [t, s] };
};

const severalSensors: Make = (writer) => {
  const [t, s, v] = [`t${writer.k}`, `s${writer.k}`, `v${writer.k}`];
  const edges = writer.draw.pick([`${t} >> [${s}, ${v}]\n`, `${t} >> ${s} >> ${v}\n`, `${t} >> (${s}, ${v})\n`]);
  return { text: `${pair(writer, t, s)}${v} = ${sensor(writer, quoted(v), t)}\n${edges}`, names: [t, s, v] };
};

/** One sensor for two jobs of the same name, told apart by the order only. */
const byName: Make = (writer) => {
  const [t, s, x] = [`t${writer.k}`, `s${writer.k}`, `x${writer.k}`];
  const own = `${s} = SparkKubernetesSensor(task_id="${s}", application_name="job"${writer.dag})\n`;
  return {
    text: `${t} = ${operator(writer, quoted(t))}\n${own}${other(writer, x)}${t} >> ${s} >> ${x}\n`,
    names: [t, s, x],
  };
};

export const indented = (text: string, by = '    '): string => text.replace(/^(?=.)/gm, by);

export const blocks: readonly [Make, ...Make[]] = [
  plain,
  plain,
  plain,
  inPairs,
  loop,
  carried,
  group,
  nested,
  factory,
  inDict,
  inList,
  taskflow,
  rebound,
  inExpression,
  atOnce,
  byOutput,
  teardown,
  branch,
  severalSensors,
  byName,
];
