/** What can be said of the project as a whole, of a file, or of the configuration. */
import type { FindingKind } from '../model.ts';

export const projectFindings: Readonly<Record<string, FindingKind>> = {
  'target-assumed': {
    verdict: 'safe',
    title: 'The published operator is assumed',
    message:
      'nothing says which BPGOperator is installed; the published one is assumed: it renders no Jinja and does not re-attach',
    why: 'What may be written depends on what the installed operator can do.',
    remedy: 'Name its source in `target.operatorSource`, or its `target.profile`.',
  },
  'target-found': {
    verdict: 'safe',
    title: 'The target operator was found by its module',
    message: 'nothing names the source of the target operator; it is read from {path}, where its module lies',
    why: 'What may be written depends on what the installed operator can do.',
    remedy: 'Nothing, if that is the one that is installed; else name the right one in `target.operatorSource`.',
  },
  'profile-not-used': {
    verdict: 'safe',
    title: 'A profile that is not needed',
    message: 'target.profile {profile} is not used: the target operator is read from {path}',
    why: 'A profile stands for an operator whose source can not be read.',
    remedy: 'Remove `target.profile`, or name another source in `target.operatorSource`.',
  },
  'target-on-airflow-3': {
    verdict: 'manual',
    title: 'The target operator does not work on the Airflow of the DAGs',
    message: '{operator} does not work on Airflow {airflow}, for {what}: no task can be migrated with it',
    why: 'Its source uses what that Airflow does not have; the published operator is for Airflow 2 only.',
    remedy: 'Use a target operator that runs there: `target.operatorSource` or `target.profile`.',
  },
  'operator-source-unreadable': {
    verdict: 'review',
    title: 'The source of the target operator can not be read',
    message: 'the source of the target operator, {path}: {reason}; the {assumed} one is assumed',
    why: 'What may be written depends on what the installed operator can do.',
    remedy: 'Correct `target.operatorSource` in bpg-migrate.yaml, or name what it lacks.',
  },
  'gateway-config-unreadable': {
    verdict: 'review',
    title: 'The configuration of the gateway can not be read',
    message: 'target.gatewayConfig {path}: {reason}; no request is held against it',
    why: 'Queues, versions, images and limits stay unchecked.',
    remedy: 'Correct the path in bpg-migrate.yaml, or the file.',
  },
  'option-without-effect': {
    verdict: 'safe',
    title: 'An option that this version does not use yet',
    message: '`{option}` is read and checked, but does nothing in this version',
    why: 'An option that is silently ignored would be worse than none.',
    remedy: 'Nothing; do not rely on it.',
  },
  'unused-accept': {
    verdict: 'safe',
    title: 'An accepted loss that does not occur',
    message: '`accept` for {field} matched nothing',
    why: 'An entry that matches nothing hides a typing mistake, or can go.',
    remedy: 'Remove it, or correct it.',
  },
  'expired-accept': {
    verdict: 'review',
    title: 'An accepted loss that has expired',
    message: '`accept` for {field} held until {until}',
    why: 'It was agreed for a time that is over.',
    remedy: 'Renew it or remove it.',
  },
  'unused-ignore': {
    verdict: 'review',
    title: 'An ignore comment that speaks of no call',
    message: 'this comment says to ignore a call, and there is none of the source classes beside it',
    why: 'It stands inside a call, behind its last line, or alone in the lines right above; anywhere else it does nothing, and somebody believes that it does.',
    remedy: 'Move it to its call, or remove it.',
  },
  'expired-ignore': {
    verdict: 'review',
    title: 'An ignore comment that has expired',
    message: 'the comment that says to ignore this call held until {until}',
    why: 'It was agreed for a time that is over, so the call is a legacy task again.',
    remedy: 'Migrate the task, or agree on another date.',
  },
  'ignore-end-unreadable': {
    verdict: 'review',
    title: 'An ignore comment whose end can not be read',
    message: 'until {until} is no date, so the call is ignored without end',
    why: 'The end is written as `until 2027-03-31`: year, month, day.',
    remedy: 'Correct the date.',
  },
  'document-drifted': {
    verdict: 'review',
    title: 'A document changed after it was translated',
    message: '{path} is the translation of an older text: {what}',
    why: 'The migrated task runs the translation, so a change of the source alone changes nothing any more.',
    remedy: 'Translate it again with `bpg-migrate translate`, or make the same change in the translation.',
  },
  'other-use': {
    verdict: 'review',
    title: 'A use of the class that is no call',
    message: '{class} is used without being called: {text}',
    why: 'A subclass, an alias or an argument can make Spark tasks that are not listed here.',
    remedy: 'Look at it by hand; name the class under `classes` if it is an operator of your own.',
  },
};
