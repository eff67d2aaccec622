/** What a key can ask for: a change of the picture, or something that reaches beyond it. */
import type { Candidate, Decisions } from '../../src/index.ts';
import type { Preview, ReviewState, Wish } from './state.ts';
import type { Way } from './ways.ts';

/** Handled by the reducer alone. */
export type Action =
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'edge'; readonly to: 'first' | 'last' }
  | { readonly type: 'next'; readonly by: 1 | -1 }
  /** The next match of the search; without one the next undecided. */
  | { readonly type: 'next-match'; readonly by: 1 | -1 }
  | { readonly type: 'next-like'; readonly by: 1 | -1 }
  | { readonly type: 'back' }
  | { readonly type: 'fold'; readonly to: 'open' | 'closed' | 'other' }
  | { readonly type: 'fold-all' }
  | { readonly type: 'scroll'; readonly pane: 'change' | 'why'; readonly to: number | null }
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
  | { readonly type: 'ways'; readonly task: string; readonly ways: readonly Way[] }
  | { readonly type: 'timeout'; readonly task: string; readonly problem: string | null }
  | { readonly type: 'planned'; readonly candidates: readonly Candidate[] }
  | { readonly type: 'saved'; readonly decisions: Decisions; readonly steps: ReviewState['steps'] }
  | { readonly type: 'resize'; readonly size: ReviewState['size'] };

/** Handled by the controller: they save, end or stop, or need to know how much is on the screen. */
export type Effect =
  | { readonly type: 'decide'; readonly wish: Wish }
  | { readonly type: 'confirm' }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'apply' }
  | { readonly type: 'ways-open' }
  | { readonly type: 'edit' }
  | { readonly type: 'document-first' }
  | { readonly type: 'quit' }
  | { readonly type: 'suspend' }
  | { readonly type: 'redraw' }
  | { readonly type: 'scroll-by'; readonly pane: 'change' | 'why'; readonly by: number | 'page' | 'page-back' }
  | { readonly type: 'other-file' };

export type Command = Action | Effect;
