/** `bpg.maxRunningMillis`: when the gateway ends the job, against how long the operator waits for it. */
import { entryOf, mappingOf, newText, replaceValue } from '../tree.ts';
import type { Work } from '../work.ts';

const key = 'bpg.maxRunningMillis';
/** What the gateway takes where the request says nothing: twelve hours. */
const gatewayDefault = 43_200_000;

/** Writes the caller's limit over the document's own, and tells where what the document says is not what is waited. */
export function limitRunningTime(work: Work): void {
  const { maxRunningMillis, applicationTimeout } = work.options;
  const waited = applicationTimeout === undefined ? maxRunningMillis : applicationTimeout * 1000;
  const own = work.conf(key);
  const says = own === undefined || own.value === '' ? null : work.restore(own.value).trim();
  if (waited !== undefined) {
    const isEqual =
      says === null ? maxRunningMillis !== undefined || waited <= gatewayDefault : says === String(waited);
    const agrees = maxRunningMillis === undefined || maxRunningMillis === waited;
    if (!isEqual || !agrees) {
      const limit = says ?? String(maxRunningMillis ?? gatewayDefault);
      work.say('running-time-disagrees', { millis: limit, seconds: waited / 1000 }, own ?? work.spec);
    }
  }
  if (maxRunningMillis === undefined) return;
  const value = newText(String(maxRunningMillis), 'QUOTE_DOUBLE');
  const entry = entryOf(mappingOf(work.spec, 'sparkConf') ?? work.spec, key);
  if (entry === undefined || own === undefined) {
    work.setConf(key, value);
    return;
  }
  if (own.value === value.value) return;
  work.enter(`sparkConf.${key}`, own, 'changed', {
    why: 'The gateway ends the job when the operator stops waiting for it.',
    remedy: 'Check the time limit of the task.',
  });
  replaceValue(entry, value);
}
