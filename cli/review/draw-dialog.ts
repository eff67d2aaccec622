/** What takes the place of tree and change for a while: help, and the questions before many things happen at once. */
import { counted, standingOf } from '../../src/index.ts';
import { bindings } from './keys.ts';
import type { Mode, ReviewState } from './state.ts';
import { field, shorten } from './text.ts';
import { decisionMarks, decisionWords, type Theme, verdictMarks } from './theme.ts';

type Dialog = Extract<Mode, { kind: 'help' | 'bulk' | 'apply' | 'ways' }>;

/** Title lines that stay, and the list that is scrolled. */
export function drawDialog(
  state: ReviewState,
  dialog: Dialog,
  width: number,
  theme: Theme,
): { readonly head: readonly string[]; readonly list: readonly string[] } {
  if (dialog.kind === 'help') return { head: [], list: helpLines(width, theme) };
  if (dialog.kind === 'bulk') return bulkLines(state, dialog, width, theme);
  if (dialog.kind === 'ways') return wayLines(dialog, width, theme);
  return applyLines(dialog, width, theme);
}

function wayLines({ task, ways, at }: Extract<Mode, { kind: 'ways' }>, width: number, theme: Theme) {
  const head = [
    theme('bold', shorten(`other ways for ${task}`, width)),
    theme('dim', shorten('Enter plans it again that way · Esc leaves all as it is · ↓ ↑ go', width)),
    '',
  ];
  const list = ways.map(({ label, isChosen }, index) => {
    const line = field(`${index === at ? '›' : ' '} ${isChosen ? '(x)' : '( )'} ${label}`, width);
    return index === at ? theme('cursor', line) : line;
  });
  return { head, list };
}

function helpLines(width: number, theme: Theme): string[] {
  const keys = bindings.flatMap(({ title, bindings: own }) => [
    theme('bold', shorten(title, width)),
    ...own
      .filter(({ shown }) => shown !== '')
      .map(({ shown, text }) => `  ${theme('accent', field(shown, 10))} ${shorten(text, width - 13)}`),
    '',
  ]);
  const marks = [...Object.values(decisionMarks), ...Object.values(verdictMarks)]
    .filter(({ sign }) => sign.trim() !== '')
    .map(({ sign, look, meaning }) => `  ${theme(look, field(sign, 10))} ${shorten(meaning, width - 13)}`);
  return [...keys, theme('bold', 'Signs'), ...marks];
}

function bulkLines(state: ReviewState, dialog: Extract<Mode, { kind: 'bulk' }>, width: number, theme: Theme) {
  const { wish, tasks } = dialog;
  const decided = tasks.filter(({ entry }) => standingOf(entry, state.decisions).decision !== null).length;
  const review = tasks.filter(({ entry }) => entry.verdict === 'review').length;
  const head = [
    theme('bold', shorten(`${decisionWords[wish]} ${counted(tasks.length, 'task')}?`, width)),
    shorten(
      [
        state.filterText === '' ? 'all that is shown' : `filter: ${state.filterText}`,
        ...(wish === 'accepted' && review > 0 ? [`${review} need consent (▲R)`] : []),
        ...(decided > 0 ? [`${decided} decided before`] : []),
      ].join(' · '),
      width,
    ),
    theme('dim', shorten('Enter does it · Esc leaves all as it is · ↓ ↑ scroll', width)),
    '',
  ];
  const list = tasks.map(({ entry }) => {
    const mark = decisionMarks[standingOf(entry, state.decisions).decision ?? 'undecided'];
    const verdict = verdictMarks[entry.verdict ?? 'manual'];
    return `${theme(mark.look, mark.sign)} ${theme(verdict.look, verdict.sign)} ${shorten(entry.id, width - 8)}`;
  });
  return { head, list };
}

function applyLines({ preview }: Extract<Mode, { kind: 'apply' }>, width: number, theme: Theme) {
  const { changes, files, warnings } = preview;
  const fresh = files.filter(({ isNew }) => isNew).length;
  const head = [
    theme('bold', shorten(`apply ${counted(changes, 'accepted change')}?`, width)),
    shorten(`${counted(files.length - fresh, 'file')} changed, ${fresh} new; all of them or none`, width),
    theme('dim', shorten('Enter writes them and ends the review · Esc goes back · ↓ ↑ scroll', width)),
    '',
  ];
  const list = [
    ...warnings.map((warning) => theme('warning', shorten(`! ${warning}`, width))),
    ...files.map(({ path, isNew }) => `${isNew ? 'new    ' : 'changed'} ${shorten(path, width - 8)}`),
  ];
  return { head, list };
}
