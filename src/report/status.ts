/** `status`: the rollout on one screen. */
import type { HistoryChanges, Report, Rollout } from '../model.ts';
import { type State, states } from './order.ts';
import type { TerminalOptions } from './side-by-side.ts';
import { cut, type Paint, painter, type Style, widthOf } from './terminal.ts';
import { visible } from './visible.ts';
import * as wording from './wording.ts';

/** Lines of each part, so that all of it fits on a screen of 40 lines. */
const most = { changes: 6, waves: 4, blockers: 5, connections: 6 };

const styles: Readonly<Record<State, Style>> = {
  safe: 'green',
  review: 'yellow',
  manual: 'red',
  migrated: 'cyan',
  ignored: 'dim',
};

/** The screen, with a newline at the end; no line is wider than `width`. A report without rollout tells its counts. */
export function renderStatus(
  report: Report,
  { color, width, recording = false }: TerminalOptions & { readonly recording?: boolean },
): string {
  const paint = painter(color);
  const { rollout } = report;
  const blocks = [
    progressBlock(report, paint, width, recording),
    ...(rollout === undefined
      ? []
      : [
          changesBlock(rollout, paint),
          wavesBlock(rollout, paint),
          blockersBlock(rollout, paint),
          connectionsBlock(rollout, paint),
        ]),
  ];
  const lines = blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : ['', ...block]));
  return lines.map((line) => `${color ? line : shortened(line, width)}\n`).join('');
}

function shortened(line: string, width: number): string {
  if (widthOf(line) <= width) return line;
  return `${cut(line, Math.max(8, width - 1))[0] ?? ''}…`;
}

function progressBlock({ summary, rollout }: Report, paint: Paint, width: number, recording: boolean): string[] {
  const all = summary.migrated + summary.legacy;
  const share = all === 0 ? 0 : summary.migrated / all;
  const columns = Math.max(10, Math.min(50, width - 40));
  const full = Math.round(share * columns);
  const bar = `${paint('cyan', '█'.repeat(full))}${paint('dim', '░'.repeat(columns - full))}`;
  const counts = states
    .map((state) =>
      paint(
        summary[state] === 0 ? 'dim' : styles[state],
        `${wording.stateWords[state].glyph} ${summary[state]} ${state}`,
      ),
    )
    .join('  ');
  const history = rollout?.history ?? null;
  return [
    `${bar}  ${paint('bold', `${summary.migrated} of ${all}`)} ${all === 1 ? 'task' : 'tasks'} migrated (${Math.floor(share * 100)} %)`,
    counts,
    `${wording.counted(summary.files, 'file')} looked at, ${summary.skippedFiles} left out`,
    history === null ? unrecorded(summary, recording) : history.forecast.sentence,
    ...(rollout?.runs == null
      ? []
      : [
          `${rollout.runs.proven} migrated tasks are proven by runs on the gateway, ${rollout.runs.unproven} are not; ` +
            `${rollout.runs.failing} failed last`,
        ]),
  ];
}

/** Instead of a forecast, where there is no record before this run. */
function unrecorded({ migrated, legacy, ignored }: Report['summary'], recording: boolean): string {
  if (!recording) return 'Nothing was recorded yet: --record begins the history.';
  return `This run is the first of the history: ${migrated} migrated, ${legacy} legacy, ${ignored} ignored are recorded.`;
}

/** What a person must hear first; also the order of the words. */
const kinds: readonly (readonly [
  keyof HistoryChanges & ('appeared' | 'relapsed' | 'worse' | 'better' | 'migrated' | 'gone'),
  Style,
  string,
])[] = [
  ['appeared', 'red', 'NEW legacy task'],
  ['relapsed', 'red', 'legacy AGAIN'],
  ['worse', 'yellow', 'worse'],
  ['migrated', 'cyan', 'migrated'],
  ['better', 'green', 'better'],
  ['gone', 'dim', 'gone'],
];

function changesBlock({ history }: Rollout, paint: Paint): string[] {
  if (history === null) return [];
  const { since } = history;
  const told = kinds.flatMap(([kind, style, word]) =>
    since[kind].map((id) => paint(style, `  ${word}  ${visible(id)}`)),
  );
  const title = paint('bold', `Since ${since.time}${since.commit === null ? '' : ` (${since.commit.slice(0, 10)})`}`);
  if (told.length === 0) return [`${title}: nothing changed`];
  return [title, ...limited(told, most.changes)];
}

function limited(lines: readonly string[], limit: number): string[] {
  return lines.length <= limit
    ? [...lines]
    : [...lines.slice(0, limit - 1), `  … and ${lines.length - limit + 1} more`];
}

function wavesBlock({ waves }: Rollout, paint: Paint): string[] {
  if (waves.length === 0) return [];
  const lines = waves.map(({ number, risk, counts, dags, owners, minutes }) => {
    const tasks = counts.manual + counts.review + counts.safe;
    const who =
      owners.length === 0 ? 'no owner' : owners.length > 3 ? `${owners.length} owners` : owners.map(visible).join(', ');
    return `  wave ${number}  ${wording.counted(tasks, 'task')} in ${wording.counted(dags.length, 'DAG')}, ${wording.riskWords[risk]}, about ${wording.durationText(minutes)}, ${who}`;
  });
  return [paint('bold', 'What comes next'), ...limited(lines, most.waves)];
}

function blockersBlock({ blockers }: Rollout, paint: Paint): string[] {
  if (blockers.length === 0) return [];
  return [
    paint('bold', 'What is in the way'),
    ...limited(
      blockers.map((one) => `  ${wording.blockerText(one)}`),
      most.blockers,
    ),
  ];
}

function connectionsBlock({ retirements }: Rollout, paint: Paint): string[] {
  if (retirements.length === 0) return [];
  const lines = retirements
    .toSorted((a, b) => Number(b.ready) - Number(a.ready) || a.left.length - b.left.length)
    .map(({ name, ready, because }) =>
      ready
        ? paint('green', `  ✔ ${visible(name)}  can be switched off: ${because.join('; ')}`)
        : `  ✖ ${visible(name)}  ${because.join('; ')}`,
    );
  return [paint('bold', 'Connections'), ...limited(lines, most.connections)];
}
