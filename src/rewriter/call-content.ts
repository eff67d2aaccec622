/** What a call says, whatever it looks like: a hash that survives moves, formatters and comments. */
import { createHash } from 'node:crypto';
import type { ProjectDecisions } from './plan.ts';

/** Hash of the call's content by task id, for every legacy and ignored task. */
export function callContents({ files, identities }: ProjectDecisions): ReadonlyMap<string, string> {
  return new Map(
    files.flatMap(({ facts, tasks }) =>
      tasks.flatMap(({ prepared: { task } }) => {
        const identity = identities.get(task);
        const text = facts.source.text.slice(task.span.start, task.span.end);
        return identity === undefined ? [] : [[identity.id, contentHash(text)] as const];
      }),
    ),
  );
}

/** 16 hex digits over the tokens of a Python expression: white space, comments and trailing commas make no difference. */
export function contentHash(python: string): string {
  return createHash('sha256').update(contentTokens(python).join(' ')).digest('hex').slice(0, 16);
}

/**
 * A comment, white space (a joined line too), a string with its prefix in each of the four quotes, a name or number, or
 * one other sign. Enough for an expression that parses.
 */
const token =
  /(?<skip>#[^\r\n]*|(?:\s|\\\r?\n)+)|[a-zA-Z]{0,2}(?:"""(?:\\.|[^\\])*?"""|'''(?:\\.|[^\\])*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|[\p{L}\p{N}_.]+|./gsuy;

interface Bracket {
  /** A parenthesis that makes a tuple or only groups: there the comma of `(x,)` has a meaning. */
  readonly groups: boolean;
  commas: number;
}

function contentTokens(python: string): string[] {
  const tokens: string[] = [];
  const brackets: Bracket[] = [];
  for (const { 0: text, groups } of python.matchAll(token)) {
    if (groups?.['skip'] !== undefined) continue;
    const last = tokens.at(-1) ?? '';
    if (/^[([{]$/.test(text)) {
      brackets.push({ groups: text === '(' && !/[\p{L}\p{N}_)\]"']$/u.test(last), commas: 0 });
    } else if (/^[)\]}]$/.test(text)) {
      const open = brackets.pop();
      const isTupleOfOne = open?.groups === true && open.commas === 1;
      if (last === ',' && !isTupleOfOne) tokens.pop();
    } else if (text === ',') {
      const open = brackets.at(-1);
      if (open !== undefined) open.commas += 1;
    }
    tokens.push(plainString(text));
  }
  return tokens;
}

/** Formatters choose the quotes of a string; without a quote or a backslash in it they are the same string. */
function plainString(text: string): string {
  const simple = /^([a-zA-Z]{0,2})'([^'"\\\r\n]*)'$/.exec(text);
  return simple === null ? text : `${simple[1] ?? ''}"${simple[2] ?? ''}"`;
}
