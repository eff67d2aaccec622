const longestLabel = 63;

/** A text as label value: what may not stand there becomes `0`, cut to 63 characters, ends alphanumeric. */
export function labelValue(text: string): string {
  const cut = text
    .slice(0, longestLabel)
    .replace(/[^A-Za-z0-9._-]/g, '0')
    .replace(/^[._-]/, '0');
  return cut.replace(/[._-]$/, '0');
}
