/** What every decision reads: the facts of all files, the options, the target and the era. */
import type { GatewayConfig } from '../effective/index.ts';
import type {
  Alternatives,
  FileFacts,
  Finding,
  FindingArguments,
  Options,
  PayloadStyle,
  Place,
  SparkCall,
  SparkTask,
  TargetOperator,
} from '../model.ts';
import type { ProjectFile } from '../parser/project-files.ts';
import type { Python } from '../parser/syntax.ts';
import type { Era } from './era.ts';
import type { Mentions } from './mentions.ts';
import type { OtherFiles } from './other-files.ts';

/** The call is written anew, gets a switch with both operators, or loses its switch. */
export type ApplyMode = 'edit' | 'switch' | 'final';

export interface Project {
  readonly options: Options;
  readonly target: TargetOperator;
  readonly targetFindings: readonly Finding[];
  readonly style: PayloadStyle | null;
  /** True where the runtime helper is installed. */
  readonly runtimeHelper: boolean;
  /** The gateway's own configuration, where it was given. */
  readonly gateway: GatewayConfig | null;
  readonly era: Era;
  readonly files: readonly FileFacts[];
  readonly python: Python;
  /** Today as an ISO date, for entries that hold until a day; null: nothing expires. */
  readonly today: string | null;
  /** How tasks change; `edit` where nothing is said. */
  readonly mode?: ApplyMode;
  /** What people chose for single tasks over what the configuration says. */
  readonly chosen?: ReadonlyMap<SparkTask, Alternatives>;
  /** Whose a file is by CODEOWNERS; absent where there is none. */
  readonly codeowners?: (file: string) => string | null;
  /** A file of the project, read once. */
  readonly read: (path: string) => ProjectFile;
  /** Paths of all YAML and JSON files of the project, listed when first asked for. */
  readonly documents?: () => readonly string[];
  /** Python files that a second look at the whole tree kept: those that may speak of our tasks. */
  readonly others: OtherFiles;
  /** Who in the repository names tasks by id; absent: nobody looks. */
  readonly mentions?: Mentions;
}

export function finding(code: string, place: Place, args: FindingArguments = {}): Finding {
  return { code, args, place };
}

/** An expression for a message: one line, not too long. */
export function brief(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

/** What holds for a keyword of a call: its own value, one from `default_args`, none, or none that can be seen. */
export type Effective =
  | {
      readonly from: 'call' | 'defaults';
      readonly value: SparkCall['arguments'][number]['value'];
      readonly seconds: number | null;
      readonly text: string;
    }
  | { readonly from: 'nothing' }
  | { readonly from: 'unseen' };

export function effective(call: SparkCall, name: string): Effective {
  const own = call.arguments.find((argument) => argument.name === name);
  if (own !== undefined) return { from: 'call', value: own.value, seconds: own.seconds, text: own.text };
  if (call.arguments.some(({ kind }) => kind === 'double-splat')) return { from: 'unseen' };
  const inherited = call.defaults.entries.get(name);
  if (inherited !== undefined)
    return { from: 'defaults', value: inherited.value, seconds: inherited.seconds, text: inherited.text };
  return call.defaults.complete ? { from: 'nothing' } : { from: 'unseen' };
}

/** The known string of a keyword, null where there is none. */
export function knownText(found: Effective): string | null {
  return 'value' in found && found.value.kind === 'known' && typeof found.value.value === 'string'
    ? found.value.value
    : null;
}

/** True for two views of one DAG of a file: the same, or of the same known id. */
export function isSameDag(a: SparkCall['dag'], b: SparkCall['dag']): boolean {
  if (a === b) return true;
  const id = factText(a?.id);
  return id !== null && id === factText(b?.id);
}

/** The known string of a fact, null for anything else. */
export function factText(fact: SparkCall['taskId'] | null | undefined): string | null {
  return fact?.kind === 'known' && typeof fact.value === 'string' ? fact.value : null;
}

/** The facts of a file of the project, null where it was not read. */
export function factsOf({ files }: Project, path: string): FileFacts | null {
  return files.find(({ source }) => source.path === path) ?? null;
}
