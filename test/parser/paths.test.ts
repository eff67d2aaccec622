import { describe, expect, it } from 'vitest';
import type { PayloadSource } from '../../src/model.ts';
import { imports, read } from './read.ts';

function payloadOf(expression: string, before = ''): PayloadSource {
  const text = `${imports}import os\nimport yaml\nfrom os.path import dirname\nfrom pathlib import Path\n${before}\nSparkKubernetesOperator(task_id="t", application_file=${expression})\n`;
  const [task] = read(text, 'dags/team/a.py').tasks;
  if (task === undefined) throw new Error('no task was found');
  return task.payload;
}

describe('paths', () => {
  it.each<[string, string, 'written' | 'project', string]>([
    ['os.path.join(os.path.dirname(__file__), "x.yaml")', '', 'project', 'dags/team/x.yaml'],
    ['os.path.join(dirname(os.path.abspath(__file__)), "..", "x.yaml")', '', 'project', 'dags/x.yaml'],
    ['str(Path(__file__).parent / "s" / "x.yaml")', '', 'project', 'dags/team/s/x.yaml'],
    ['str(Path(__file__).resolve().parents[2] / "x.yaml")', '', 'project', 'x.yaml'],
    ['Path(__file__).with_name("x.yml").as_posix()', '', 'project', 'dags/team/x.yml'],
    ['str(HERE.joinpath("s", "x.json"))', 'HERE = Path(__file__).parent', 'project', 'dags/team/s/x.json'],
    ['HERE + "/x.yaml"', 'HERE = os.path.dirname(os.path.realpath(__file__))', 'project', 'dags/team/x.yaml'],
    ['"{}/x.yaml".format(HERE)', 'HERE = os.path.dirname(__file__)', 'project', 'dags/team/x.yaml'],
    ['"%s/x.yaml" % HERE', 'HERE = os.path.dirname(__file__)', 'project', 'dags/team/x.yaml'],
    ['f"{HERE}/x.yaml"', 'HERE = os.path.dirname(__file__)', 'project', 'dags/team/x.yaml'],
    ['os.path.join("/a", "/b", "x.yaml")', '', 'written', '/b/x.yaml'],
    [
      'os.path.join(HOME, "x.yaml")',
      'HOME = os.getenv("AIRFLOW_HOME", "/opt/airflow")',
      'written',
      '/opt/airflow/x.yaml',
    ],
    ['os.path.join(HOME, "x.yaml")', 'HOME = os.environ["AIRFLOW_HOME"]', 'written', '\uFFFC/x.yaml'],
    ['f"{HOME}/x.yaml"', 'HOME = Variable.get("home")', 'written', '\uFFFC/x.yaml'],
    ['f"{E}/x.yaml"', 'E = os.getenv("ENV", "dev")', 'written', '\uFFFC/x.yaml'],
    ['f"{E}/x.yaml"', 'E = name or "dev"', 'written', '\uFFFC/x.yaml'],
    ['in_folder("x.yaml")', 'def in_folder(name):\n    return os.path.join("apps", name)', 'written', 'apps/x.yaml'],
    ['PATHS["a"]', 'PATHS = {"a": Path("apps") / "x.yaml"}', 'written', 'apps/x.yaml'],
  ])('%s with %s', (expression, before, from, text) => {
    expect(payloadOf(expression, before)).toMatchObject({ kind: 'file', form: 'path', paths: [{ from, text }] });
  });

  it.each<[string, string, 'text' | 'data']>([
    ['open("x.yaml").read()', '', 'text'],
    ['Path("x.yaml").read_text()', '', 'text'],
    ['Path("x.yaml").open().read()', '', 'text'],
    ['yaml.safe_load(open("x.yaml"))', '', 'data'],
    ['yaml.safe_load(Path("x.yaml").read_text())', '', 'data'],
    ['yaml.dump(SPEC)', 'with open("x.yaml") as f:\n    SPEC = yaml.safe_load(f)', 'text'],
    ['TEXT', 'with open("x.yaml") as f:\n    TEXT = f.read()', 'text'],
    ['load("x.yaml")', 'def load(name):\n    with open(name) as f:\n        return f.read()', 'text'],
  ])('%s reads the file', (expression, before, form) => {
    expect(payloadOf(expression, before)).toMatchObject({ kind: 'file', form, paths: [{ text: 'x.yaml' }] });
  });

  it.each([
    ['build("x.yaml")', ''],
    ['yaml.dump(SPEC)', 'SPEC = yaml.safe_load(open("x.yaml"))\nSPEC["spec"]["image"] = tag()'],
    ['load("x.yaml")', 'def load(name):\n    if name:\n        return open(name).read()\n    return ""'],
    ['PATH', 'PATH = "x.yaml"\nif a:\n    PATH = other()'],
    ['"{{ ti.xcom_pull() }}"', ''],
  ])('%s is not known', (expression, before) => {
    expect(payloadOf(expression, before).kind).toBe('runtime');
  });
});

describe('loops and functions', () => {
  const paths = (text: string) =>
    read(`${imports}${text}`).tasks.map(({ payload }) =>
      payload.kind === 'file' ? payload.paths.map(({ text: path }) => path) : payload.kind,
    );
  const call = (path: string): string => `SparkKubernetesOperator(task_id="t", application_file=${path})\n`;

  it.each([
    ['a list', `for n in ["a", "b"]:\n    ${call('f"{n}.yaml"')}`],
    ['pairs', `for i, (n, _) in enumerate([("a", 1), ("b", 2)]):\n    ${call('f"{n}.yaml"')}`],
    ['the entries of a dict', `J = {"a": 1, "b": 2}\nfor n, j in J.items():\n    ${call('n + ".yaml"')}`],
    ['dicts', `for j in [{"n": "a"}, {"n": "b"}]:\n    ${call('f"{j[\'n\']}.yaml"')}`],
    ['a comprehension', `ts = [${call('f"{n}.yaml"').trim()} for n in ("a", "b")]\n`],
    ['callers', `def f(n, s="yaml"):\n    ${call('f"{n}.{s}"')}\nf("a")\nf(n="b")\n`],
    [
      'callers of callers',
      `def g(p):\n    ${call('p')}\ndef f(n):\n    g(f"{n}.yaml")\nfor x in ["a", "b"]:\n    f(x)\n`,
    ],
  ])('follows %s', (_, text) => {
    expect(paths(text)).toEqual([['a.yaml', 'b.yaml']]);
  });

  it('takes what is not followed for a piece that is not known', () => {
    expect(paths(`for n in names():\n    ${call('f"{n}.yaml"')}`)).toEqual([['\uFFFC.yaml']]);
    expect(paths(`def f(n):\n    ${call('f"{n}.yaml"')}\nmap(f, names)\n`)).toEqual([['\uFFFC.yaml']]);
    expect(paths(`def f(*n):\n    ${call('f"{n}.yaml"')}\nf("a")\n`)).toEqual([['\uFFFC.yaml']]);
  });

  it('ends where a function calls itself', () => {
    expect(paths(`def f(n):\n    ${call('f"{n}.yaml"')}    f(n + "x")\nf("a")\n`)).toEqual([['\uFFFC.yaml']]);
  });
});
