/** How long the stages of a command took, for `--timing`. */
export interface Timing {
  /** Ends a stage: the time since the last mark was its. */
  mark(stage: string): void;
  /** A line a stage, in the order in which they first ended, and one for all. */
  lines(): readonly string[];
}

/** The first stage begins with the process. */
export function createTiming(): Timing {
  const spent = new Map<string, number>();
  let last = 0;
  return {
    mark(stage) {
      const now = performance.now();
      spent.set(stage, (spent.get(stage) ?? 0) + now - last);
      last = now;
    },
    lines() {
      const rows = [...spent, ['all', performance.now()] as const];
      const width = Math.max(...rows.map(([stage]) => stage.length));
      return rows.map(([stage, time]) => `${stage.padEnd(width)} ${time.toFixed(0).padStart(7)} ms`);
    },
  };
}
