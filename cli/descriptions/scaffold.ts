import type { CommandDescription } from '../description.ts';

export const scaffold: CommandDescription = {
  name: 'scaffold',
  summary: "write an operator that fills the target's gaps",
  description:
    'Writes Python that is yours to keep. standalone: a whole BPGOperator for Airflow 2.7 to 3.x, which renders, defers, cancels, finds a running job again and checks what it sends. subclass: the smallest repair of an installed published operator. Existing files are never overwritten.',
  argument: { name: '<what>', text: 'operator' },
  flags: [
    { name: '--style <style>', text: 'standalone (default) or subclass', values: ['standalone', 'subclass'] },
    { name: '--runtime-helper', text: 'also to_bpg.py, which translates documents that only exist at run time' },
    { name: '--output <dir>', text: 'the folder (default: plugins if it exists, else dags)' },
  ],
  plans: false,
  examples: [
    { command: 'scaffold operator', text: 'plugins/bpg_operator.py' },
    { command: 'scaffold operator --style subclass --output plugins', text: 'beside the published one' },
    { command: 'scaffold operator --runtime-helper', text: 'and to_bpg.py' },
  ],
  load: () => import('../commands/scaffold.ts'),
};
