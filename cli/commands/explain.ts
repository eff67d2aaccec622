import { catalogue, changesBehaviour, type FindingKind } from '../../src/index.ts';
import type { Run } from '../description.ts';
import { linked } from '../links.ts';
import { type FindingExample, readExamples } from '../package-file.ts';
import type { Session } from '../session.ts';

/** `explain`: what a finding means, from the catalogue that the reports read. */
export const run: Run = async (session, args) => {
  const codes = Object.keys(catalogue).sort();
  const print = (text: string): void => session.print(linked(session, text));
  if (args.length === 0) {
    print(listOf(codes));
    return 0;
  }
  const written = args.join(' ');
  const code = codeMeant(written);
  const kind = Object.hasOwn(catalogue, code) ? catalogue[code] : undefined;
  if (kind !== undefined) {
    print(explanation(code, kind, session));
    return 0;
  }
  const group = groupMeant(code, codes);
  if (group.length > 0) {
    print(listOf(group));
    return 0;
  }
  session.warn(`bpg-migrate: '${written}' is no finding code`);
  const near = similarTo(code, codes);
  session.warn(near.length > 0 ? `did you mean ${near.join(', ')}?` : '`bpg-migrate explain` lists them');
  return 2;
};

/** The code as people write it down: in capitals, with blanks or underlines, out of a sentence or an address. */
function codeMeant(written: string): string {
  const last = written.split('#').at(-1) ?? written;
  return last
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
    .replace(/^[^a-z]+|[^a-z0-9]+$/g, '');
}

/** The codes of a verdict or of a promised difference, which have names of their own. */
function groupMeant(name: string, codes: readonly string[]): readonly string[] {
  return codes.filter((code) => catalogue[code]?.verdict === name || catalogue[code]?.promised === name);
}

function listOf(codes: readonly string[]): string {
  const width = Math.max(0, ...codes.map(({ length }) => length));
  return codes
    .map((one) => `${one.padEnd(width)}  ${catalogue[one]?.verdict.padEnd(6)}  ${catalogue[one]?.title}\n`)
    .join('');
}

function explanation(code: string, kind: FindingKind, session: Session): string {
  const bold = (text: string): string => (session.color ? `\u001b[1m${text}\u001b[22m` : text);
  const width = Math.min(session.width, 100) - 2;
  const promised = kind.promised === undefined ? '' : `, one of the promised differences (${kind.promised})`;
  const sections = [
    ['It says', kind.message.replace(/\{(\w+)\}/g, '<$1>')],
    ['Why', kind.why],
    ['What to do', kind.remedy],
  ];
  const body = sections.map(([title, text]) => `${bold(title ?? '')}\n${wrapped(text ?? '', width)}`);
  const verdict = `Verdict: ${kind.verdict}${promised}\nBehaviour changes: ${changesBehaviour(kind) ? 'yes' : 'no'}`;
  const examples = readExamples();
  const example = Object.hasOwn(examples, code) ? examples[code] : undefined;
  const shown = example === undefined ? [] : [`${bold('Example')}\n${exampleText(example, width, session.color)}`];
  return `${[`${bold(code)}: ${kind.title}`, verdict, ...body, ...shown].join('\n\n')}\n`;
}

/** Its lines as they stand: cut or wrapped they would be no example. */
function exampleText({ file, line, says, text }: FindingExample, width: number, color: boolean): string {
  const painted = text.split('\n').map((row) => {
    const style = row.startsWith('-') ? 31 : row.startsWith('+') ? 32 : null;
    return `    ${color && style !== null ? `\u001b[${style}m${row}\u001b[39m` : row}`;
  });
  return [wrapped(`${file}, from line ${line}: ${says}`, width), '', ...painted].join('\n');
}

function wrapped(text: string, width: number): string {
  const lines: string[] = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.map((line) => `  ${line}`).join('\n');
}

/** Codes that hold the word, else those that share most pairs of letters with it. */
function similarTo(word: string, codes: readonly string[]): readonly string[] {
  const holding = word === '' ? [] : codes.filter((code) => code.includes(word));
  if (holding.length > 0) return holding.slice(0, 5);
  const pairs = (text: string): Set<string> => new Set([...text].slice(1).map((letter, i) => `${text[i]}${letter}`));
  const own = pairs(word);
  const likeness = (code: string): number => {
    const other = pairs(code);
    return (2 * [...own].filter((pair) => other.has(pair)).length) / (own.size + other.size || 1);
  };
  return codes
    .filter((code) => likeness(code) > 0.5)
    .sort((a, b) => likeness(b) - likeness(a))
    .slice(0, 3);
}
