import type { Json } from '../../model.ts';
import type { GatewayConfig } from '../gateway/config.ts';
import { submit } from '../gateway/submit.ts';
import { isObject, type JsonObject, objectOf, textOf } from '../json.ts';
import { type Operation, operate } from '../operator/operate.ts';
import { buildPods, type Pods } from '../pods/build.ts';
import { compareArguments } from './compare-arguments.ts';
import { comparePods } from './compare-pods.ts';
import type { Comparison } from './difference.ts';
import { gatewayDecides } from './gateway-decides.ts';

/** Whether two sides mean the same; without a comparison one of them was refused. */
export interface PairVerdict {
  readonly equal: boolean;
  readonly comparison: Comparison | null;
  readonly errors: readonly string[];
}

/**
 * Compares what a manifest and a request come to, once by arguments and webhook, once by the finished pods. The
 * resources bear the manifest's name for the first and the submission id for the second.
 */
export function comparePair(
  manifest: Json,
  request: Json,
  config: GatewayConfig,
): { readonly args: PairVerdict; readonly pods: PairVerdict } {
  const answer = submit({ body: JSON.stringify(request), contentType: 'application/json', user: 'admin' }, config);
  if (answer.cr === null) {
    const verdict = refused([JSON.stringify(answer.responseBody)]);
    return { args: verdict, pods: verdict };
  }
  const id = textOf(objectOf(answer.cr['metadata'])['name']) ?? '';
  const decides = gatewayDecides(config);
  const before = operate(manifest);
  const after = operate(renamed(answer.cr, before.ok ? before.application.name : id));
  return {
    args:
      before.ok && after.ok
        ? verdictOf(compareArguments(before, after, decides))
        : refused([...problems(before), ...problems(after)]),
    pods: comparePodsOf(podsOf(operate(renamed(objectOf(manifest), id))), podsOf(operate(answer.cr)), (a, b) =>
      comparePods(a, b, decides),
    ),
  };
}

/** The document under another name. */
export function renamed(document: JsonObject, name: string): JsonObject {
  const { generateName: _, ...metadata } = objectOf(document['metadata']);
  return { ...document, metadata: { ...metadata, name } };
}

/** The pods of what reached spark-submit, else why not. */
export function podsOf(operation: Operation): Pods {
  return operation.ok ? buildPods(operation.application, operation.submit) : { ok: false, error: operation.error };
}

type Built = Extract<Pods, { readonly ok: true }>;
function comparePodsOf(before: Pods, after: Pods, compare: (a: Built, b: Built) => Comparison): PairVerdict {
  if (before.ok && after.ok) return verdictOf(compare(before, after));
  return refused([...problems(before), ...problems(after)]);
}

function problems(side: { readonly ok: boolean }): readonly string[] {
  return isObject(side as unknown as Json) && 'error' in side ? [String(side.error)] : [];
}

function verdictOf(comparison: Comparison): PairVerdict {
  return { equal: comparison.differing.length === 0, comparison, errors: [] };
}

function refused(errors: readonly string[]): PairVerdict {
  return { equal: false, comparison: null, errors };
}
