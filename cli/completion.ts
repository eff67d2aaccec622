/** Scripts that complete the command line, made from the same table as `--help`. */
import type { CommandDescription, FlagDescription } from './description.ts';

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly CompletedFlag[];
  /** The words that its argument can be; none: files. */
  readonly words: readonly string[];
}
export interface CompletedFlag {
  /** With its dashes. */
  readonly name: string;
  readonly text: string;
  readonly takes: 'nothing' | 'file' | 'word';
  /** The words that it takes, where it does not take any. */
  readonly values: readonly string[];
}

/** What a shell has to know. `words` are those of arguments that are no files, by the name of the command. */
export function completedCommands(
  commands: readonly CommandDescription[],
  common: readonly FlagDescription[],
  selection: readonly FlagDescription[],
  words: Readonly<Record<string, readonly string[]>>,
): readonly CompletedCommand[] {
  const described = commands.map(({ name, summary, flags, plans }) => ({
    name,
    summary,
    flags: once([...flags, ...(plans ? selection : []), ...common, help].map(completedFlag)),
    words: words[name] ?? [],
  }));
  const names = commands.map(({ name }) => name);
  return [...described, { name: 'help', summary: 'show the help of a command', flags: [], words: names }];
}

/** Each flag once; what a command says of it goes before what all say. */
function once(flags: readonly CompletedFlag[]): readonly CompletedFlag[] {
  return [...new Map(flags.toReversed().map((flag) => [flag.name, flag])).values()].reverse();
}

const help: FlagDescription = { name: '--help', text: 'show the help' };

function completedFlag({ name, text, values }: FlagDescription): CompletedFlag {
  const [flag = '', argument] = name.replace(/^-\w, /, '').split(' ');
  const isFile = argument !== undefined && /dir|file|folder|path|interpreter/.test(argument);
  const takes = argument === undefined ? 'nothing' : isFile ? 'file' : 'word';
  return { name: flag, text, takes, values: values ?? [] };
}

export type Shell = 'bash' | 'zsh' | 'fish';

export const completionScripts: Readonly<Record<Shell, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const listed = (words: readonly string[]): string => quoted(words.join(' '));

function bashScript(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name);
  const values = commands.flatMap(({ name, flags }) =>
    flags
      .filter((flag) => flag.values.length > 0)
      .map((flag) => `    ${quoted(`${name} ${flag.name}`)}) _bpg_migrate_words ${listed(flag.values)}; return ;;`),
  );
  const taking = (takes: CompletedFlag['takes']): string =>
    [
      ...new Set(
        commands.flatMap(({ flags }) =>
          flags.filter((flag) => flag.takes === takes && flag.values.length === 0).map((flag) => flag.name),
        ),
      ),
    ].join('|');
  const flags = commands.map((one) => `    ${one.name}) flags=${listed(one.flags.map(({ name }) => name))} ;;`);
  const words = commands
    .filter((one) => one.words.length > 0)
    .map((one) => `    ${one.name}) _bpg_migrate_words ${listed(one.words)}; return ;;`);
  return `# bash completion of bpg-migrate: eval "$(bpg-migrate completion bash)"
_bpg_migrate_words() { COMPREPLY=($(compgen -W "$1" -- "$current")); }
_bpg_migrate() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command='' flags='' word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in ${names.join('|')}) command=$word; break ;; esac
  done
  case "$command $before" in
${values.join('\n')}
  esac
  case $before in
    ${taking('file')}) COMPREPLY=($(compgen -f -- "$current")); return ;;
    ${taking('word')}) return ;;
  esac
  case $command in
    '') flags='--help --version' ;;
${flags.join('\n')}
  esac
  if [[ $current == -* ]]; then _bpg_migrate_words "$flags"; return; fi
  case $command in
    '') _bpg_migrate_words ${listed(names)}; return ;;
${words.join('\n')}
  esac
  COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _bpg_migrate bpg-migrate
`;
}

function zshScript(commands: readonly CompletedCommand[]): string {
  const plain = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&').replaceAll("'", '’');
  const flagSpec = ({ name, text, takes, values }: CompletedFlag): string => {
    const action = values.length > 0 ? `(${values.join(' ')})` : takes === 'file' ? '_files' : ' ';
    return quoted(
      `${takes === 'nothing' ? '' : '*'}${name}[${plain(text)}]${takes === 'nothing' ? '' : `:value:${action}`}`,
    );
  };
  const branches = commands.map(({ name, flags, words }) => {
    const argument = words.length > 0 ? `'*:word:(${words.join(' ')})'` : `'*:file:_files'`;
    return `    ${name}) _arguments ${[...flags.map(flagSpec), argument].join(' ')} ;;`;
  });
  return `#compdef bpg-migrate
# zsh completion of bpg-migrate: eval "$(bpg-migrate completion zsh)", after compinit
_bpg_migrate() {
  local -a names
  names=(${commands.map(({ name, summary }) => quoted(`${name}:${plain(summary)}`)).join(' ')})
  if (( CURRENT == 2 )); then _describe command names; return; fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
${branches.join('\n')}
  esac
}
compdef _bpg_migrate bpg-migrate
`;
}

function fishScript(commands: readonly CompletedCommand[]): string {
  const complete = 'complete -c bpg-migrate';
  const escaped = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const lines = commands.flatMap(({ name, summary, flags, words }) => [
    `${complete} -n __fish_use_subcommand -f -a ${name} -d ${escaped(summary)}`,
    ...(words.length > 0
      ? [`${complete} -n '__fish_seen_subcommand_from ${name}' -f -a ${escaped(words.join(' '))}`]
      : []),
    ...flags.map((flag) => {
      const value =
        flag.values.length > 0
          ? ` -x -a ${escaped(flag.values.join(' '))}`
          : flag.takes === 'file'
            ? ' -r'
            : flag.takes === 'word'
              ? ' -x'
              : '';
      return `${complete} -n '__fish_seen_subcommand_from ${name}' -l ${flag.name.slice(2)}${value} -d ${escaped(flag.text)}`;
    }),
  ]);
  return `# fish completion of bpg-migrate: bpg-migrate completion fish | source\n${lines.join('\n')}\n`;
}
