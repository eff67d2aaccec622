import { loadOptions, type Options } from '../src/index.ts';
import type { Flags } from './flags.ts';
import type { Session } from './session.ts';

/** The options of the configuration; null when it is wrong, which is said with every place: the command ends with 2. */
export function optionsFor(session: Session, flags: Flags): Options | null {
  const loaded = loadOptions({ cwd: session.cwd, ...(flags.config === undefined ? {} : { config: flags.config }) });
  if (loaded.ok) return loaded.options;
  for (const { file, line, column, message } of loaded.problems) session.warn(`${file}:${line}:${column}: ${message}`);
  return null;
}
