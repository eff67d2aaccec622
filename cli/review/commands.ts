/** What a key can ask for: a change of the picture, or something that reaches beyond it. */
import type { Decisions } from '../../src/index.ts';
import type { Preview, ReviewState, Wish } from './state.ts';

/** Handled by the reducer alone. */
export type Action =
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'edge'; readonly to: 'first' | 'last' }
  | { readonly type: 'next'; readonly by: 1 | -1 }
  | { readonly type: 'fold'; readonly to: 'open' | 'closed' | 'other' }
  | { readonly type: 'scroll'; readonly pane: 'change' | 'why'; readonly to: number }
  | { readonly type: 'zoom'; readonly to: 'change' | 'why' }
  | { readonly type: 'hide' }
  | { readonly type: 'open'; readonly what: 'help' | 'search' | 'filter' }
  | { readonly type: 'bulk'; readonly wish: Wish }
  | { readonly type: 'list'; readonly by: number }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'erase'; readonly what: 'character' | 'all' }
  | { readonly type: 'submit' }
  | { readonly type: 'cancel' }
  | { readonly type: 'say'; readonly message: string }
  | { readonly type: 'preview'; readonly preview: Preview }
  | { readonly type: 'saved'; readonly decisions: Decisions; readonly steps: ReviewState['steps'] }
  | { readonly type: 'resize'; readonly size: ReviewState['size'] };

/** Handled by the controller: they save, end or stop, or need to know how much is on the screen. */
export type Effect =
  | { readonly type: 'decide'; readonly wish: Wish }
  | { readonly type: 'confirm' }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'apply' }
  | { readonly type: 'quit' }
  | { readonly type: 'suspend' }
  | { readonly type: 'redraw' }
  | { readonly type: 'scroll-by'; readonly pane: 'change' | 'why'; readonly by: number | 'page' | 'page-back' }
  | { readonly type: 'other-file' };

export type Command = Action | Effect;
