/** What an identifier does where it stands: bind a name, read it, or neither (an attribute, a keyword). */
import type { BindingKind } from './names.ts';
import { ancestor, type Node } from './syntax.ts';

export type Role = 'none' | 'load' | Exclude<BindingKind, 'import'>;

const PATTERNS = ['pattern_list', 'tuple_pattern', 'list_pattern', 'list_splat_pattern'];

export function roleOf(node: Node, parent: Node): Role {
  switch (parent.type) {
    case 'attribute':
      return node.field === 'attribute' ? 'none' : 'load';
    case 'keyword_argument':
      return node.field === 'name' ? 'none' : 'load';
    case 'dotted_name':
      return parent.parent?.type === 'case_pattern' && parent.children.length === 1 ? 'target' : 'none';
    case 'aliased_import':
    case 'import_from_statement':
    case 'import_statement':
    case 'global_statement':
    case 'nonlocal_statement':
      return 'none';
    case 'function_definition':
    case 'class_definition':
      return node.field === 'name' ? 'definition' : 'load';
    case 'assignment':
      return node.field === 'left' ? 'assign' : 'load';
    case 'augmented_assignment':
      return node.field === 'left' ? 'target' : 'load';
    case 'named_expression':
      return node.field === 'name' ? 'assign' : 'load';
    case 'as_pattern_target':
      return 'target';
    case 'delete_statement':
      return 'delete';
    case 'expression_list':
      return parent.parent?.type === 'delete_statement' ? 'delete' : 'load';
    case 'for_statement':
    case 'for_in_clause':
      return node.field === 'left' ? 'target' : 'load';
    case 'tuple':
    case 'list':
      return inTarget(parent);
    default:
      return isParameterName(node) ? parameterOrTarget(node) : PATTERNS.includes(parent.type) ? 'target' : 'load';
  }
}

/** `with f() as (a, b)` and `del (a, b)` are read as tuples of expressions. */
function inTarget(display: Node): Role {
  let outer: Node | null = display;
  while (outer?.type === 'tuple' || outer?.type === 'list') outer = outer.parent;
  if (outer?.type === 'as_pattern_target') return 'target';
  return outer?.type === 'delete_statement' ? 'delete' : 'load';
}

/** `*rest` is a parameter in a signature and a target in an assignment. */
function parameterOrTarget(node: Node): Role {
  const holder = ancestor(node, ['parameters', 'lambda_parameters', 'assignment', 'for_statement', 'for_in_clause']);
  return holder?.type.endsWith('parameters') ? 'parameter' : 'target';
}

function isParameterName(node: Node): boolean {
  const parent = node.parent;
  if (parent === null) return false;
  if (parent.type === 'parameters' || parent.type === 'lambda_parameters') return true;
  if (parent.type === 'default_parameter' || parent.type === 'typed_default_parameter') return node.field === 'name';
  if (parent.type === 'typed_parameter') return node.type === 'identifier' && node.field !== 'type';
  return parent.type === 'list_splat_pattern' || parent.type === 'dictionary_splat_pattern';
}
