/** Python's two older ways to fill in a text, as far as they need no knowledge of types. Undefined where they do. */

type Text = string | undefined;

/** `'…%s…' % (a, b)`, with plain `%s` only (`%d` of a text is an error, of a number the same). */
export function fillPercent(template: string, values: readonly Text[]): Text {
  if (/%(?![sd%])/.test(template.replaceAll('%%', ''))) return undefined;
  let used = 0;
  let fits = !values.includes(undefined);
  const result = template.replace(/%([sd%])/g, (_, kind: string) => {
    if (kind === '%') return '%';
    const value = values[used] ?? '';
    used += 1;
    if (kind === 'd' && !/^-?\d+$/.test(value)) fits = false;
    return value;
  });
  return fits && used === values.length ? result : undefined;
}

/** `'…{}…{0}…{name}…'.format(…)` without format or conversion; positions are keys too. */
export function fillFormat(template: string, given: ReadonlyMap<string, Text>): Text {
  if ([...given.values()].includes(undefined)) return undefined;
  let fits = true;
  let next = 0;
  const result = template.replace(/\{\{|\}\}|\{(\w*)\}|[{}]/g, (part, name: Text) => {
    if (part === '{{' || part === '}}') return part.charAt(0);
    const value = name === undefined ? undefined : given.get(name === '' ? String(next) : name);
    if (name === '') next += 1;
    if (value === undefined) fits = false;
    return value ?? '';
  });
  return fits ? result : undefined;
}
