import type { CommandDescription } from '../description.ts';
import { includeReview, mode, paths } from './shared.ts';

export const verify: CommandDescription = {
  name: 'verify',
  summary: 'load the DAGs before and after in your own Airflow, and compare',
  description:
    'Loads the DAG files before and after the migration in the Airflow (2.7 to 3.x) of the given interpreter and compares tasks, arguments, edges and rendered requests. Exit code 1 when anything differs that the migration does not explain. The one command that executes DAG files: in temporary copies, without network, credentials or your metadata database; no task runs.',
  argument: paths,
  flags: [
    { name: '--python <interpreter>', text: 'the Python that has your Airflow (required)' },
    { name: '--before <ref>', text: 'compare this commit with the work tree: what was applied' },
    { name: '--planned', text: 'compare the work tree with what apply would make of it' },
    { name: '--accepted', text: 'exactly what a review accepted' },
    { name: '--conf <json>', text: "the run's conf for rendering, over params" },
    { name: '--logical-date <date>', text: "the run's date for rendering (default: 2024-06-03)" },
    {
      name: '--pass-env <name>',
      text: 'hand a variable of your environment to the DAG files, as AIRFLOW_VAR_REGION or AIRFLOW_VAR_* (repeatable)',
      several: 'repeated',
    },
    { name: '--plugins <dir>', text: 'the plugins folder (default: plugins)' },
    { name: '--allow-network', text: 'let the DAG files use the network while they load' },
    { name: '--time-limit <seconds>', text: 'for loading one side (default: 300)' },
    { name: '--format <format>', text: 'text (default) or json', values: ['text', 'json'] },
    includeReview,
    mode,
  ],
  plans: true,
  examples: [
    { command: 'verify --python .venv/bin/python --planned', text: 'what apply would do, before it is done' },
    { command: 'verify --python .venv/bin/python --before HEAD', text: 'what was applied, before it is committed' },
    { command: 'verify --python .venv/bin/python --before main --format json', text: 'a branch, for a program' },
    {
      command: "verify --python python3.11 --planned --include review --dag 'clinical_*'",
      text: 'a part of the plan',
    },
  ],
  notes:
    'Without --before and --planned: the work tree against HEAD where DAG files differ from it, else as --planned.\nValues that only a run knows (XComs, variables and connections not passed) stand for themselves on both sides.\nWhat can not be rendered without a run (documents of tasks expanded from an XCom) or does not load on either side is listed as not compared.\nYour environment stays out, so that no credential reaches the DAG files; --pass-env names what they need.',
  load: () => import('../commands/verify.ts'),
};
