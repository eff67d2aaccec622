import type { Json } from '../../model.ts';
import { isObject, objectOf, textOf } from '../json.ts';
import type { Application } from './application.ts';
import { buildArguments, type SparkSubmit } from './arguments.ts';
import { checkAgainstCrd } from './crd-check.ts';
import { specShape } from './crd-spec.ts';
import { withDefaults } from './defaults.ts';
import { withMonitoring } from './monitoring.ts';
import { validate } from './validate.ts';

/** Where the way of a document to spark-submit can end. */
type Stage = 'kind' | 'crd-schema' | 'validating-webhook' | 'spark-submit-args';

export type Operation =
  | {
      readonly ok: true;
      readonly pruned: readonly string[];
      /** After the defaults, before monitoring was added. */
      readonly application: Application;
      readonly submit: SparkSubmit;
    }
  | { readonly ok: false; readonly pruned: readonly string[]; readonly stage: Stage; readonly error: string };

const apiVersion = 'sparkoperator.k8s.io/v1beta2';
/** Suffix that the API server gives to a generated name. */
const generated = 'xxxxx';

/**
 * Takes a SparkApplication the operator's way: schema, defaults, webhook, arguments. With `unrendered`, placeholders
 * are carried where the operator would refuse them.
 */
export function operate(document: Json, unrendered = false): Operation {
  const kind = kindProblem(document);
  if (kind !== null) return { ok: false, pruned: [], stage: 'kind', error: kind };
  const root = objectOf(document);
  const { value, pruned, problems } = checkAgainstCrd(root['spec'] ?? {}, specShape, 'spec', unrendered);
  if (problems.length > 0) return { ok: false, pruned, stage: 'crd-schema', error: aggregate(problems) };
  const application: Application = { ...identityOf(root['metadata']), spec: withDefaults(objectOf(value)) };
  const objection = validate(application, unrendered);
  if (objection !== null) return { ok: false, pruned, stage: 'validating-webhook', error: objection };
  const built = buildArguments(withMonitoring(application));
  if (!built.ok) return { ok: false, pruned, stage: 'spark-submit-args', error: built.error };
  return { ok: true, pruned, application, submit: built.submit };
}

function kindProblem(document: Json): string | null {
  const root = objectOf(document);
  const kind = textOf(root['kind']);
  if (kind !== 'SparkApplication') return `kind is ${kind ?? '<nil>'}, not SparkApplication`;
  return root['apiVersion'] === apiVersion ? null : `apiVersion is ${textOf(root['apiVersion']) ?? '<nil>'}`;
}

function identityOf(metadata: Json | undefined): Omit<Application, 'spec'> {
  const { name, generateName, namespace, labels } = objectOf(metadata);
  return {
    name: textOf(name) ?? (textOf(generateName) === null ? '' : `${textOf(generateName)}${generated}`),
    namespace: textOf(namespace) ?? 'default',
    labels: isObject(labels) ? labels : {},
  };
}

function aggregate(problems: readonly string[]): string {
  return problems.length === 1 ? (problems[0] ?? '') : `[${problems.join(', ')}]`;
}
