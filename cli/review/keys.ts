/** Keys to commands, and the page that tells of them: both from one table. */
import type { Command } from './commands.ts';
import type { Mode } from './state.ts';

interface Binding {
  readonly keys: readonly string[];
  /** As the help shows them. */
  readonly shown: string;
  readonly text: string;
  readonly command: Command;
}

const bind = (shown: string, keys: string, text: string, command: Command): Binding => ({
  shown,
  keys: keys.split(' '),
  text,
  command,
});

/** In the order of the help. */
export const bindings: readonly { readonly title: string; readonly bindings: readonly Binding[] }[] = [
  {
    title: 'Decide (a task, or all shown below a DAG or team)',
    bindings: [
      bind('y', 'y', 'accept, and on to the next undecided', { type: 'decide', wish: 'accepted' }),
      bind('x', 'x', 'reject', { type: 'decide', wish: 'rejected' }),
      bind('s', 's', 'skip: seen, left for later', { type: 'decide', wish: 'skipped' }),
      bind('r', 'r', 'reset: undecided again', { type: 'decide', wish: 'reset' }),
      bind('Y X S R', 'Y', 'the same for all shown, after their number and list', { type: 'bulk', wish: 'accepted' }),
      bind('', 'X', '', { type: 'bulk', wish: 'rejected' }),
      bind('', 'S', '', { type: 'bulk', wish: 'skipped' }),
      bind('', 'R', '', { type: 'bulk', wish: 'reset' }),
      bind('o', 'o', 'other ways: sensor, queue, time limit; planned again at once', { type: 'ways-open' }),
      bind('e', 'e', 'edit the result in $VISUAL or $EDITOR; verified before it counts', { type: 'edit' }),
      bind('d', 'd', 'document first: accept only the new request document', { type: 'document-first' }),
      bind('u', 'u', 'undo, step by step to the first', { type: 'undo' }),
      bind('U Ctrl-R', 'U ctrl-r', 'redo', { type: 'redo' }),
    ],
  },
  {
    title: 'Go',
    bindings: [
      bind('n N', 'n', 'next, previous match; without a search: undecided', { type: 'next-match', by: 1 }),
      bind('', 'N', '', { type: 'next-match', by: -1 }),
      bind('] [', ']', 'next, previous undecided (also p)', { type: 'next', by: 1 }),
      bind('', '[ p', '', { type: 'next', by: -1 }),
      bind('c C', 'c', 'next, previous with the same finding', { type: 'next-like', by: 1 }),
      bind('', 'C', '', { type: 'next-like', by: -1 }),
      bind('Ctrl-O', 'ctrl-o backspace delete', 'back to where a jump began (also Backspace)', { type: 'back' }),
      bind('↓ ↑ j k', 'down j', 'line by line', { type: 'move', by: 1 }),
      bind('', 'up k', '', { type: 'move', by: -1 }),
      bind('g G', 'g home', 'first, last', { type: 'edge', to: 'first' }),
      bind('', 'G end', '', { type: 'edge', to: 'last' }),
      bind('← → Enter', 'left h', 'fold, unfold', { type: 'fold', to: 'closed' }),
      bind('', 'right l', '', { type: 'fold', to: 'open' }),
      bind('', 'return', '', { type: 'fold', to: 'other' }),
      bind('F', 'F', 'fold all DAGs, unfold all', { type: 'fold-all' }),
      bind('/', '/', 'search tasks, findings and, by Enter, code', { type: 'open', what: 'search' }),
    ],
  },
  {
    title: 'See',
    bindings: [
      bind('J K', 'J', 'scroll the change', { type: 'scroll-by', pane: 'change', by: 1 }),
      bind('', 'K', '', { type: 'scroll-by', pane: 'change', by: -1 }),
      bind('Space b', 'space pagedown', 'by pages', { type: 'scroll-by', pane: 'change', by: 'page' }),
      bind('', 'b pageup', '', { type: 'scroll-by', pane: 'change', by: 'page-back' }),
      bind('Tab', 'tab', 'Python call, document', { type: 'other-file' }),
      bind('> <', '>', 'scroll the reasons', { type: 'scroll-by', pane: 'why', by: 1 }),
      bind('', '<', '', { type: 'scroll-by', pane: 'why', by: -1 }),
      bind('z w', 'z', 'the change, the reasons on the whole screen', { type: 'zoom', to: 'change' }),
      bind('', 'w', '', { type: 'zoom', to: 'why' }),
      bind('f', 'f', 'filter: verdict:safe owner:… code:… path:… text', { type: 'open', what: 'filter' }),
      bind('H', 'H', 'hide what is decided', { type: 'hide' }),
      bind('Esc', 'escape', 'take zoom, search and filter away', { type: 'cancel' }),
    ],
  },
  {
    title: 'End',
    bindings: [
      bind('a', 'a', 'apply: write what is accepted, all or none', { type: 'apply' }),
      bind('q', 'q ctrl-c', 'quit; every decision is saved already', { type: 'quit' }),
      bind('Ctrl-Z', 'ctrl-z', 'to the shell, back with fg', { type: 'suspend' }),
      bind('Ctrl-L', 'ctrl-l', 'draw the screen again', { type: 'redraw' }),
      bind('?', '?', 'this help', { type: 'open', what: 'help' }),
    ],
  },
];

const browsing = new Map<string, Command>(
  bindings.flatMap((group) =>
    group.bindings.flatMap(({ keys, command }) => keys.map((key) => [key, command] as const)),
  ),
);

/** In a list or a question: what is not here does nothing. */
const listing: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['escape', { type: 'cancel' }],
  ['q', { type: 'cancel' }],
  ['n', { type: 'cancel' }],
  ['down', { type: 'list', by: 1 }],
  ['j', { type: 'list', by: 1 }],
  ['up', { type: 'list', by: -1 }],
  ['k', { type: 'list', by: -1 }],
  ['space', { type: 'list', by: 10 }],
  ['pagedown', { type: 'list', by: 10 }],
  ['pageup', { type: 'list', by: -10 }],
]);

const typing: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['return', { type: 'submit' }],
  ['escape', { type: 'cancel' }],
  ['backspace', { type: 'erase', what: 'character' }],
  ['delete', { type: 'erase', what: 'character' }],
  ['ctrl-u', { type: 'erase', what: 'all' }],
  ['space', { type: 'text', text: ' ' }],
]);

/** Everywhere. */
const always: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['ctrl-c', { type: 'quit' }],
  ['ctrl-z', { type: 'suspend' }],
  ['ctrl-l', { type: 'redraw' }],
]);

/** The command of a key in a mode; null where it has none. */
export function commandFor(mode: Mode['kind'], key: string): Command | null {
  const own = always.get(key);
  if (own !== undefined) return own;
  if (mode === 'browse') return browsing.get(key) ?? null;
  if (mode === 'search' || mode === 'filter' || mode === 'timeout') {
    const command = typing.get(key);
    if (command !== undefined) return mode === 'timeout' && key === 'return' ? { type: 'confirm' } : command;
    return Array.from(key).length === 1 ? { type: 'text', text: key } : null;
  }
  if (mode === 'help') return listing.get(key) ?? (key === '?' || key === 'return' ? { type: 'cancel' } : null);
  return key === 'return' ? { type: 'confirm' } : (listing.get(key) ?? null);
}
