/** Literal credentials: they are translated like any other value, and told, for they lie open in the repository. */
import { forEachLeaf, isList, isMapping, isText, type Mapping, mappingOf, textOf, valueAt } from './tree.ts';
import type { Work } from './work.ts';

/** Keys that end in the name of a credential; `fs.azure.account.key.` is followed by the account. */
const credentialKey =
  /(?:password|passwd|passphrase|secret|(?:secret|access|account|api|auth|private)[._-]?key|token)$|\baccount\.key\./i;

/** What stands for a value that is somewhere else, or is none: references, paths, class names, switches and numbers. */
const noCredential =
  /^$|\$[({]|^(?:\/|file:|s3a?:|https?:|local:)|^[a-z]\w*(?:\.\w+)+$|^(?:true|false|null|none)$|^\d+$|^[<*]/i;

/** Says each value in sparkConf, hadoopConf or the environment of a role whose key is that of a credential. */
export function findCredentials(work: Work): void {
  const { spec } = work;
  for (const name of ['sparkConf', 'hadoopConf']) {
    const conf = mappingOf(spec, name);
    if (conf === undefined) continue;
    forEachLeaf(conf, '', (leaf, path) => {
      if (isText(leaf)) tell(work, path, leaf.value, `${name}.${path}`, leaf.range?.[0] ?? null);
    });
  }
  for (const name of ['driver', 'executor']) {
    const role = mappingOf(spec, name);
    if (role !== undefined) findInEnvironment(work, role, name);
  }
}

function findInEnvironment(work: Work, role: Mapping, name: string): void {
  const list = valueAt(role, 'env');
  const items = list !== undefined && isList(list) ? list.items : [];
  items.forEach((item, index) => {
    const key = isMapping(item) ? textOf(item, 'name') : undefined;
    const value = isMapping(item) ? textOf(item, 'value') : undefined;
    if (key !== undefined && value !== undefined)
      tell(work, key.value, value.value, `${name}.env[${index}]`, value.range?.[0] ?? null);
  });
  for (const { key, value } of mappingOf(role, 'envVars')?.items ?? [])
    if (isText(value)) tell(work, key.value, value.value, `${name}.envVars.${key.value}`, value.range?.[0] ?? null);
}

function tell(work: Work, key: string, value: string, path: string, offset: number | null): void {
  if (!credentialKey.test(key) || noCredential.test(value.trim())) return;
  if (work.isHole(key) || work.isHole(value) || work.isHomemade(value)) return;
  work.say('literal-credential', { path }, offset);
}
