/** Subclasses that change nothing of what the operator does: other template suffixes, a docstring, a plain `__init__`. */
import { type Module, textOf } from './constants.ts';
import { childOf, type Node, namedChildren } from './syntax.ts';
import { evaluate } from './values.ts';

export interface PlainSubclass {
  readonly base: Node;
  /** Of `template_ext`. */
  readonly extensions: readonly string[];
}

/** Attributes about templates and colours: none has a part in what is submitted. */
const HARMLESS = ['template_ext', 'template_fields', 'template_fields_renderers', 'ui_color', 'ui_fgcolor'];

/** A class with one base and a body that adds nothing; null for any other definition. */
export function plainSubclass(module: Module, definition: Node): PlainSubclass | null {
  const bases = childOf(definition, 'superclasses');
  const body = childOf(definition, 'body');
  const [base, ...others] = bases === null ? [] : namedChildren(bases);
  if (definition.type !== 'class_definition' || base === undefined || others.length > 0 || body === null) return null;
  const extensions: string[] = [];
  for (const statement of namedChildren(body)) {
    const only = statement.type === 'expression_statement' ? namedChildren(statement)[0] : undefined;
    if (statement.type === 'pass_statement' || only?.type === 'string' || only?.type === 'ellipsis') continue;
    if (statement.type === 'function_definition' && isPlainInit(module, statement)) continue;
    const left = only?.type === 'assignment' ? childOf(only, 'left') : null;
    const right = only?.type === 'assignment' ? childOf(only, 'right') : null;
    if (left === null || right === null || !HARMLESS.includes(textOf(module, left))) return null;
    if (textOf(module, left) === 'template_ext') extensions.push(...textsOf(module, right));
  }
  return { base, extensions };
}

function textsOf(module: Module, node: Node): readonly string[] {
  const fact = evaluate(module, node);
  const items = fact.kind === 'known' && Array.isArray(fact.value) ? fact.value : [];
  return items.filter((item) => typeof item === 'string');
}

/** `def __init__(self, *args, **kwargs): super().__init__(*args, **kwargs)`. */
function isPlainInit(module: Module, definition: Node): boolean {
  const [name, body] = [childOf(definition, 'name'), childOf(definition, 'body')];
  const parameters = namedChildren(childOf(definition, 'parameters') ?? definition).slice(1);
  if (name === null || body === null || textOf(module, name) !== '__init__') return false;
  if (!parameters.every((one) => /^\*{1,2}\w+(?:\s*:.*)?$/s.test(textOf(module, one)))) return false;
  const statements = namedChildren(body);
  const text = statements.length === 1 && statements[0] !== undefined ? textOf(module, statements[0]) : '';
  return /^super\((?:\w+,self)?\)\.__init__\((?:\*\w+)?,?(?:\*\*\w+)?,?\)$/.test(text.replace(/\s/g, ''));
}

/**
 * The one `super().__init__(…)` of a class that only gives defaults: what it passes on is what the operator gets. Else what
 * the class does beyond that.
 */
export function superCallOf(module: Module, definition: Node): { readonly call: Node } | { readonly because: string } {
  const body = childOf(definition, 'body');
  const bases = childOf(definition, 'superclasses');
  if (body === null || bases === null || namedChildren(bases).length !== 1) return { because: 'it has several bases' };
  let init: Node | null = null;
  for (const statement of namedChildren(body)) {
    const name = statement.type === 'function_definition' ? childOf(statement, 'name') : null;
    if (name !== null && textOf(module, name) === '__init__') init = statement;
    else {
      const because = extraOf(module, statement, name);
      if (because !== null) return { because };
    }
  }
  const call = init === null ? null : onlySuperCall(module, init);
  return call === null ? { because: 'its __init__ does more than pass arguments on' } : { call };
}

/** What a statement in the body of the class adds, null for nothing. */
function extraOf(module: Module, statement: Node, method: Node | null): string | null {
  const only = statement.type === 'expression_statement' ? namedChildren(statement)[0] : undefined;
  if (statement.type === 'pass_statement' || only?.type === 'string' || only?.type === 'ellipsis') return null;
  if (method !== null) return `it defines ${textOf(module, method)}`;
  const left = only?.type === 'assignment' ? childOf(only, 'left') : null;
  if (left === null) return 'its body holds other statements';
  const text = textOf(module, left);
  // The new operator has no attribute of the names that the old one renders.
  return HARMLESS.includes(text) && !text.startsWith('template_fields') ? null : `it sets ${text}`;
}

function onlySuperCall(module: Module, init: Node): Node | null {
  const [only, ...others] = namedChildren(childOf(init, 'body') ?? init).filter(
    (one) => namedChildren(one)[0]?.type !== 'string',
  );
  const call = only?.type === 'expression_statement' ? namedChildren(only)[0] : undefined;
  const callee = call?.type === 'call' ? childOf(call, 'function') : null;
  if (call === undefined || callee === null || others.length > 0) return null;
  return /^super\((?:\w+,self)?\)\.__init__$/.test(textOf(module, callee).replace(/\s/g, '')) ? call : null;
}
