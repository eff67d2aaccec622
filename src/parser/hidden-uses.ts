/** What no name shows: the dotted name of a source class in a string, and copies of it under its own name. */
import type { OtherUse, SourceClass, StringFact } from '../model.ts';
import { placeAt } from './places.ts';
import { childOf, descend, type SyntaxTree } from './syntax.ts';

const MODULES: Readonly<Record<string, SourceClass>> = {
  'airflow.providers.cncf.kubernetes.operators.spark_kubernetes': 'SparkKubernetesOperator',
  'airflow.providers.cncf.kubernetes.sensors.spark_kubernetes': 'SparkKubernetesSensor',
};

/** `import_string("airflow.….SparkKubernetesOperator")`, `import_module("airflow.….spark_kubernetes")`, and copies. */
export function hiddenUses(tree: SyntaxTree, strings: readonly StringFact[], file: string): readonly OtherUse[] {
  const uses: OtherUse[] = [];
  for (const { span, value } of strings) {
    const [, path = '', name] = /^([\w.]+\.spark_kubernetes)(?:[.:](\w+))?$/.exec(value) ?? [];
    const className = MODULES[path];
    if (className !== undefined && (name === undefined || name === className))
      uses.push({ className, place: placeAt(file, tree.text, span.start), text: value });
  }
  return [...uses, ...copies(tree, file)];
}

const NAMES: readonly SourceClass[] = ['SparkKubernetesOperator', 'SparkKubernetesSensor'];

/** Classes of the same name that the project defines itself: whatever they do, they are not the provider's. */
function copies(tree: SyntaxTree, file: string): readonly OtherUse[] {
  const found: OtherUse[] = [];
  if (!/\bclass\s/.test(tree.text)) return found;
  for (const node of descend(tree.root)) {
    const name = node.type === 'class_definition' ? childOf(node, 'name') : null;
    const className = NAMES.find((one) => name !== null && tree.text.slice(name.start, name.end) === one);
    if (className === undefined) continue;
    const header = tree.text.slice(node.start, childOf(node, 'body')?.start ?? node.end).trim();
    found.push({ className, place: placeAt(file, tree.text, node.start), text: `${header} (a copy, left alone)` });
  }
  return found;
}
