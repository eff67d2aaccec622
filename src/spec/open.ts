/** The envelope: which kind of resource it is, and where its specification stands. */
import type { DocumentFinding, FindingArguments, Loss, TranslateOptions } from '../model.ts';
import { roleNames } from './fields/index.ts';
import type { Masked } from './mask.ts';
import { nameOf } from './rules/name.ts';
import {
  commentsOf,
  entryOf,
  isMapping,
  isText,
  type Mapping,
  mappingOf,
  putComments,
  type Text,
  textOf,
  type Value,
  valueAt,
} from './tree.ts';

export type Opened =
  | {
      readonly ok: true;
      /** The resource, out of its wrapper. */
      readonly resource: Mapping;
      readonly spec: Mapping;
      readonly metadata: Mapping | undefined;
      readonly name: Text | null;
      /** `metadata.namespace`; null where it has none. */
      readonly namespace: Text | null;
      readonly findings: readonly DocumentFinding[];
      readonly losses: readonly Loss[];
    }
  | { readonly ok: false; readonly findings: readonly DocumentFinding[] };

const group = 'sparkoperator.k8s.io/v1beta2';

/** Unwraps the `spark:` form of providers from 7.14 on, and refuses other resources with the reason. */
export function openDocument(document: Mapping, masked: Masked, options: TranslateOptions): Opened {
  const wrapped = valueAt(document, 'spark');
  const findings: DocumentFinding[] = [];
  if (isMapping(wrapped) && valueAt(document, 'spec') === undefined) {
    const kubernetes = entryOf(document, 'kubernetes');
    const isEmpty = kubernetes === undefined || !isMapping(kubernetes.value) || kubernetes.value.items.length === 0;
    if (!isEmpty) return refusal('kubernetes-block', { what: 'a `kubernetes:` block' }, kubernetes.key);
    const resources = roleNames.flatMap(
      (role) => entryOf(mappingOf(mappingOf(wrapped, 'spec'), role) ?? wrapped, 'container_resources') ?? [],
    );
    const [first] = resources;
    if (first !== undefined) return refusal('kubernetes-block', { what: '`container_resources`' }, first.key);
    findings.push({ code: 'wrapper-unwrapped', args: {}, offset: entryOf(document, 'spark')?.key.range?.[0] ?? null });
    const outside = document.items.flatMap((entry) =>
      entry.value === wrapped ? commentsOf(entry.key) : commentsOf(entry),
    );
    putComments(wrapped, [...(document.commentBefore ? [document.commentBefore] : []), ...outside]);
    const opened = openDocument(wrapped, masked, options);
    return { ...opened, findings: [...findings, ...opened.findings] };
  }
  const apiVersion = textOf(document, 'apiVersion');
  const kind = textOf(document, 'kind');
  if (kind?.value === 'ScheduledSparkApplication') return refusal('scheduled-application', {}, kind);
  const isForeign = apiVersion !== undefined && apiVersion.value !== group && !masked.holesIn(apiVersion.value).length;
  if (isForeign) return refusal('foreign-resource', { what: `apiVersion ${apiVersion.value}` }, apiVersion);
  if (kind === undefined || kind.value !== 'SparkApplication') {
    return refusal(
      'foreign-resource',
      { what: kind === undefined ? 'no kind' : `kind ${masked.restore(kind.value)}` },
      kind ?? document,
    );
  }
  if (apiVersion === undefined) return refusal('foreign-resource', { what: 'no apiVersion' }, document);
  const spec = valueAt(document, 'spec');
  if (isText(spec) && masked.holesIn(spec.value).length > 0) {
    return refusal(
      'placeholder-structure',
      { path: 'spec', text: masked.restore(spec.value), wanted: 'a mapping' },
      spec,
    );
  }
  if (!isMapping(spec)) return refusal('spec-missing', {}, spec ?? document);
  const metadata = mappingOf(document, 'metadata');
  const name = nameOf(metadata, options);
  const namespace = textOf(metadata, 'namespace') ?? null;
  return { ok: true, resource: document, spec, metadata, name, namespace, findings, losses: [] };
}

function refusal(code: string, args: FindingArguments, at: Value): Opened {
  return { ok: false, findings: [{ code, args, offset: at.range?.[0] ?? 0 }] };
}
