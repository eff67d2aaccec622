/**
 * What a person made of a planned file, as a patch of it: it is small enough for the file of decisions, and it still fits
 * when the file was changed elsewhere, by its content.
 */
import { createHash } from 'node:crypto';
import { formatPatch, parsePatch, type StructuredPatch, structuredPatch } from 'diff';
import type { EditedFile } from './decisions.ts';

export type Patched = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/** The edit that makes `edited` of the planned text; null when nothing was changed. */
export function editOf(path: string, planned: string, edited: string): EditedFile | null {
  if (planned === edited) return null;
  const patch = formatPatch(structuredPatch('', '', planned, edited, '', '', { context: 3 }));
  // Without the lines above the first hunk: the path is told beside it.
  return { path, base: hashOf(planned), patch: patch.slice(patch.indexOf('@@')) };
}

/**
 * The planned text with the edit. Where that text is not the one that was edited, each hunk must fit in exactly one
 * place; the same with `planned` the text that several accepted changes make together.
 */
export function withEdit(planned: string, { base, patch, path }: EditedFile): Patched {
  const parsed = parse(patch);
  if (parsed === null) return { ok: false, reason: `the edit of ${path} is no patch` };
  const lines = linesOf(planned);
  const same = hashOf(planned) === base;
  const pieces: string[] = [];
  let at = 0;
  for (const hunk of parsed.hunks) {
    const old = sideOf(hunk.lines, '+');
    const fresh = sideOf(hunk.lines, '-');
    const found = same ? [Math.max(0, hunk.oldStart - 1)] : placesOf(lines, old);
    const [place] = found;
    if (place === undefined || found.length > 1 || place < at)
      return { ok: false, reason: `the edit of ${path} no longer fits: what it was made in has changed` };
    pieces.push(...lines.slice(at, place), ...fresh);
    at = place + old.length;
  }
  return { ok: true, text: [...pieces, ...lines.slice(at)].join('') };
}

function parse(patch: string): StructuredPatch | null {
  try {
    const [parsed, ...others] = parsePatch(patch);
    return parsed === undefined || others.length > 0 || parsed.hunks.length === 0 ? null : parsed;
  } catch {
    return null;
  }
}

/** The lines of one side, each with its end; `other` is the sign of the side that is left out. */
function sideOf(lines: readonly string[], other: '+' | '-'): string[] {
  const side: string[] = [];
  lines.forEach((line, index) => {
    if (line.startsWith(other) || line.startsWith('\\')) return;
    side.push(line.slice(1) + (lines[index + 1]?.startsWith('\\') === true ? '' : '\n'));
  });
  return side;
}

function placesOf(lines: readonly string[], wanted: readonly string[]): number[] {
  const places: number[] = [];
  for (let at = 0; at + wanted.length <= lines.length; at++)
    if (wanted.every((line, index) => lines[at + index] === line)) places.push(at);
  return places;
}

const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
