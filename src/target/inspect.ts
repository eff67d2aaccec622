/** Reads what a target operator can do from its source: parameters, template fields, on_kill. Nothing is executed. */
import type { TargetOperator } from '../model.ts';
import { placeAt } from '../parser/places.ts';
import { readNames } from '../parser/scopes.ts';
import { childOf, descend, type Node, namedChildren, type Python, type SyntaxTree } from '../parser/syntax.ts';
import { evaluate, type Module } from '../parser/values.ts';
import { profiledOperator } from './profiles.ts';

export type Inspection =
  | { readonly ok: true; readonly operator: Omit<TargetOperator, 'module' | 'className'> }
  | { readonly ok: false; readonly reason: string };

/** What one class adds to its base. */
interface OwnTraits {
  readonly parameters: readonly string[];
  readonly templateFields: readonly string[] | null;
  readonly templateExtensions: readonly string[] | null;
  readonly cancels: boolean;
  readonly acceptsDict: boolean;
  /** Offsets that show it, by property of `TargetOperator`. */
  readonly places: readonly (readonly [property: string, offset: number])[];
}

/** Inspects the class of that name. Bases in the same file are followed; one from `bpg_operator` is the published operator. */
export function inspectOperator(python: Python, file: string, text: string, className: string): Inspection {
  const tree = python.parse(text);
  if (tree.errors.length > 0) return { ok: false, reason: 'it does not parse' };
  const module: Module = { text, names: readNames(tree) };
  const traits = new Map<string, OwnTraits>();
  let name = className;
  let published = false;
  for (;;) {
    const definition = classNamed(tree, module, name);
    if (definition === null && traits.size === 0) return { ok: false, reason: `it holds no class ${className}` };
    if (definition === null) {
      published = cameFromPublished(text, name);
      if (!published && !name.endsWith('BaseOperator'))
        return { ok: false, reason: `the base class ${name} is not in the file` };
      break;
    }
    traits.set(name, readTraits(module, definition));
    const base = baseOf(module, definition);
    if (base === null || traits.has(base)) break;
    name = base;
  }
  return { ok: true, operator: combine([...traits.values()], published, file, text) };
}

function combine(
  traits: readonly OwnTraits[],
  published: boolean,
  file: string,
  text: string,
): Omit<TargetOperator, 'module' | 'className'> {
  const base = profiledOperator('bpg_operator.BPGOperator', 'published');
  const parameters = new Set([...(published ? base.parameters : []), ...traits.flatMap((own) => own.parameters)]);
  const first = <K extends 'templateFields' | 'templateExtensions'>(key: K) =>
    traits.find((own) => own[key] !== null)?.[key] ?? [];
  // The published class imports what Airflow 3 lacks, and whoever calls `self.xcom_push` fails there after the submission.
  const old = published || /\bapply_defaults\b/.test(text) || /\bself\.xcom_push\b/.test(text);
  return {
    origin: 'inspected',
    assumed: false,
    parameters,
    templateFields: first('templateFields'),
    templateExtensions: first('templateExtensions'),
    deferrable: parameters.has('deferrable'),
    cancels: traits.some(({ cancels }) => cancels),
    reattaches: parameters.has('reattach_on_restart'),
    acceptsDict: traits.some(({ acceptsDict }) => acceptsDict),
    runsOnAirflow3: !old,
    evidence: Object.fromEntries(
      traits.flatMap(({ places }) => places).map(([name, offset]) => [name, placeAt(file, text, offset)]),
    ),
  };
}

function classNamed(tree: SyntaxTree, module: Module, name: string): Node | null {
  for (const node of descend(tree.root)) {
    const own = node.type === 'class_definition' ? childOf(node, 'name') : null;
    if (own !== null && module.text.slice(own.start, own.end) === name) return node;
  }
  return null;
}

function baseOf(module: Module, definition: Node): string | null {
  const bases = childOf(definition, 'superclasses');
  const first =
    bases === null ? undefined : namedChildren(bases).find(({ type }) => type === 'identifier' || type === 'attribute');
  return first === undefined ? null : (module.text.slice(first.start, first.end).split('.').at(-1) ?? null);
}

function cameFromPublished(text: string, name: string): boolean {
  return new RegExp(`from\\s+[\\w.]*bpg_operator\\s+import\\s+[^\\n]*\\b${name}\\b`).test(text);
}

function readTraits(module: Module, definition: Node): OwnTraits {
  const body = childOf(definition, 'body');
  const statements = body === null ? [] : namedChildren(body);
  const functions = statements.map((node) =>
    node.type === 'decorated_definition' ? (childOf(node, 'definition') ?? node) : node,
  );
  const named = (name: string): Node | undefined =>
    functions.find((node) => {
      const own = node.type === 'function_definition' ? childOf(node, 'name') : null;
      return own !== null && module.text.slice(own.start, own.end) === name;
    });
  const init = named('__init__');
  return {
    parameters: init === undefined ? [] : parametersOf(module, init),
    templateFields: stringsOf(module, statements, 'template_fields'),
    templateExtensions: stringsOf(module, statements, 'template_ext'),
    cancels: named('on_kill') !== undefined,
    acceptsDict: init !== undefined && saysDict(module, init),
    places: placesOf(module, statements, init, named('on_kill')),
  };
}

function placesOf(
  module: Module,
  statements: readonly Node[],
  init: Node | undefined,
  onKill: Node | undefined,
): [string, number][] {
  const attribute = (name: string): Node | undefined =>
    statements.find((node) => module.text.slice(node.start, node.end).startsWith(name));
  const found: [string, Node | undefined][] = [
    ['parameters', init],
    ['templateFields', attribute('template_fields')],
    ['templateExtensions', attribute('template_ext')],
    ['cancels', onKill],
  ];
  return found.flatMap(([name, node]) => (node === undefined ? [] : [[name, node.start] as [string, number]]));
}

/** The constructor's own type of `application_content` names a dict. */
function saysDict(module: Module, init: Node): boolean {
  const list = childOf(init, 'parameters');
  const typed = list === null ? [] : namedChildren(list).map((node) => module.text.slice(node.start, node.end));
  return typed.some((text) => /^application_content\s*:[^=]*\b(?:dict|Dict|Mapping|MutableMapping)\b/.test(text));
}

function parametersOf(module: Module, init: Node): string[] {
  const list = childOf(init, 'parameters');
  return (list === null ? [] : namedChildren(list)).flatMap((parameter) => {
    if (parameter.type.endsWith('splat_pattern')) return [];
    const name =
      parameter.type === 'identifier' ? parameter : (childOf(parameter, 'name') ?? namedChildren(parameter)[0]);
    const text =
      name === undefined || name.type.endsWith('splat_pattern') ? '' : module.text.slice(name.start, name.end);
    return text === '' || text === 'self' ? [] : [text];
  });
}

/** The strings of a class attribute, null where the class does not set it. */
function stringsOf(module: Module, statements: readonly Node[], name: string): readonly string[] | null {
  for (const statement of statements) {
    const assignment = namedChildren(statement).find(({ type }) => type === 'assignment');
    const [left, right] =
      assignment === undefined ? [null, null] : [childOf(assignment, 'left'), childOf(assignment, 'right')];
    if (left === null || right === null || module.text.slice(left.start, left.end) !== name) continue;
    const value = evaluate(module, right);
    const items = value.kind === 'known' && Array.isArray(value.value) ? value.value : [];
    return items.filter((item) => typeof item === 'string');
  }
  return null;
}
