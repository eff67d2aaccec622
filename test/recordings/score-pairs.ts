import { comparePair, type GatewayConfig, type PairVerdict } from '../../src/effective/index.ts';
import { sameJson } from '../../src/effective/json.ts';
import type { Json } from '../../src/model.ts';
import { countCase, type Score, Tally, versus } from './score.ts';

/** A line of `pairs.jsonl`. */
interface Pair {
  readonly id: string;
  readonly manifest: Json;
  readonly request: Json;
  readonly args: RecordedVerdict;
  readonly pods: RecordedVerdict;
}
interface RecordedVerdict {
  readonly equal: boolean;
  /** Path → [by manifest, by request]; absent where a side was refused. */
  readonly diff?: Json;
}

/** Scores for pairs: whether both sides mean the same, and where they do not. */
export function scorePairs(lines: readonly unknown[], config: GatewayConfig): readonly Score[] {
  const verdicts = { args: new Tally('recorded pairs: args verdict'), pods: new Tally('recorded pairs: pods verdict') };
  const together = new Tally('recorded pairs: args and pods verdict together');
  const places = {
    args: new Tally('recorded pairs: args differences'),
    pods: new Tally('recorded pairs: pods differences'),
  };
  const tallies = [verdicts.args, verdicts.pods, together, places.args, places.pods];
  for (const line of lines as readonly Pair[]) countCase(line.id, tallies, () => countPair(line));
  return tallies.map((tally) => tally.score());

  function countPair(recorded: Pair): void {
    const ours = comparePair(recorded.manifest, recorded.request, config);
    for (const part of ['args', 'pods'] as const) {
      const diff = differences(ours[part]);
      verdicts[part].count(recorded.id, ours[part].equal === recorded[part].equal, () =>
        versus(diff, recorded[part].diff),
      );
      places[part].count(recorded.id, sameJson(diff, recorded[part].diff ?? null), () =>
        versus(diff, recorded[part].diff),
      );
    }
    const equal = ours.args.equal === recorded.args.equal && ours.pods.equal === recorded.pods.equal;
    together.count(recorded.id, equal, () => 'see the single scores');
  }
}

function differences(verdict: PairVerdict): Json {
  if (verdict.comparison === null) return null;
  return Object.fromEntries(verdict.comparison.differing.map(({ path, before, after }) => [path, [before, after]]));
}
