import { catalogue } from '../../src/index.ts';
import { commonFlags, selectionFlags } from '../common-flags.ts';
import { completedCommands, completionScripts, type Shell } from '../completion.ts';
import type { CommandDescription, Run } from '../description.ts';

/** `completion`: prints the script for a shell. The table of commands is handed in, for this is one of them. */
export function completionOf(commands: readonly CommandDescription[]): Run {
  return async (session, args) => {
    const shells = Object.keys(completionScripts) as Shell[];
    const shell = shells.find((one) => one === args[0]);
    if (shell === undefined || args.length > 1) {
      session.warn(`bpg-migrate: completion is for one of ${shells.join(', ')}`);
      return 2;
    }
    const words = { explain: Object.keys(catalogue).sort(), completion: shells };
    session.print(completionScripts[shell](completedCommands(commands, commonFlags, selectionFlags, words)));
    return 0;
  };
}
