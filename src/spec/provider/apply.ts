/**
 * What SparkKubernetesOperator of providers from 7.14 on does to a document before it creates the resource: sizes out of
 * `container_resources`, the `kubernetes:` block over both roles, metadata of its own.
 */
import { kindOf } from '../../findings/catalogue.ts';
import { isEntered } from '../accounting.ts';
import { roleNames } from '../fields/index.ts';
import {
  commentsOf,
  type Entry,
  entryOf,
  forEachLeaf,
  isText,
  type Mapping,
  mappingOf,
  putComments,
  removeFrom,
  type Value,
  valueAt,
} from '../tree.ts';
import type { Work } from '../work.ts';
import { hasContainerResources, writeContainerResources } from './container-resources.ts';
import { writeBlock } from './kubernetes-block.ts';
import { refuse } from './overwrite.ts';
import { isFalsy } from './python.ts';
import { isProviderAtLeast, keepsMetadata, unwraps } from './versions.ts';

export interface Source {
  readonly resource: Mapping;
  readonly metadata: Mapping | undefined;
  /** True where the resource stood under `spark:`: only providers from 7.14 on read that. */
  readonly isWrapped: boolean;
  /** The entry `kubernetes`, where there is one beside `spark`. */
  readonly block: Entry | null;
}

/**
 * Rewrites `work.spec` and the metadata into what is created. Where the result depends on a version that is not known,
 * it says so and does as the newest. Older providers created the document as it stands.
 */
export function applyProvider(work: Work, { resource, metadata, isWrapped, block }: Source): void {
  const does = isWrapped ? true : isProviderAtLeast(work, unwraps);
  if (does === false) return;
  if (does === true) dropMetadata(work, metadata, isWrapped);
  if (!isWrapped && !hasContainerResources(work)) return;
  if (!isWrapped && does === null) tellResources(work);
  const root = isWrapped ? 'spark.spec' : 'spec';
  const { spec } = work;
  const leaves: { readonly node: Value; readonly path: string }[] = [];
  const add = (node: Value, path: string): void => {
    leaves.push({ node, path });
  };
  forEachLeaf(spec, '', add);
  if (block !== null) forEachLeaf(block.value, 'kubernetes', add);
  const comments = [...commentsOf(block), ...commentsOf(spec)];
  if (isWrapped) checkApplication(work);
  writeContainerResources(work, root);
  if (block !== null) writeBlock(work, block, root);
  keepComments(resource, comments);
  if (work.findings.some(({ code }) => kindOf(code).verdict === 'manual')) return;
  const kept = new Set<Value>();
  forEachLeaf(spec, '', (node) => {
    kept.add(node);
  });
  const entered = new Set(work.losses.map(({ path }) => path));
  for (const { node, path } of leaves) {
    const places = [work.restore(path), work.restore(`${root}.${path}`)];
    if (kept.has(node) || places.some((place) => isEntered(entered, place))) continue;
    work.say('field-unaccounted', { path: work.restore(path) }, node);
  }
}

/** What the operator itself refuses in `spark.spec`. */
function checkApplication(work: Work): void {
  const dynamic = mappingOf(work.spec, 'dynamicAllocation');
  const enabled = valueAt(dynamic, 'enabled');
  if (dynamic !== undefined && enabled !== undefined && !isFalsy(enabled)) {
    const missing = ['minExecutors', 'maxExecutors'].filter((key) => isFalsy(valueAt(dynamic, key)));
    const isKnown = !isText(enabled) || !work.isHole(enabled.value);
    if (missing.length > 0 && isKnown) {
      refuse(work, 'dynamicAllocation', `has no ${missing.join(' and no ')}, which the operator asks for`, enabled);
    }
  }
  if (entryOf(work.spec, 'driver') === undefined && isProviderAtLeast(work, keepsMetadata) === false) {
    refuse(work, 'driver', 'is missing, and the operator reads it', work.spec);
  }
}

/** Before 10.9 the resource got name and namespace as its only metadata: its labels reached no pod. */
function dropMetadata(work: Work, metadata: Mapping | undefined, isWrapped: boolean): void {
  const labels = entryOf(metadata ?? work.spec, 'labels');
  if (metadata === undefined || labels === undefined || isFalsy(labels.value)) return;
  const keeps = isProviderAtLeast(work, keepsMetadata);
  if (keeps === true) return;
  if (keeps === null) {
    if (!isWrapped) return;
    const told = { path: 'metadata.labels', before: 'drop it (before 10.9)', since: 'keep it' };
    work.say('provider-version-matters', told, labels.key);
    return;
  }
  const why = 'the operator writes metadata of its own, so no pod got it';
  work.enter('metadata.labels', labels.value, 'dead', {
    why: 'Before provider 10.9 the operator writes metadata of its own, so no pod got it.',
    remedy: 'Nothing, or write the labels into driver and executor.',
  });
  work.say('dead-field', { path: 'metadata.labels', why }, labels.key);
  removeFrom(metadata, labels);
}

function tellResources(work: Work): void {
  for (const role of roleNames) {
    const entry = entryOf(mappingOf(work.spec, role) ?? work.spec, 'container_resources');
    if (entry === undefined || isFalsy(entry.value)) continue;
    const told = {
      path: `${role}.container_resources`,
      before: 'leave it, and Kubernetes removes it (before 7.14)',
      since: 'make the sizes of it',
    };
    work.say('provider-version-matters', told, entry.key);
  }
}

/** Comments that stood on something which is gone are kept above the rest. */
function keepComments(resource: Mapping, comments: readonly string[]): void {
  const left = commentsOf(resource);
  const gone = comments.filter((comment) => !left.some((other) => other.includes(comment)));
  putComments(resource, gone);
}
