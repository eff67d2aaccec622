import type { Session } from '../../../cli/session.ts';

/** Hears nothing, and says nothing. */
export const quietSession: Session = {
  cwd: '/',
  color: false,
  width: 80,
  verbose: false,
  progress: { update: () => {}, clear: () => {} },
  timing: { mark: () => {}, lines: () => [] },
  print: () => {},
  say: () => {},
  warn: () => {},
  readInput: async () => new Uint8Array(),
};
