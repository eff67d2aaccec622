import { Command, type CommanderError, InvalidArgumentError, Option } from 'commander';
import { commonFlags, selectionFlags } from './common-flags.ts';
import type { CommandDescription, FlagDescription } from './description.ts';
import { type ExitCode, highest } from './exit-codes.ts';
import { faultReport } from './fault.ts';
import { readPackageFile } from './package-file.ts';
import type { CommonFlags, Session } from './session.ts';

/**
 * Runs the command that `argv` names and sets the exit code of the process. Nothing is thrown: what the user got wrong
 * ends in 2, and an exception, which can only be a fault of ours, in 3.
 */
export async function runCommandLine(
  argv: readonly string[],
  commands: readonly CommandDescription[],
  createSession: (flags: CommonFlags) => Session,
): Promise<void> {
  const session = createSession({});
  const answer = (code: ExitCode): void => {
    process.exitCode = Math.max(Number(process.exitCode ?? 0), code);
  };
  const fail = (error: unknown): void => {
    session.warn(faultReport(error, argv, argv.includes('--verbose')));
    answer(3);
  };
  // What is thrown outside of every await would else end in Node's own code 1, which means something here.
  process.once('uncaughtException', fail);
  let code: ExitCode = 0;
  try {
    const program = buildProgram(commands, session, createSession, (result) => {
      code = highest(code, result);
    });
    await program.parseAsync(argv, { from: 'user' });
    answer(code);
  } catch (error) {
    if (error instanceof Stop) answer(error.exitCode);
    else fail(error);
  }
}

/** How commander's end of the process travels: it knows only how to exit or to throw. */
class Stop extends Error {
  readonly exitCode: ExitCode;
  constructor(exitCode: ExitCode) {
    super('stopped');
    this.exitCode = exitCode;
  }
}

/** Its own, and those of a selection; where both have one, its own says what it means there. */
function flagsOf({ flags, plans }: CommandDescription): readonly FlagDescription[] {
  const own = new Set(flags.map(({ name }) => name));
  return plans ? [...flags, ...selectionFlags.filter(({ name }) => !own.has(name))] : flags;
}

function buildProgram(
  commands: readonly CommandDescription[],
  session: Session,
  createSession: (flags: CommonFlags) => Session,
  done: (code: ExitCode) => void,
): Command {
  const names = commands.map((command) => command.name);
  const program = new Command('bpg-migrate')
    .description('Moves Airflow DAGs from SparkKubernetesOperator to BPGOperator (Batch Processing Gateway).')
    .version(readPackageFile().version, '--version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .configureOutput({
      writeOut: session.print,
      // Help that nobody asked for is talk.
      writeErr: (text) => session.warn(text.trimEnd()),
      // Said by `stop`, in one style.
      outputError: () => {},
    })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', overview);
  for (const flag of commonFlags) program.addOption(optionOf(flag));
  program.exitOverride((error) => stop(error, program, names, session));
  for (const description of commands) {
    const command = program.command(description.name).summary(description.summary);
    command.description(description.description).exitOverride((error) => stop(error, command, names, session));
    if (description.argument !== null) command.argument(description.argument.name, description.argument.text);
    for (const flag of flagsOf(description)) command.addOption(optionOf(flag));
    command.addHelpText('after', examplesOf(description));
    command.action(async () => {
      const flags = command.optsWithGlobals<CommonFlags>();
      const own = createSession(flags);
      if (flags.quiet === true && flags.verbose === true) {
        own.warn('bpg-migrate: --quiet and --verbose contradict each other');
        throw new Stop(2);
      }
      const { run } = await description.load();
      own.timing.mark('start');
      done(await run(own, command.args, flags));
      own.progress.clear();
      own.timing.mark('tell');
      // Asked for, so it is said also under --quiet.
      if (flags.timing === true) for (const line of own.timing.lines()) own.warn(line);
    });
  }
  return program;
}

function optionOf(flag: FlagDescription): Option {
  const option = new Option(flag.name, flag.text);
  if (flag.values !== undefined && flag.several === undefined)
    option.argParser((value: string) => checked(value, flag));
  if (flag.several === 'repeated') {
    option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), checked(value, flag)]);
  }
  if (flag.several === 'comma') option.argParser((value: string) => value.split(',').map((one) => checked(one, flag)));
  return option;
}

function checked(value: string, flag: FlagDescription): string {
  const isGlob = flag.several === 'repeated' && /[*?[{!]/.test(value);
  if (flag.values === undefined || isGlob || flag.values.includes(value)) return value;
  throw new InvalidArgumentError(`There is no '${value}' here; there are: ${flag.values.join(', ')}.`);
}

/** Says what commander found wrong in one style, with what is there instead. */
function stop(error: CommanderError, command: Command, names: readonly string[], session: Session): never {
  if (error.exitCode === 0) throw new Stop(0);
  if (error.code === 'commander.help') throw new Stop(2);
  session.warn(`bpg-migrate: ${error.message.replace(/^error: /, '')}`);
  if (error.code === 'commander.unknownCommand') session.warn(`commands: ${names.join(', ')}`);
  if (error.code === 'commander.unknownOption' && command.parent !== null) {
    const flags = command.options.map((option) => option.long).join(' ');
    session.warn(`${command.name()} takes: ${flags} (and \`bpg-migrate ${command.name()} --help\` says what they do)`);
  }
  throw new Stop(2);
}

function examplesOf({ examples, notes }: CommandDescription): string {
  const lines = examples.map(({ command, text }) => `  # ${text}\n  $ bpg-migrate ${command}`);
  return ['', 'Examples:', lines.join('\n\n'), ...(notes === undefined ? [] : ['', notes])].join('\n');
}

const overview = `
The way through:
  $ bpg-migrate init             # finds the connections, writes bpg-migrate.yaml: give each its queue there
  $ bpg-migrate scan             # every Spark task, with its verdict: safe, review or manual
  $ bpg-migrate diff             # the patch, before anything is written
  $ bpg-migrate apply            # writes what is safe
  $ bpg-migrate review           # the others: decided change by change, then applied
  $ bpg-migrate apply --check    # in CI: fails while a legacy task is left

Exit codes: 0 done · 1 a check says no · 2 usage, configuration or an unreadable source file · 3 a fault of ours`;
