/** What is said of tasks that stand in the source with both operators. */
import type { FindingKind } from '../model.ts';

const order = 'Pause the DAG, let its runs finish, deploy, unpause.';

export const switchFindings: Readonly<Record<string, FindingKind>> = {
  switched: {
    verdict: 'safe',
    title: 'Both operators stand behind a switch',
    message: 'both operators stand here; {file} has the task on the {path} path',
    why: 'Until the switch is taken away the task can go back by one line, so it counts as legacy.',
    remedy: `Change its word in the routing file to move it; \`apply --mode final\` leaves the new operator only. ${order}`,
  },
  'switch-not-possible': {
    verdict: 'manual',
    title: 'The task can not have a switch',
    message: 'no switch: {because}',
    why: 'A switch asks by the task id where the DAG is parsed, and keeps the old call as it stands.',
    remedy: 'Move this task by `apply` without a switch, or write its call in a plainer form.',
  },
  'switch-routing-unreadable': {
    verdict: 'manual',
    title: 'The routing file of a switch can not be followed',
    message: '{file} can not be followed: {because}',
    why: 'The DAGs that ask it fail to import, so nobody guesses which path was meant.',
    remedy: 'Correct the file; the words are old and new, below tasks, dags and connections.',
  },
  'switch-stays': {
    verdict: 'review',
    title: 'The switch is not taken away yet',
    message: 'the switch stays: {because}',
    why: 'Taking it away moves whatever is still on the old path, without the way back.',
    remedy: `Give the task the word new in the routing file first, and let it run. ${order}`,
  },
};
