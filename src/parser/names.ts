/** Names of one file: who binds them, who reads them, and which binding a reader may meet. */
import type { Node } from './syntax.ts';

export type BindingKind = 'import' | 'assign' | 'parameter' | 'definition' | 'target' | 'delete';

export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  /** The identifier (or dotted name) that is bound. */
  readonly node: Node;
  /** The expression that is bound, where that is all there is to it. */
  readonly value: Node | null;
  /** Offset from which it holds: the end of its statement, for `x = f(x)` reads the old `x`. */
  readonly effect: number;
  /** True when it may not happen: inside if, for, while, try, match. */
  readonly conditional: boolean;
  /** True when it happens whenever something else runs (`global x` in a function). */
  readonly late: boolean;
  readonly scope: Scope;
}

export interface Scope {
  readonly kind: 'module' | 'function' | 'class' | 'inner';
  readonly node: Node;
  readonly parent: Scope | null;
  /** By name, in the order in which they take effect. */
  readonly bindings: Map<string, Binding[]>;
  /** Names declared `global` or `nonlocal`. */
  readonly outer: Map<string, 'global' | 'nonlocal'>;
}

export interface Reference {
  readonly name: string;
  readonly node: Node;
}

export interface Names {
  readonly module: Scope;
  readonly references: readonly Reference[];
  readonly bindings: readonly Binding[];
  /** The scope that a node stands in. */
  scopeAt(node: Node): Scope;
  /** Every binding that may supply the name at this place, in source order; empty for builtins and the unknown. */
  resolve(name: string, at: Node): readonly Binding[];
  /** The identifiers that read a name, anywhere in the file, in source order. */
  readersOf(name: string): readonly Node[];
  /** The identifiers that a binding may supply, in source order. */
  usesOf(binding: Binding): readonly Node[];
}
