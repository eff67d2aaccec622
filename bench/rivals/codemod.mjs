// The same three renames for the codemod engine.
export default async function transform(root) {
  const tree = root.root();
  const edits = [];
  for (const call of tree.findAll({
    rule: { kind: 'call', has: { field: 'function', regex: '^SparkKubernetesOperator$' } },
  })) {
    const callee = call.field('function');
    if (callee !== null) edits.push(callee.replace('BPGOperator'));
    for (const argument of call.findAll({ rule: { kind: 'keyword_argument' } })) {
      const name = argument.field('name');
      if (name?.text() === 'kubernetes_conn_id') edits.push(name.replace('connection_id'));
    }
  }
  for (const statement of tree.findAll({
    rule: { kind: 'import_from_statement', regex: 'import SparkKubernetesOperator$' },
  }))
    edits.push(statement.replace('from bpg_operator import BPGOperator'));
  return edits.length === 0 ? null : tree.commitEdits(edits);
}
