/** The order of tasks as text. */
import { describe, expect, it } from 'vitest';
import { type ChangeGraph, type GraphNode, renderGraph } from '../../src/index.ts';

const node = (id: string, label: string, more: Partial<GraphNode> = {}): GraphNode => ({
  id,
  label,
  kind: 'task',
  triggerRule: null,
  group: null,
  ...more,
});
const submit = node('n1', 'submit', { kind: 'moved' });
const monitor = node('n2', 'monitor', { kind: 'sensor' });
const prepare = node('n3', 'prepare');
const publish = node('n4', 'publish', { triggerRule: 'all_done' });
const removed: ChangeGraph = {
  before: {
    nodes: [submit, monitor, prepare, publish],
    edges: [
      ['n1', 'n2'],
      ['n2', 'n4'],
      ['n3', 'n1'],
    ],
  },
  after: {
    nodes: [submit, prepare, publish],
    edges: [
      ['n1', 'n4'],
      ['n3', 'n1'],
    ],
  },
  removed: ['n2'],
  hidden: 0,
};
const plain = { color: false, width: 80 };

describe('the order of tasks', () => {
  it('shows what a removed sensor leaves', () => {
    expect(renderGraph(removed, plain)).toBe(
      [
        'order of tasks: the same with monitor taken out',
        '- submit → monitor [removed]',
        '- monitor [removed] → publish [all_done]',
        '  prepare → submit',
        '+ submit → publish [all_done]',
        '',
      ].join('\n'),
    );
  });
  it('shows an empty task as one', () => {
    const empty = { ...monitor, kind: 'placeholder' as const };
    const after = { ...removed.before, nodes: [submit, empty, prepare, publish] };
    const text = renderGraph({ ...removed, after, removed: [], hidden: 3 }, plain);
    expect(text).toContain('order of tasks: the same\n');
    expect(text).toContain('- submit → monitor\n');
    expect(text).toContain('+ submit → monitor [empty]\n');
    expect(text).toContain('  … and 3 more tasks beside these\n');
  });
  it('has a line for a task without neighbours', () => {
    const alone = { nodes: [submit], edges: [] };
    expect(renderGraph({ before: alone, after: alone, removed: [], hidden: 0 }, plain)).toContain('  submit\n');
  });
  it('says why it is not known, and what finds out', () => {
    const text = renderGraph({ unknown: 'x is used at line 3' }, { color: false, width: 40 });
    expect(text.replaceAll('\n', ' ')).toContain('x is used at line 3');
    expect(text).toContain('verify');
    expect(text.split('\n').every((line) => line.length <= 40)).toBe(true);
  });
  it('keeps to the width and lets no control character through', () => {
    const odd = { nodes: [node('n1', 'a\u001b[31m'.repeat(30))], edges: [] };
    const text = renderGraph({ before: odd, after: odd, removed: [], hidden: 0 }, { color: true, width: 30 });
    expect(text).not.toContain('\u001b[31m');
  });
});
