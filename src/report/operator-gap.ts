/** That tasks are manual for what the target operator can't do, said first: how many, under which operator, and the way out. */
import type { OperatorGap, ProfileSplit } from '../model.ts';
import { type Paint, padTo, widthOf } from './terminal.ts';
import { visible } from './visible.ts';

/** The lines of the block, headline first, the command that changes it last. */
export function operatorGapLines({ held, legacy, profiles }: OperatorGap, paint: Paint): string[] {
  const tasks = legacy === 1 ? 'task is' : 'tasks are';
  return [
    paint('bold', `${held} of ${legacy} legacy ${tasks} manual for what the target operator can not do`),
    ...profileTable(profiles, paint),
    `  ${wayOut(profiles)}`,
  ];
}

/** Verdicts side by side, one operator a line. */
export function profileTable(profiles: readonly ProfileSplit[], paint: Paint): string[] {
  const width = Math.max(...profiles.map(({ name }) => widthOf(visible(name))), 'operator'.length);
  const number = (count: number): string => String(count).padStart(7);
  return [
    paint(
      'dim',
      `  ${padTo('operator', width)} ${['safe', 'review', 'manual'].map((word) => word.padStart(7)).join('')}`,
    ),
    ...profiles.map(({ name, safe, review, manual }) => {
      const last = manual > 0 ? paint('red', number(manual)) : number(manual);
      return `  ${padTo(visible(name), width)} ${number(safe)}${number(review)}${last}`;
    }),
  ];
}

/** The one command that changes it. */
function wayOut(profiles: readonly ProfileSplit[]): string {
  const [now, ...others] = profiles;
  const best = others.reduce<ProfileSplit | undefined>(
    (found, one) => (one.manual < (found ?? now ?? one).manual ? one : found),
    undefined,
  );
  if (best === undefined || now === undefined) return 'bpg-migrate doctor';
  const fewer = `${now.manual - best.manual} fewer manual`;
  return best.profile === 'standalone'
    ? `bpg-migrate scaffold operator --style standalone   # ${fewer}`
    : `target.profile: ${best.name} in bpg-migrate.yaml, if that one is installed   # ${fewer}`;
}
