/** What the descriptions of several commands share. */
import type { CommandDescription, FlagDescription } from '../description.ts';

/** What most commands look at. */
export const paths: NonNullable<CommandDescription['argument']> = {
  name: '[paths...]',
  text: "files and folders (default: the configuration's, else dags/, else .)",
};
export const includeReview: FlagDescription = {
  name: '--include <verdict>',
  text: 'also changes that need consent: review',
  values: ['review'],
};

export const allowDirty: FlagDescription = {
  name: '--allow-dirty',
  text: 'also write files with changes that git has not recorded',
};
