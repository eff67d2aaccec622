/** The order of tasks before and after a change as lines of text: what stays, what goes, what comes. */
import type { ChangeGraph, GraphNode, TaskGraph } from '../model.ts';
import { painter, wrap } from './terminal.ts';
import { visible } from './visible.ts';

export interface GraphTextOptions {
  readonly color: boolean;
  /** Columns; longer lines go on below themselves. */
  readonly width: number;
}

/**
 * One line for each task that others run after, `prepare → submit`, with `-` where only the source says so and `+` where
 * only the result does; trigger rules and what becomes of sensors in brackets. Ends in a newline.
 */
export function renderGraph(graph: ChangeGraph, { color, width }: GraphTextOptions): string {
  const paint = painter(color);
  const put = (sign: ' ' | '-' | '+', line: string): string[] =>
    wrap(visible(line), width - 2).map((part, index) => {
      const text = `${sign} ${index === 0 ? '' : '  '}${part}`;
      return sign === ' ' ? text : paint(sign === '-' ? 'red' : 'green', text);
    });
  if ('unknown' in graph) {
    const line = `order of tasks not told by the source: ${graph.unknown}; bpg-migrate verify compares it in Airflow`;
    return `${wrap(visible(line), width).join('\n')}\n`;
  }
  const { before, after, removed, hidden } = graph;
  const [old, now] = [linesOf(before, new Set(removed)), linesOf(after, new Set())];
  const lines = [
    ...[...old].flatMap(([id, line]) => put(now.get(id) === line ? ' ' : '-', line)),
    ...[...now].flatMap(([id, line]) => (old.get(id) === line ? [] : put('+', line))),
  ];
  const gone = before.nodes.filter(({ id }) => removed.includes(id)).map(({ label }) => label);
  const title =
    gone.length === 0 ? 'order of tasks: the same' : `order of tasks: the same with ${gone.join(', ')} taken out`;
  const more = hidden === 0 ? [] : [`  … and ${hidden} more tasks beside these`];
  return `${[...wrap(visible(title), width), ...lines, ...more].join('\n')}\n`;
}

/** By task, the line that says what runs after it; one that stands alone has a line of its own. */
function linesOf({ nodes, edges }: TaskGraph, removed: ReadonlySet<string>): ReadonlyMap<string, string> {
  const names = new Map(nodes.map((node) => [node.id, nameOf(node, removed)]));
  const lines = new Map<string, string>();
  for (const { id } of nodes) {
    const behind = edges.flatMap(([from, to]) => (from === id ? (names.get(to) ?? []) : []));
    if (behind.length > 0) lines.set(id, `${names.get(id)} → ${behind.join(', ')}`);
    else if (!edges.some(([, to]) => to === id)) lines.set(id, `${names.get(id)}`);
  }
  return lines;
}

function nameOf({ id, label, kind, triggerRule }: GraphNode, removed: ReadonlySet<string>): string {
  const role = removed.has(id) ? 'removed' : kind === 'placeholder' ? 'empty' : null;
  const notes = [role, triggerRule].filter((note) => note !== null);
  return notes.length === 0 ? label : `${label} [${notes.join(', ')}]`;
}
