/**
 * What the command answers to the shell; where several apply, the highest.
 * 0 done · 1 a check says no · 2 usage, configuration or an unreadable source file · 3 a fault of ours.
 */
export type ExitCode = 0 | 1 | 2 | 3;

export function highest(...codes: readonly ExitCode[]): ExitCode {
  return codes.reduce((worst, code) => (code > worst ? code : worst), 0);
}
