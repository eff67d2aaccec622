/** Ways to reach a source class that no name shows: `import *`, and its dotted name in a string. */
import type { OtherUse, SourceClass, StringFact } from '../model.ts';
import { placeAt } from './places.ts';
import { childOf, descend, type SyntaxTree } from './syntax.ts';

const MODULES: Readonly<Record<string, SourceClass>> = {
  'airflow.providers.cncf.kubernetes.operators.spark_kubernetes': 'SparkKubernetesOperator',
  'airflow.providers.cncf.kubernetes.sensors.spark_kubernetes': 'SparkKubernetesSensor',
};

/** `import_string("airflow.….SparkKubernetesOperator")`, `import_module("airflow.….spark_kubernetes")`, `from … import *`. */
export function hiddenUses(tree: SyntaxTree, strings: readonly StringFact[], file: string): readonly OtherUse[] {
  const uses: OtherUse[] = [];
  for (const { span, value } of strings) {
    const [, path = '', name] = /^([\w.]+\.spark_kubernetes)(?:[.:](\w+))?$/.exec(value) ?? [];
    const className = MODULES[path];
    if (className !== undefined && (name === undefined || name === className))
      uses.push({ className, place: placeAt(file, tree.text, span.start), text: value });
  }
  if (!/import\s*\*/.test(tree.text)) return uses;
  for (const node of descend(tree.root)) {
    if (node.type !== 'import_from_statement' || !node.children.some(({ type }) => type === 'wildcard_import'))
      continue;
    const from = childOf(node, 'module_name');
    const className = from === null ? undefined : MODULES[tree.text.slice(from.start, from.end)];
    if (className !== undefined)
      uses.push({
        className,
        place: placeAt(file, tree.text, node.start),
        text: tree.text.slice(node.start, node.end),
      });
  }
  return uses;
}
