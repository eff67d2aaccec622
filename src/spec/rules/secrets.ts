/** `secrets` of a role: Spark mounts them from sparkConf, and two types bring a variable with them. */
import { entryOf, isList, isMapping, type Mapping, newText, textOf } from '../tree.ts';
import type { Work } from '../work.ts';

/** The variable that a type of secret sets, and the file in the mount that it names. */
const variables: Readonly<Record<string, readonly [name: string, file: string]>> = {
  GCPServiceAccount: ['GOOGLE_APPLICATION_CREDENTIALS', 'key.json'],
  HadoopDelegationToken: ['HADOOP_TOKEN_FILE_LOCATION', 'hadoop.token'],
};

export function moveSecrets(work: Work, parent: Mapping, role: string): void {
  const entry = entryOf(parent, 'secrets');
  if (entry === undefined || !isList(entry.value)) return;
  const path = `${role}.secrets`;
  let comments = work.take(parent, entry);
  if (entry.value.items.length === 0) {
    work.enter(path, entry.value, 'dead', { why: 'It is empty.' });
    return;
  }
  const seen = new Set<string>();
  for (const [index, item] of entry.value.items.entries()) {
    const place = `${path}[${index}]`;
    const name = isMapping(item) ? textOf(item, 'name') : undefined;
    const mount = isMapping(item) ? textOf(item, 'path') : undefined;
    if (name === undefined || mount === undefined || !isMapping(item)) {
      work.say('wrong-type', { path: place, wanted: 'a secret with name and path', found: 'less' }, item);
      continue;
    }
    if (seen.has(name.value)) {
      work.enter(place, item, 'dead', {
        why: 'The operator writes one sparkConf key per secret; the first mount of this name counts.',
      });
      continue;
    }
    seen.add(name.value);
    work.enter(place, item, 'moved');
    const key = `spark.kubernetes.${role}.secrets.${name.value}`;
    work.say('field-moved', { path: place, target: `sparkConf ${work.restore(key)}` }, item);
    work.setConf(key, mount, comments);
    comments = [];
    const variable = variables[textOf(item, 'secretType')?.value ?? ''];
    if (variable === undefined) continue;
    const prefix = role === 'driver' ? 'spark.kubernetes.driverEnv.' : 'spark.executorEnv.';
    work.setConf(`${prefix}${variable[0]}`, newText(clean(`${mount.value}/${variable[1]}`), mount.type as 'PLAIN'));
  }
}

/** A path without doubled slashes and dots, as the operator joins it. */
function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}
