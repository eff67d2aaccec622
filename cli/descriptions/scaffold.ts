import type { CommandDescription } from '../description.ts';

export const scaffold: CommandDescription = {
  name: 'scaffold',
  summary: "write an operator that fills the target's gaps, a workflow for CI, or a case for contributors",
  description:
    'Writes Python that is yours to keep. standalone: a whole BPGOperator for Airflow 2.7 to 3.x, which renders, defers, cancels, finds a running job again and checks what it sends. subclass: the smallest repair of an installed published operator. ci: a workflow with a matrix of shards, check against the baseline, annotations, code scanning and a summary. fixture: a case of the tests of bpg-migrate itself. Existing files are never overwritten.',
  argument: { name: '<what...>', text: 'operator, ci, or fixture <topic>/<case>' },
  flags: [
    { name: '--style <style>', text: 'standalone (default) or subclass', values: ['standalone', 'subclass'] },
    { name: '--runtime-helper', text: 'also to_bpg.py, which translates documents that only exist at run time' },
    { name: '--provider <name>', text: 'of ci: github', values: ['github'] },
    {
      name: '--output <dir>',
      text: 'the folder (default: plugins if it exists, else dags; of ci: here; of fixture: fixtures/migrate)',
    },
  ],
  plans: false,
  examples: [
    { command: 'scaffold operator', text: 'plugins/bpg_operator.py' },
    { command: 'scaffold operator --style subclass --output plugins', text: 'beside the published one' },
    { command: 'scaffold operator --runtime-helper', text: 'and to_bpg.py' },
    { command: 'scaffold ci --provider github', text: '.github/workflows/bpg-migrate.yml' },
    { command: 'scaffold fixture sensors/two-of-one', text: 'in a checkout of bpg-migrate' },
  ],
  load: () => import('../commands/scaffold.ts'),
};
