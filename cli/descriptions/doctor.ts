import type { CommandDescription } from '../description.ts';
import { paths, python } from './shared.ts';

export const doctor: CommandDescription = {
  name: 'doctor',
  summary: 'say what the target operator can do, and what its gaps mean for these DAGs',
  description:
    'Looks at the target operator: what it can do, with the place in its source, and what each gap means for the legacy tasks; how many tasks would be safe under each built-in operator; which route each task takes. Writes nothing.',
  argument: paths,
  flags: [
    python,
    { name: '--routes', text: 'list what every legacy task matches' },
    {
      name: '--gateway <url>',
      text: 'also ask the gateway for its health (BPG_USERNAME, BPG_PASSWORD); exit 1 if it does not answer',
    },
    { name: '--format <format>', text: 'text (default) or json', values: ['text', 'json'] },
  ],
  plans: false,
  examples: [
    { command: 'doctor', text: 'one screen' },
    { command: 'doctor --python .venv/bin/python', text: 'the operator that is installed there' },
    { command: 'doctor --routes', text: 'which rule each task matches' },
    { command: 'doctor --gateway https://gateway.example:8443', text: 'is the gateway there?' },
  ],
  load: () => import('../commands/doctor.ts'),
};
