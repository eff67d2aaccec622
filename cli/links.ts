/** Codes of findings as links, in terminals that can follow one: to the page of the findings that lies in the package. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { catalogue } from '../src/index.ts';
import type { Session } from './session.ts';

/** In the package and in the checkout alike. */
const page = new URL('../docs/findings.md', import.meta.url);

/** What is printed, with its codes as links where the terminal takes them. */
export function linked({ color }: Pick<Session, 'color'>, text: string): string {
  if (!color || !canLink(process.env)) return text;
  return withLinks(text, fileURLToPath(page), (word) => Object.hasOwn(catalogue, word));
}

/** Terminals that are known to take OSC 8; others would show nothing wrong, but some print it. */
export function canLink(env: NodeJS.ProcessEnv): boolean {
  const forced = env['FORCE_HYPERLINK'];
  if (forced !== undefined && forced !== '') return forced !== '0';
  if (env['TERM'] === 'dumb' || env['TMUX'] !== undefined || env['STY'] !== undefined) return false;
  return (
    Number(env['VTE_VERSION'] ?? 0) >= 5000 ||
    ['WT_SESSION', 'KITTY_WINDOW_ID', 'WEZTERM_PANE', 'KONSOLE_VERSION', 'GHOSTTY_RESOURCES_DIR'].some(
      (name) => (env[name] ?? '') !== '',
    ) ||
    ['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper'].includes(env['TERM_PROGRAM'] ?? '')
  );
}

/** The text with every code that `page` has as a link; `isCode` tells codes from other words. */
export function withLinks(text: string, page: string, isCode: (word: string) => boolean): string {
  const address = pathToFileURL(page).href;
  const link = (word: string): string =>
    isCode(word) ? `\u001b]8;;${address}#${word}\u001b\\${word}\u001b]8;;\u001b\\` : word;
  // A code that is part of a path or of an address is none; the letter of a style is no letter before it.
  return text
    .split(styles)
    .map((part) => part.replace(/(?<![\w/.#-])[a-z][a-z0-9]*(?:-[a-z0-9]+)+(?![\w/.-])/g, link))
    .join('');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: styles are what the text is cut at
const styles = /(\u001b\[[\d;]*m)/;
