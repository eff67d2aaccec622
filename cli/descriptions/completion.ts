import type { CommandDescription } from '../description.ts';

/** `all`: the table that this is part of. */
export const completion = (all: () => readonly CommandDescription[]): CommandDescription => ({
  name: 'completion',
  summary: 'print the completion script of a shell',
  description: 'Prints a script that completes commands, flags, their words, and the codes of `explain`.',
  argument: { name: '<shell>', text: 'bash, zsh or fish' },
  flags: [],
  plans: false,
  examples: [
    { command: 'completion bash >> ~/.bashrc', text: 'bash' },
    { command: 'completion zsh > ~/.zfunc/_bpg-migrate', text: 'zsh, with ~/.zfunc in $fpath before compinit' },
    { command: 'completion fish > ~/.config/fish/completions/bpg-migrate.fish', text: 'fish' },
  ],
  load: async () => {
    const { completionOf } = await import('../commands/completion.ts');
    return { run: completionOf(all()) };
  },
});
