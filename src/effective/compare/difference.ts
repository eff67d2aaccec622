import type { Json } from '../../model.ts';
import { sameJson } from '../json.ts';
import type { Leaves } from './flatten.ts';

/** A place with what stands there before (by the manifest) and after (by the request); null: nothing. */
export interface Difference {
  readonly path: string;
  readonly before: Json;
  readonly after: Json;
}

/** Two sides compared. */
export interface Comparison {
  readonly equal: readonly string[];
  readonly differing: readonly Difference[];
  readonly gatewayDecided: readonly Difference[];
}

/** Decides whether the gateway answers for a difference. */
export type GatewayDecides = (difference: Difference) => boolean;

/** Compares two sides leaf by leaf, in the order of their paths. */
export function compareLeaves(before: Leaves, after: Leaves, gateway: GatewayDecides): Comparison {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const equal: string[] = [];
  const differing: Difference[] = [];
  const gatewayDecided: Difference[] = [];
  for (const path of paths) {
    const difference = { path, before: before.get(path) ?? null, after: after.get(path) ?? null };
    if (before.has(path) && after.has(path) && sameJson(difference.before, difference.after)) equal.push(path);
    else if (gateway(difference)) gatewayDecided.push(difference);
    else differing.push(difference);
  }
  return { equal, differing, gatewayDecided };
}

/** Several comparisons as one. */
export function joinComparisons(parts: readonly Comparison[]): Comparison {
  return {
    equal: parts.flatMap((part) => part.equal),
    differing: parts.flatMap((part) => part.differing),
    gatewayDecided: parts.flatMap((part) => part.gatewayDecided),
  };
}
