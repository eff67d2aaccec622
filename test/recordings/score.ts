/** How many of the recorded cases the calculators answer as the real programs did. */
export type Score =
  | {
      readonly name: string;
      readonly passed: number;
      readonly total: number;
      readonly failures: readonly Failure[];
    }
  | { readonly name: string; readonly skipped: string };

export interface Failure {
  readonly id: string;
  readonly how: string;
}

/** Counts cases of one kind. */
export class Tally {
  private readonly name: string;
  private total = 0;
  private readonly failures: Failure[] = [];

  constructor(name: string) {
    this.name = name;
  }

  count(id: string, passed: boolean, how: () => string): void {
    this.total++;
    if (!passed) this.failures.push({ id, how: how() });
  }

  score(): Score {
    return { name: this.name, passed: this.total - this.failures.length, total: this.total, failures: this.failures };
  }
}

/** Counts a case; an exception is a fault of ours, and fails the case in every tally. */
export function countCase(id: string, tallies: readonly Tally[], count: () => void): void {
  try {
    count();
  } catch (error) {
    for (const tally of tallies) tally.count(id, false, () => `exception: ${String(error)}`);
  }
}

/** True if both objections list the same problems: the API server's schema check has no order of its own. */
export function sameObjection(ours: string | null, recorded: string | null): boolean {
  return ours === recorded || problemsOf(ours).join() === problemsOf(recorded).join();
}

function problemsOf(objection: string | null): readonly string[] {
  const inner = /^\[(.*)\]$/s.exec(objection ?? '')?.[1] ?? objection ?? '';
  return inner.split(/, (?=spec\.)/).sort();
}

/** Two values in one line, for what differs. */
export function versus(ours: unknown, recorded: unknown): string {
  return `ours ${short(ours)}, recorded ${short(recorded)}`;
}

/** What only one of two lists has. */
export function listVersus(ours: readonly string[] | null, recorded: readonly string[] | null): string {
  if (ours === null || recorded === null)
    return versus(ours === null ? null : 'arguments', recorded === null ? null : 'arguments');
  return versus(
    ours.filter((item) => !recorded.includes(item)),
    recorded.filter((item) => !ours.includes(item)),
  );
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
const longest = 600;
