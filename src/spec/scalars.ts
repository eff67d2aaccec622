/** What a plain YAML scalar means to PyYAML, which reads the documents today, and what others might take it for. */
export type PlainKind = 'null' | 'boolean' | 'integer' | 'float' | 'timestamp' | 'string';

const booleans: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  on: true,
  no: false,
  false: false,
  off: false,
};
const booleanWord = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const integer =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const float =
  /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const timestamp =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;
const nothing = /^(?:~|null|Null|NULL|)$/;
/** Anything that some YAML 1.1 or 1.2 reader takes for something other than text; wider than any one of them. */
const elsewhere =
  /^(?:[yYnN]|true|false|yes|no|on|off|null|~|<<|=|[-+]?\.?(?:inf|nan)|[-+]?(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+)|[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?|[-+]?\d[\d_]*(?::\d+)+(?:\.\d*)?|\d{4}-\d\d?-\d\d?(?:[Tt \t].*)?|)$/i;

/** The type that PyYAML's resolver gives to a plain scalar. */
export function plainKind(text: string): PlainKind {
  const first = text.charCodeAt(0);
  // Most scalars begin with a letter that begins no special word.
  if (first > 64 && !/^[yYnNtTfFoO~]/.test(text)) return 'string';
  if (nothing.test(text)) return 'null';
  if (booleanWord.test(text)) return 'boolean';
  if (integer.test(text)) return 'integer';
  if (float.test(text)) return 'float';
  return timestamp.test(text) ? 'timestamp' : 'string';
}

/** True when a reader other than PyYAML might take the plain text for a number, a boolean, a date or nothing. */
export const isAmbiguous = (text: string): boolean => elsewhere.test(text) || plainKind(text) !== 'string';

export const booleanOf = (text: string): boolean => booleans[text.toLowerCase()] === true;

/** The number that PyYAML makes of an integer: octal by a leading zero, sexagesimal with colons. */
export function integerOf(text: string): number {
  const clean = text.replaceAll('_', '').toLowerCase();
  const negative = clean.startsWith('-');
  const digits = clean.replace(/^[-+]/, '');
  return (negative ? -1 : 1) * magnitude(digits);
}

function magnitude(digits: string): number {
  if (digits.includes(':')) return digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  if (digits.startsWith('0x') || digits.startsWith('0b')) return Number(digits);
  return digits.length > 1 && digits.startsWith('0') ? parseInt(digits, 8) : Number(digits);
}
