import { expect, test } from 'vitest';
import { readPythonFile } from '../../src/parser/read-file.ts';
import { loadPython } from '../../src/parser/syntax.ts';
import { affectedFiles } from '../../src/rewriter/affected.ts';

const python = await loadPython();
const files = Object.entries({
  'dags/by_name.py': 'Op(application_file="spark/load.yaml")\n',
  'dags/translated.py': 'Op(application_content="load.bpg.yaml")\n',
  'dags/other.py': 'Op(application_file="other.yaml")\n',
  'dags/common/__init__.py': '',
  'dags/common/spark.py': 'from .paths import ROOT\n',
  'dags/importer.py': 'from common.spark import make\n',
  'dags/package.py': 'from dags import common\n',
  'dags/plain.py': 'import spark.paths\nfrom commons.spark import x\n',
}).map(([path, text]) => readPythonFile(python, { path, text, encoding: 'utf-8' }, 'bpg_operator.BPGOperator'));
const affected = (...changed: string[]): string[] => [...affectedFiles(files, new Set(changed))].sort();

test.each([
  ['nothing', [], []],
  ['a DAG', ['dags/other.py'], ['dags/other.py']],
  ['a document, and what was translated from it', ['dags/spark/load.yaml'], ['dags/by_name.py', 'dags/translated.py']],
  ['a translated document', ['dags/load.bpg.yaml'], ['dags/translated.py']],
  ['a module, through those that import it', ['dags/common/paths.py'], ['dags/common/spark.py', 'dags/importer.py']],
  ['a package', ['dags/common/__init__.py'], ['dags/common/__init__.py', 'dags/package.py']],
  ['what nobody names', ['README.md', 'dags/spark/elsewhere.yaml', 'dags/unknown.py'], []],
])('%s', (_, changed, expected) => {
  expect(affected(...changed)).toEqual(expected);
});
