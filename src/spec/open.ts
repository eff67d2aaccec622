/** The envelope: which kind of resource it is, and where its specification stands. */
import type { DocumentFinding, FindingArguments, TranslateOptions } from '../model.ts';
import type { Masked } from './mask.ts';
import { nameOf } from './rules/name.ts';
import {
  commentsOf,
  type Entry,
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
      /** True where it stood under `spark:`. */
      readonly isWrapped: boolean;
      /** The entry `kubernetes` beside `spark`. */
      readonly block: Entry | null;
      readonly findings: readonly DocumentFinding[];
    }
  | { readonly ok: false; readonly findings: readonly DocumentFinding[] };

const group = 'sparkoperator.k8s.io/v1beta2';

/** Unwraps the `spark:` form of providers from 7.14 on, and refuses other resources with the reason. */
export function openDocument(document: Mapping, masked: Masked, options: TranslateOptions): Opened {
  const wrapped = valueAt(document, 'spark');
  const findings: DocumentFinding[] = [];
  if (isMapping(wrapped) && valueAt(document, 'spec') === undefined) {
    const block = entryOf(document, 'kubernetes') ?? null;
    findings.push({ code: 'wrapper-unwrapped', args: {}, offset: entryOf(document, 'spark')?.key.range?.[0] ?? null });
    const outside = document.items.flatMap((entry) =>
      entry === block ? [] : commentsOf(entry.value === wrapped ? entry.key : entry),
    );
    putComments(wrapped, [...(document.commentBefore ? [document.commentBefore] : []), ...outside]);
    const opened = openDocument(wrapped, masked, options);
    const all = [...findings, ...opened.findings];
    return opened.ok ? { ...opened, isWrapped: true, block, findings: all } : { ok: false, findings: all };
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
  return { ok: true, resource: document, spec, metadata, name, namespace, isWrapped: false, block: null, findings };
}

function refusal(code: string, args: FindingArguments, at: Value): Opened {
  return { ok: false, findings: [{ code, args, offset: at.range?.[0] ?? 0 }] };
}
