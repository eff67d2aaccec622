/** How things look. Every state has a sign and a letter of its own, so that colour only repeats what is said. */
import type { Decision, TriState, Verdict } from '../../src/index.ts';

export type Look =
  | 'plain'
  | 'bold'
  | 'dim'
  | 'cursor'
  | 'bar'
  | 'good'
  | 'warning'
  | 'bad'
  | 'accent'
  | 'string'
  | 'keyword'
  | 'key'
  | 'number'
  | 'comment'
  | 'removed'
  | 'added';

/** Puts a text in a look; without colour it gives the text back. */
export type Theme = (look: Look, text: string) => string;

/** Opening and closing SGR parameters. */
const codes: Readonly<Record<Look, readonly [string, string]>> = {
  plain: ['', ''],
  bold: ['1', '22'],
  dim: ['2', '22'],
  cursor: ['7', '27'],
  bar: ['1;7', '22;27'],
  good: ['32', '39'],
  warning: ['33', '39'],
  bad: ['31', '39'],
  accent: ['36', '39'],
  string: ['36', '39'],
  keyword: ['35', '39'],
  key: ['34', '39'],
  number: ['33', '39'],
  comment: ['2;3', '22;23'],
  removed: ['31;7', '39;27'],
  added: ['32;7', '39;27'],
};

export function createTheme(color: boolean): Theme {
  return (look, text) => {
    if (!color || text === '' || look === 'plain') return text;
    const [open, close] = codes[look];
    return `\u001b[${open}m${text}\u001b[${close}m`;
  };
}

interface Mark {
  readonly sign: string;
  readonly look: Look;
  readonly meaning: string;
}

export const verdictMarks: Readonly<Record<Verdict, Mark>> = {
  safe: { sign: '✔S', look: 'good', meaning: 'safe: behaviour is kept' },
  review: { sign: '▲R', look: 'warning', meaning: 'review: something changes, a person decides' },
  manual: { sign: '✖M', look: 'bad', meaning: 'manual: not expressible or not knowable, nothing is edited' },
};

/** On tasks and, for all below that can be decided, on DAGs and teams. */
export const decisionMarks: Readonly<Record<TriState | 'changed' | 'document', Mark>> = {
  accepted: { sign: '[+A]', look: 'good', meaning: 'accepted' },
  document: { sign: '[+D]', look: 'good', meaning: 'the document first, its call stays for later' },
  rejected: { sign: '[-X]', look: 'bad', meaning: 'rejected' },
  skipped: { sign: '[>S]', look: 'accent', meaning: 'skipped: seen, left for later' },
  undecided: { sign: '[  ]', look: 'plain', meaning: 'undecided' },
  changed: { sign: '[!C]', look: 'warning', meaning: 'changed since it was decided: undecided again' },
  mixed: { sign: '[~P]', look: 'accent', meaning: 'partly: decided differently below' },
  none: { sign: '    ', look: 'dim', meaning: 'nothing to decide' },
};

export const decisionWords: Readonly<Record<Decision | 'reset', string>> = {
  accepted: 'accept',
  rejected: 'reject',
  skipped: 'skip',
  reset: 'reset',
};
