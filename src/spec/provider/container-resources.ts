/**
 * `container_resources` of the roles: the operator makes cores, core limit, memory and GPUs of it. Memory is divided by
 * 1.4, because that operator's authors count on 40 percent of overhead.
 */
import { roleNames } from '../fields/index.ts';
import {
  type Entry,
  entryOf,
  forEachLeaf,
  isMapping,
  isText,
  type Mapping,
  mappingOf,
  newEntry,
  newMapping,
  type Text,
  textOf,
  type Value,
} from '../tree.ts';
import type { Work } from '../work.ts';
import { madeFrom, overwrite, refuse } from './overwrite.ts';
import { floatOf, isFalsy, isString, parseFloatText, textOfScalar } from './python.ts';

const field = 'container_resources';
type Size = readonly [field: string, value: Value, sources: readonly string[]];
type Made = readonly Size[];

/** Writes the sizes into both roles. Does nothing where the driver has none: then the operator leaves both as they are. */
export function writeContainerResources(work: Work, root: string): void {
  const driver = resourcesOf(work, 'driver');
  if (driver === undefined || isFalsy(driver.value)) return;
  const executor = resourcesOf(work, 'executor');
  if (executor === undefined) {
    refuse(work, `executor.${field}`, 'is missing, and the driver has it', driver.key);
    return;
  }
  for (const role of roleNames) {
    const map = mappingOf(work.spec, role);
    const entry = resourcesOf(work, role);
    if (map !== undefined && entry !== undefined) writeRole(work, map, role, entry, root);
  }
}

/** True where a document has the field; whatever it holds. */
export const hasContainerResources = (work: Work): boolean =>
  roleNames.some((role) => resourcesOf(work, role) !== undefined);

function resourcesOf(work: Work, role: string): Entry | undefined {
  const map = mappingOf(work.spec, role);
  return map === undefined ? undefined : entryOf(map, field);
}

function writeRole(work: Work, map: Mapping, role: string, entry: Entry, root: string): void {
  const path = `${role}.${field}`;
  const { value } = entry;
  if (!isMapping(value) && !isFalsy(value)) {
    const isHole = isText(value) && work.isHole(value.value);
    if (isHole) work.say('kubernetes-block', { path, text: work.restore(value.value) }, value);
    else refuse(work, path, 'is no mapping', value);
    return;
  }
  const made = isMapping(value) ? sizesOf(work, value, path) : [];
  if (made === null) return;
  const used = new Map(made.flatMap(([target, , sources]) => sources.map((source) => [`${path}.${source}`, target])));
  forEachLeaf(value, path, (leaf, leafPath) => {
    const target = used.get(leafPath);
    const kind = target === undefined ? 'dead' : target === 'memory' ? 'changed' : 'moved';
    const why = target === undefined ? 'The operator does nothing with it.' : `The operator makes ${target} of it.`;
    work.enter(leafPath, leaf, kind, { why, remedy: 'Nothing.' });
  });
  const comments = work.take(map, entry);
  let left: readonly string[] = comments;
  for (const [key, size] of made) {
    const by = `the sizes of ${field}`;
    overwrite(work, { map, key, path: `${root}.${role}.${key}`, by }, size, left);
    left = [];
    if (isText(size)) {
      work.say('container-resources', { path: `${role}.${key}`, value: work.restore(size.value) }, size);
    }
  }
}

/** What one role gets; null where the operator raises an error or can not be followed, which is told. */
function sizesOf(work: Work, map: Mapping, path: string): Made | null {
  if (!areParts(work, map, path)) return null;
  const made: Size[] = [];
  for (const [key, sizeOf] of sizes) {
    const node = textOf(mappingOf(map, key[0]), key[1]);
    if (node === undefined || (isFalsy(node) && !(key[0] === 'memory' && isString(node)))) continue;
    const size = sizeOf(node, map);
    if (size === null) {
      refuse(work, `${path}.${key.join('.')}`, 'is no number that the operator can compute with', node);
      return null;
    }
    if (size !== 'nothing') made.push(size);
  }
  return made;
}

/** Every part must be a mapping; of what the operator computes with, nothing may be a placeholder. */
function areParts(work: Work, map: Mapping, path: string): boolean {
  for (const part of ['cpu', 'memory', 'gpu']) {
    const entry = entryOf(map, part);
    if (entry === undefined) continue;
    if (!isMapping(entry.value)) {
      refuse(work, `${path}.${part}`, 'is no mapping', entry.key);
      return false;
    }
    for (const { key, value } of entry.value.items) {
      if (!isText(value) || !work.isHole(value.value)) continue;
      work.say('kubernetes-block', { path: `${path}.${part}.${key.value}`, text: work.restore(value.value) }, value);
      return false;
    }
  }
  return true;
}

/** In the operator's order; null where it raises an error. */
const sizes: readonly (readonly [
  key: readonly [part: string, key: string],
  (node: Text, map: Mapping) => Size | 'nothing' | null,
])[] = [
  [
    ['cpu', 'request'],
    (node) => {
      const cores = wholeNumber(node);
      if (cores === null || cores === 0) return cores === null ? null : 'nothing';
      return ['cores', madeFrom(node, String(cores)), ['cpu.request']];
    },
  ],
  [
    ['cpu', 'limit'],
    (node) => {
      const text = textOfScalar(node);
      return text === null ? null : ['coreLimit', madeFrom(node, text, 'QUOTE_DOUBLE'), ['cpu.limit']];
    },
  ],
  [
    ['memory', 'limit'],
    (node) => {
      const memory = memoryOf(node);
      return memory === null ? null : ['memory', memory, ['memory.limit']];
    },
  ],
  [
    ['gpu', 'quantity'],
    (node, map) => {
      const count = wholeNumber(node);
      const name = textOf(mappingOf(map, 'gpu'), 'name');
      if (count === null) return null;
      if (count === 0 || name === undefined || isFalsy(name)) return 'nothing';
      return ['gpu', gpuOf(name, node, count), ['gpu.name', 'gpu.quantity']];
    },
  ],
];

/** `int(float(…))`. */
function wholeNumber(node: Text): number | null {
  const number = floatOf(node);
  return number === null ? null : Math.trunc(number);
}

/** A text becomes MiB divided by 1.4, cut to a whole number; a bare number stays as it is. */
function memoryOf(node: Text): Text | null {
  if (!isString(node)) return node;
  const { value } = node;
  const isGiga = value.includes('G');
  if (!isGiga && !value.includes('m')) return null;
  const amount = parseFloatText(isGiga ? value.replace(/[Gi ]+$/, '') : value.replace(/m+$/, ''));
  return amount === null ? null : madeFrom(node, `${Math.trunc((isGiga ? amount * 1024 : amount) / 1.4)}m`);
}

function gpuOf(name: Text, quantity: Text, count: number): Mapping {
  const gpu = newMapping();
  if (quantity.range) gpu.range = quantity.range;
  gpu.items.push(newEntry('name', name), newEntry('quantity', madeFrom(quantity, String(count))));
  return gpu;
}
