/** What can be said of a sensor and of the edges around it. */
import type { FindingKind } from '../model.ts';

export const sensorFindings: Readonly<Record<string, FindingKind>> = {
  'sensor-removed': {
    verdict: 'safe',
    promised: 'waits',
    title: 'The sensor has nothing left to wait for',
    message: 'sensor {sensor} is removed: the task itself waits now',
    why: 'BPGOperator ends when the job ends; the tasks behind the sensor follow the operator instead.',
    remedy: 'Pause the DAG, let its runs finish, deploy, unpause.',
  },
  'sensor-comment': {
    verdict: 'safe',
    promised: 'waits',
    title: 'A comment goes with the sensor',
    message: 'the comment {comment} inside the call of sensor {sensor} goes with it',
    why: 'It stood between the arguments of a call that is no longer there.',
    remedy: 'Nothing, or move the comment.',
  },
  'sensor-placeholder': {
    verdict: 'review',
    title: 'The sensor becomes an empty task',
    message: 'sensor {sensor} becomes an EmptyOperator: {because}',
    why: 'An empty task of the same id keeps the graph and every reference to it, but waits for nothing by itself.',
    remedy: 'Check the edges around it.',
  },
  'sensor-emptied': {
    verdict: 'safe',
    promised: 'waits',
    title: 'The sensor becomes an empty task, as asked for',
    message: 'sensor {sensor} becomes an EmptyOperator: {because}',
    why: 'The task itself waits now; an empty task of the same id keeps the graph and every reference.',
    remedy: 'Pause the DAG, let its runs finish, deploy, unpause.',
  },
  'sensor-keeps-reading': {
    verdict: 'manual',
    title: 'A sensor would wait for what no longer comes',
    message: 'sensor {sensor} reads this task: {because}',
    why: 'After the migration there is no SparkApplication of that name where the sensor looks, and no XCom that names one.',
    remedy: 'Remove the sensor, or set `sensors: remove` or `placeholder`.',
  },
  'sensor-alone': {
    verdict: 'review',
    title: 'No operator of this file belongs to the sensor',
    message: 'sensor {sensor} watches {what}; it is kept as it is',
    why: 'The job may be submitted by somebody else.',
    remedy: 'If its job moves to the gateway, the sensor must go too.',
  },
  'sensor-setting-lost': {
    verdict: 'review',
    title: 'A setting of the sensor has no counterpart',
    message: '{name}={value} of sensor {sensor} {consequence}',
    why: 'It belonged to the task that waited; the operator that waits now has nothing of the kind.',
    remedy: 'Decide whether the operator can do without it.',
  },
  'poll-interval-cut': {
    verdict: 'safe',
    promised: 'waits',
    title: 'The job is polled more often',
    message: 'poke_interval was {before} s; log_poll_interval is {seconds} s',
    why: 'The status is read from the gateway; more than a minute between two looks only delays the end of the task.',
    remedy: 'Nothing.',
  },
};
