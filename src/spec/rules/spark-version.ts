/** `sparkVersion`: the gateway's clusters are listed by `x.y`. */
import { entryOf, isText, type Text } from '../tree.ts';
import type { Work } from '../work.ts';

/** Shortens `3.5.1` to `"3.5"`; anything that does not begin so can not be asked of the gateway. */
export function shortenSparkVersion(work: Work): void {
  const entry = entryOf(work.spec, 'sparkVersion');
  const node = entry?.value;
  if (entry === undefined || !isText(node)) {
    work.say('spark-version-missing', {}, 0);
    return;
  }
  if (work.isHole(node.value)) {
    work.say(
      'placeholder-computed',
      computed(work, 'sparkVersion', node, 'a version of two numbers, such as 3.5'),
      node,
    );
    return;
  }
  const found = /^v?(\d+)\.(\d+)(?:[.\-_+].*)?$/.exec(node.value.trim());
  if (found === null) {
    const code = work.isHomemade(node.value) ? 'placeholder-manual' : 'wrong-type';
    const wanted = 'a version such as 3.5.1';
    work.say(code, { ...computed(work, 'sparkVersion', node, wanted), found: `the text ${node.value}` }, node);
    return;
  }
  work.sparkVersion = [Number(found[1]), Number(found[2])];
  const short = `${found[1]}.${found[2]}`;
  // Unquoted, YAML reads a number: 3.10 would become 3.1.
  if (node.type === 'PLAIN') node.type = 'QUOTE_DOUBLE';
  if (node.value === short) return;
  work.enter('sparkVersion', node, 'changed');
  work.say('spark-version-shortened', { written: node.value, value: short }, node);
  node.value = short;
}

/** Arguments of a finding about a placeholder where a rule must compute. */
export function computed(work: Work, path: string, node: Text, wanted: string): Readonly<Record<string, string>> {
  return { path: work.restore(path), text: work.restore(node.value), wanted };
}

/** True when the document's Spark is known to be at least `major.minor`; null where it is not known. */
export function isSparkAtLeast(work: Work, major: number, minor: number): boolean | null {
  if (work.sparkVersion === null) return null;
  const [has, hasMinor] = work.sparkVersion;
  return has > major || (has === major && hasMinor >= minor);
}
