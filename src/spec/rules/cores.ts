/** Sizes: the gateway always sends cores, memory and instances, so they are always written out. */
import type { RoleName } from '../fields/index.ts';
import { wholeCores } from '../quantity.ts';
import { entryOf, insertInOrder, isText, type Mapping, newEntry, newText, type Text, textOf } from '../tree.ts';
import { normalize } from '../types.ts';
import type { Work } from '../work.ts';
import { computed } from './spark-version.ts';

const order: readonly string[] = ['instances', 'cores', 'coreRequest', 'coreLimit', 'memory', 'memoryOverhead'];

/** Writes a size that the source leaves to sparkConf or to the default. */
export function writeSize(work: Work, role: Mapping, name: RoleName, field: 'cores' | 'memory' | 'instances'): void {
  if (entryOf(role, field) !== undefined) return;
  const key = `spark.${name}.${field}`;
  const conf = work.conf(key);
  const path = `${name}.${field}`;
  const initial = defaultSize(work, field);
  const value = newText(
    conf?.value ?? initial,
    field === 'memory' ? ((conf?.type as 'PLAIN' | undefined) ?? 'QUOTE_DOUBLE') : 'PLAIN',
  );
  if (field !== 'memory') {
    if (conf !== undefined && !/^\d+$/.test(conf.value) && !work.isHole(conf.value)) {
      work.say('wrong-type', { path: `sparkConf.${key}`, wanted: 'a number', found: `the text ${conf.value}` }, conf);
    }
    normalize(work, value, 'integer', path);
  }
  insertInOrder(role, newEntry(field, value), order);
  const from = conf === undefined ? 'its default' : `sparkConf ${key}`;
  work.say('size-written-out', { path, value: work.restore(value.value), from }, conf ?? role);
}

/**
 * What Spark takes where nobody says a size. The operator writes one instance, except where it finds this misspelt key:
 * then Spark's own default counts.
 */
function defaultSize(work: Work, field: 'cores' | 'memory' | 'instances'): string {
  if (field === 'memory') return '1g';
  const isLeftToSpark = field === 'instances' && work.conf('spark.dynamicallocation.enabled')?.value === 'true';
  return isLeftToSpark ? '2' : '1';
}

/** Rounds a core limit up, copies one from sparkConf, and sets one where the request for cores needs it. */
export function roundCoreLimit(work: Work, role: Mapping, name: RoleName): void {
  const path = `${name}.coreLimit`;
  const conf = work.conf(`spark.kubernetes.${name}.limit.cores`);
  const node = textOf(role, 'coreLimit');
  if (node !== undefined) {
    round(work, node, path);
    return;
  }
  if (conf !== undefined) {
    const copy = newText(conf.value, conf.type as 'PLAIN');
    insertInOrder(role, newEntry('coreLimit', copy), order);
    work.say('core-limit-copied', { path, value: work.restore(conf.value) }, conf);
    round(work, copy, path, conf);
    return;
  }
  const cores = textOf(role, 'cores');
  const request = textOf(role, 'coreRequest') ?? work.conf(`spark.kubernetes.${name}.request.cores`);
  if (request === undefined || cores === undefined) {
    work.say('core-limit-set', { path, role: name }, role);
    return;
  }
  const needed = wholeCores(request.value);
  if (needed === null || work.isHole(cores.value)) {
    work.say('core-request-unchecked', { path: `${name}.coreRequest`, text: work.restore(request.value) }, request);
    return;
  }
  if (needed <= Number(cores.value)) {
    work.say('core-limit-set', { path, role: name }, role);
    return;
  }
  insertInOrder(role, newEntry('coreLimit', newText(String(needed), 'QUOTE_DOUBLE')), order);
  work.say('core-limit-needed', { path, value: String(needed), request: request.value, cores: cores.value }, request);
}

function round(work: Work, node: Text, path: string, at: Text = node): void {
  if (work.isHole(node.value)) {
    work.say('placeholder-computed', computed(work, path, node, 'whole cores, such as 2'), at);
    return;
  }
  const cores = wholeCores(node.value);
  if (cores === null || cores === 0) {
    const code = work.isHomemade(node.value) ? 'placeholder-manual' : 'wrong-type';
    work.say(code, { ...computed(work, path, node, 'cores, such as 2 or 1200m'), found: `the text ${node.value}` }, at);
    return;
  }
  if (node.type === 'PLAIN') node.type = 'QUOTE_DOUBLE';
  if (node.value === String(cores)) return;
  if (node === at) work.enter(path, node, 'changed');
  work.say('core-limit-rounded', { path, written: node.value, value: String(cores) }, at);
  node.value = String(cores);
}

/** A number of cores or instances that a placeholder gives must come out whole. */
export function checkComputedNumber(work: Work, role: Mapping, path: string, field: string): void {
  const node = textOf(role, field);
  if (!isText(node)) return;
  // Only copied: whatever it comes to was sent before and is sent now.
  if (work.isHole(node.value))
    work.say('placeholder-number', computed(work, path, node, 'a whole number, 1 or more'), node);
  else if (work.isHomemade(node.value))
    work.say('placeholder-manual', computed(work, path, node, 'a whole number'), node);
  else if (Number(node.value) < 1) {
    work.say('wrong-type', { path, wanted: 'a number of at least 1', found: `the text ${node.value}` }, node);
  }
}
