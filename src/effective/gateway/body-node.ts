/**
 * A request body as its parser sees it: scalars keep the text they were written in, duplicate keys stay apart and
 * aliases are texts, because the gateway reads it that way.
 */
export type BodyNode =
  | { readonly kind: 'null' }
  | { readonly kind: 'text'; readonly text: string }
  /** A number or a boolean: `text` is what a string field receives. */
  | { readonly kind: 'integer'; readonly text: string; readonly value: bigint }
  | { readonly kind: 'float'; readonly text: string; readonly value: number }
  | { readonly kind: 'boolean'; readonly text: string; readonly value: boolean }
  | { readonly kind: 'list'; readonly items: readonly BodyNode[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, BodyNode])[] };

export type BodyReading =
  | { readonly ok: true; readonly node: BodyNode }
  /** `empty` is a body without any token, which the gateway answers differently from a null one. */
  | { readonly ok: false; readonly problem: string };
