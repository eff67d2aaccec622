import type { ExitCode } from './exit-codes.ts';
import type { Flags } from './flags.ts';
import type { Session } from './session.ts';

/** What a command is: its arguments are those that stood behind its name, paths or codes. */
export type Run = (session: Session, args: readonly string[], flags: Flags) => Promise<ExitCode>;

/** A command as `--help` shows it; what it does is loaded only when it runs. */
export interface CommandDescription {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly argument: { readonly name: string; readonly text: string } | null;
  readonly flags: readonly FlagDescription[];
  /** It makes a plan, so it takes the flags of a selection. */
  readonly plans: boolean;
  readonly examples: readonly { readonly command: string; readonly text: string }[];
  readonly notes?: string;
  load(): Promise<{ readonly run: Run }>;
}

export interface FlagDescription {
  /** As commander reads it: `--output <dir>`. */
  readonly name: string;
  readonly text: string;
  /** The words that it takes; absent: any. */
  readonly values?: readonly string[];
  /** How it takes more than one: given again, or in one word with commas. */
  readonly several?: 'repeated' | 'comma';
}
