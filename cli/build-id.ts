/** Hash of the sources that the bundle was made of, put in by `build.mjs`; there is none where sources run themselves. */
declare const BPG_BUILD: string | undefined;

/** Null: what runs has no name, so nothing that it works out may be kept for another run. */
export const buildId: string | null = typeof BPG_BUILD === 'undefined' ? null : BPG_BUILD;
