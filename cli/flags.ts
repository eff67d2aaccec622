import type { CommonFlags } from './session.ts';

/** Every flag of every command, as commander hands them over. A flag that was not given is absent. */
export interface Flags extends CommonFlags {
  readonly dag?: readonly string[];
  readonly task?: readonly string[];
  readonly connection?: readonly string[];
  readonly owner?: readonly string[];
  readonly wave?: readonly string[];
  readonly runs?: string;
  readonly record?: boolean;
  /** ISO. */
  readonly now?: string;
  readonly since?: string;
  /** `2/8`. */
  readonly shard?: string;
  readonly verdict?: readonly string[];
  /** One word, or several for `report`. */
  readonly format?: string | readonly string[];
  readonly include?: string;
  readonly check?: boolean;
  readonly allowDirty?: boolean;
  /** `apply`, `diff` and `verify`: how tasks change. */
  readonly mode?: string;
  /** `apply`: only what a review accepted. */
  readonly accepted?: boolean;
  readonly accept?: boolean;
  readonly reject?: boolean;
  readonly skip?: boolean;
  readonly reset?: boolean;
  readonly undo?: boolean;
  readonly redo?: boolean;
  /** `decide`: other ways for a task. */
  readonly sensor?: 'remove' | 'placeholder';
  readonly timeout?: string;
  readonly asPlanned?: boolean;
  readonly edit?: string;
  readonly part?: 'document';
  readonly output?: string;
  readonly split?: string;
  readonly queue?: string;
  readonly losses?: boolean;
  readonly style?: string;
  readonly provider?: string;
  readonly runtimeHelper?: boolean;
  readonly routes?: boolean;
  readonly gateway?: string;
  readonly python?: string;
  readonly before?: string;
  readonly planned?: boolean;
  readonly conf?: string;
  readonly logicalDate?: string;
  readonly passEnv?: readonly string[];
  readonly plugins?: string;
  readonly timeLimit?: string;
  readonly allowNetwork?: boolean;
}
