import { createProgress, type Progress } from './progress.ts';
import { createTiming, type Timing } from './timing.ts';

/** The flags that every command takes. */
export interface CommonFlags {
  readonly config?: string;
  readonly strict?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  /** False with `--no-progress`. */
  readonly progress?: boolean;
  /** False with `--no-color`. */
  readonly color?: boolean;
  readonly timing?: boolean;
  /** False with `--no-cache`. */
  readonly cache?: boolean;
}

/** What a command may know of the world around it. */
export interface Session {
  readonly cwd: string;
  /** Colour on stdout. */
  readonly color: boolean;
  /** Columns of stdout. */
  readonly width: number;
  readonly verbose: boolean;
  readonly progress: Progress;
  readonly timing: Timing;
  /** A result, to stdout, as it is. */
  print(result: string | Uint8Array): void;
  /** Talk, to stderr: a line that `--quiet` leaves out. */
  say(line: string): void;
  /** A line on stderr that is always said. */
  warn(line: string): void;
  /** All of stdin. */
  readInput(): Promise<Uint8Array>;
}

/** Width of a result that goes into a file or a pipe. */
const plainWidth = 120;

export function createSession(flags: CommonFlags): Session {
  const { stdout, stderr, env } = process;
  const print = writer(stdout);
  const warn = lineWriter(writer(stderr));
  const progress = createProgress(stderr, stderr.isTTY && flags.progress !== false && flags.quiet !== true);
  return {
    cwd: process.cwd(),
    color: stdout.isTTY === true && flags.color !== false && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb',
    width: stdout.isTTY === true ? (stdout.columns ?? plainWidth) : plainWidth,
    verbose: flags.verbose === true,
    progress,
    timing: createTiming(),
    print,
    warn: (line) => {
      progress.clear();
      warn(line);
    },
    say: (line) => {
      if (flags.quiet === true) return;
      progress.clear();
      warn(line);
    },
    readInput,
  };
}

const lineWriter = (write: (text: string) => void) => (line: string) => write(`${printable(line)}\n`);

/** File names and source text may hold control characters, which a terminal would obey. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

const guarded = new WeakSet<NodeJS.WriteStream>();

/**
 * Writes to a stream that its reader may have closed (`| head`): then the rest is dropped and the command goes on, for
 * it may be writing files. A stream that fails otherwise (a full disk) ends in exit code 2.
 */
function writer(stream: NodeJS.WriteStream): (text: string | Uint8Array) => void {
  if (!guarded.has(stream)) {
    guarded.add(stream);
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') return;
      process.exitCode = Math.max(Number(process.exitCode ?? 0), 2);
      if (stream === process.stdout) process.stderr.write(`bpg-migrate: stdout can not be written (${error.code})\n`);
    });
  }
  return (text) => {
    if (stream.writable) stream.write(text);
  };
}

async function readInput(): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
