/** Why: the verdict, every finding with its remedy, every loss with path and value. */
import {
  type Candidate,
  type ChangeGraph,
  counted,
  type Decisions,
  editsOf,
  type FindingEntry,
  type FindingKind,
  type Loss,
  type Proof,
  type ProofDifference,
  renderGraph,
  standingOf,
  type TaskEntry,
  tallyOf,
} from '../../src/index.ts';
import type { Row } from './state.ts';
import { paragraph } from './text.ts';
import { decisionMarks, type Look, type Theme, verdictMarks } from './theme.ts';
import { choiceText } from './ways.ts';

export interface WhyStyle {
  readonly width: number;
  readonly theme: Theme;
  readonly color: boolean;
  readonly kindOf: (code: string) => FindingKind;
  readonly detailsOf: (change: string) => Details;
}

/** What a change comes to, worked out when it is asked for; null where it could not be. */
export interface Details {
  readonly proof: () => Proof | null;
  readonly graph: () => ChangeGraph | null;
}

const severities = { error: ['✖', 'bad'], warning: ['!', 'warning'], info: ['i', 'dim'] } as const;
const severityOrder = { error: 0, warning: 1, info: 2 } as const;
const lossOrder = { lost: 0, changed: 1, moved: 2, server: 3, dead: 4 } as const;

/** Lines of at most the style's width, most urgent first. */
export function whyTask({ entry, owner }: Candidate, decisions: Decisions, style: WhyStyle): string[] {
  const { theme, width } = style;
  const { decision, changedSince } = standingOf(entry, decisions);
  const verdict = entry.verdict === null ? null : verdictMarks[entry.verdict];
  const say: Say = (look, lead, text) => paragraph(lead, text, width).map((line) => theme(look, line));
  const findings = findingsOf(entry);
  const losses = lossesOf(entry);
  const details = entry.change === null ? null : style.detailsOf(entry.change);
  return [
    ...(verdict === null ? [] : say(verdict.look, `${verdict.sign} `, verdict.meaning)),
    ...(changedSince === null
      ? say('plain', '', decisionMarks[decision ?? (entry.change === null ? 'none' : 'undecided')].meaning)
      : say('warning', '[!C] ', `changed since you ${changedSince} it: look again`)),
    ...chosenLines(entry, decisions, say),
    ...say('dim', '', facts(entry, owner)),
    ...findings.filter(({ severity }) => severity !== 'info').flatMap((finding) => findingLines(finding, say, style)),
    ...losses.filter(isOpen).flatMap((loss) => lossLines(loss, say)),
    ...(details === null ? [] : [...graphLines(entry, details, style), ...proofLines(details, say)]),
    ...findings.filter(({ severity }) => severity === 'info').flatMap((finding) => findingLines(finding, say, style)),
    ...losses.filter((loss) => !isOpen(loss)).flatMap((loss) => lossLines(loss, say)),
  ];
}

/** What a person chose or made of it. */
function chosenLines(entry: TaskEntry, decisions: Decisions, say: Say): string[] {
  const decided = decisions.get(entry.id);
  const chosen = choiceText(decided?.alternatives ?? {});
  const edits = editsOf(entry, decisions);
  return [
    ...(chosen === '' ? [] : say('accent', 'chosen: ', chosen)),
    ...(edits.length === 0 ? [] : say('accent', 'edited: ', edits.map(({ path }) => path).join(', '))),
    ...(decided?.part === 'document' && decided.change === entry.change
      ? say('accent', 'first: ', 'only the request document is written; call, sensor and edges stay as they are')
      : []),
  ];
}

/** The order of tasks on both sides, where a sensor goes; elsewhere no change touches it. */
function graphLines(entry: TaskEntry, details: Details, { color, width }: WhyStyle): string[] {
  const graph = entry.sensors.length === 0 ? null : details.graph();
  if (graph === null) return [];
  return renderGraph(graph, { color, width }).trimEnd().split('\n');
}

/** Differences that are shown; the rest is counted. */
const mostDifferences = 12;

/** What both documents come to in the end: nothing to say but the count where nothing differs. */
function proofLines(details: Details, say: Say): string[] {
  const proof = details.proof();
  if (proof === null) return [];
  const { equal, differing, gatewayDecided, unknown } = proof;
  const counts = `${counted(equal, 'place')} equal, ${differing.length} different, ${gatewayDecided.length} decided by the gateway, ${unknown.length} not known`;
  const list = [
    ...differing.map((one) => say('warning', '  ≠ ', differenceText(one))),
    ...unknown.map(({ path, because }) => say('dim', '  ? ', `${path}: ${because}`)),
    ...gatewayDecided.map((one) => say('dim', '  g ', differenceText(one))),
  ];
  const rest = list.length - mostDifferences;
  return [
    ...say(
      differing.length + unknown.length === 0 ? 'good' : 'plain',
      '= ',
      `effective configuration computed: ${counts}`,
    ),
    ...list.slice(0, mostDifferences).flat(),
    ...(rest > 0 ? say('dim', '  ', `and ${rest} more`) : []),
  ];
}

function differenceText({ path, before, after }: ProofDifference): string {
  return `${path}: ${valueText(before)} → ${valueText(after)}`;
}

function valueText(value: ProofDifference['before']): string {
  if (value === null) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 100 ? `${Array.from(text).slice(0, 100).join('')}…` : text;
}

/** A loss that somebody has to think about. */
const isOpen = ({ class: kind, accepted }: Loss): boolean =>
  (kind === 'lost' || kind === 'changed') && accepted === undefined;

function facts(entry: TaskEntry, owner: string | null): string {
  const { file, line, column, connection, namespace, queue, multiplicity, sensors } = entry;
  return [
    `${file}:${line}:${column}`,
    `connection ${connection ?? '?'} → queue ${queue ?? '?'}`,
    ...(namespace === null ? [] : [`namespace ${namespace}`]),
    ...(owner === null ? [] : [`owner ${owner}`]),
    ...(multiplicity === 1 ? [] : [multiplicity === 'dynamic' ? 'makes several tasks' : `makes ${multiplicity} tasks`]),
    ...(sensors.length === 0 ? [] : [`with ${counted(sensors.length, 'sensor')}`]),
  ].join(' · ');
}

type Say = (look: Look, lead: string, text: string) => string[];

function findingLines({ severity, code, message, line }: FindingEntry, say: Say, { kindOf }: WhyStyle): string[] {
  const [sign, look] = severities[severity];
  const { remedy } = kindOf(code);
  return [
    ...say(look, `${sign} `, `${code} (line ${line}): ${message}`),
    ...(remedy === '' ? [] : say('plain', '  do: ', remedy)),
  ];
}

function lossLines({ path, value, class: kind, why, remedy, accepted }: Loss, say: Say): string[] {
  const text = JSON.stringify(value);
  const shown = text.length > 300 ? `${Array.from(text).slice(0, 300).join('')}…` : text;
  return [
    ...say(kind === 'lost' && accepted === undefined ? 'warning' : 'dim', `${kind} `, `${path} = ${shown}: ${why}`),
    ...(accepted === undefined ? [] : say('dim', '  agreed: ', accepted)),
    ...(remedy === '' || accepted !== undefined ? [] : say('plain', '  do: ', remedy)),
  ];
}

function findingsOf({ findings }: TaskEntry): FindingEntry[] {
  return findings.toSorted((a, b) => severityOrder[a.severity] - severityOrder[b.severity] || a.line - b.line);
}

function lossesOf({ losses }: TaskEntry): Loss[] {
  return losses.toSorted((a, b) => lossOrder[a.class] - lossOrder[b.class] || (a.path < b.path ? -1 : 1));
}

/** What stands on a DAG or a team: how far it is, and which reasons are the most frequent below it. */
export function whyGroup({ tasks }: Row, decisions: Decisions, { width, theme, kindOf }: WhyStyle): string[] {
  const { accepted, rejected, skipped, undecided, changed, undecidable, verdicts } = tallyOf(tasks, decisions);
  const say: Say = (look, lead, text) => paragraph(lead, text, width).map((line) => theme(look, line));
  const counts = new Map<string, number>();
  for (const { entry } of tasks) {
    const codes = new Set(entry.findings.map(({ code }) => code).filter((code) => kindOf(code).verdict !== 'safe'));
    for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const blockers = [...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  return [
    ...say(
      'bold',
      '',
      `${counted(tasks.length, 'task')}: ${verdicts.safe} safe, ${verdicts.review} review, ${verdicts.manual} manual`,
    ),
    ...say('plain', '', `${accepted} accepted, ${rejected} rejected, ${skipped} skipped, ${undecided} undecided`),
    ...(changed === 0 ? [] : say('warning', '', `${changed} changed since decided`)),
    ...(undecidable === 0 ? [] : say('dim', '', `${undecidable} have no change: nothing to decide`)),
    ...blockers.flatMap(([code, number]) => say('plain', `${number} × `, `${code}: ${kindOf(code).title}`)),
  ];
}
