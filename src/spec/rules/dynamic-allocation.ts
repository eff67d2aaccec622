/** `dynamicAllocation`: the operator writes sparkConf from it; the gateway adds an instance count. */
import { entryOf, mappingOf, newText, type Text, textOf } from '../tree.ts';
import type { Work } from '../work.ts';

const keys: readonly (readonly [field: string, key: string])[] = [
  ['enabled', 'enabled'],
  ['initialExecutors', 'initialExecutors'],
  ['minExecutors', 'minExecutors'],
  ['maxExecutors', 'maxExecutors'],
  ['shuffleTrackingEnabled', 'shuffleTracking.enabled'],
  ['shuffleTrackingTimeout', 'shuffleTracking.timeout'],
];
const prefix = 'spark.dynamicAllocation.';

export function moveDynamicAllocation(work: Work): void {
  const entry = entryOf(work.spec, 'dynamicAllocation');
  const map = mappingOf(work.spec, 'dynamicAllocation');
  if (entry !== undefined && map !== undefined) {
    const enabled = textOf(map, 'enabled');
    const comments = work.take(work.spec, entry);
    if (enabled !== undefined && work.isHole(enabled.value)) {
      // Switched off, none of the keys was written; switched on, all were.
      work.say(
        'placeholder-structure',
        { path: 'dynamicAllocation.enabled', text: work.restore(enabled.value), wanted: 'true or false' },
        enabled,
      );
    } else if (enabled?.value !== 'true') {
      work.enter('dynamicAllocation', map, 'dead', { why: 'It is switched off; the operator writes nothing then.' });
      work.say('dead-field', { path: 'dynamicAllocation', why: 'it is switched off' }, entry.key);
    } else {
      work.enter('dynamicAllocation', map, 'moved');
      work.say('field-moved', { path: 'dynamicAllocation', target: `sparkConf ${prefix}*` }, entry.key);
      let left = comments;
      for (const [field, key] of keys) {
        const value = textOf(map, field) ?? (field === 'shuffleTrackingEnabled' ? newText('true') : undefined);
        if (value === undefined) continue;
        work.setConf(`${prefix}${key}`, value, left);
        left = [];
      }
    }
  }
  if (entry !== undefined && map !== undefined && textOf(map, 'enabled')?.value === 'true')
    tellStartSize(work, entry.key);
}

/**
 * The gateway always sends at least one instance, and Spark starts with the largest of the three numbers. Only the field
 * matters: where sparkConf alone switches dynamic allocation on, the operator has always written one instance, too.
 */
function tellStartSize(work: Work, at: Text): void {
  if (textOf(work.role('executor'), 'instances') ?? work.conf('spark.executor.instances')) return;
  const sizes = ['initialExecutors', 'minExecutors'].map((key) => work.conf(prefix + key)?.value ?? '0');
  if (sizes.some((size) => /^0*[1-9]\d*$/.test(size))) return;
  work.say('start-size', { path: 'dynamicAllocation.initialExecutors' }, at);
}
