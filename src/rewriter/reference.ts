/** The Python expression that stands for the request document in the call. */
import { posix } from 'node:path';
import type { FileFacts, SparkTask, StringLiteral } from '../model.ts';
import { writeStringLiteral } from '../parser/literals.ts';
import { usualQuote } from './call.ts';
import type { DocumentText } from './payload.ts';
import type { Project } from './project.ts';

/** For a document in a file: a path where the operator resolves it, else the text read where the DAG is parsed. */
export function fileReference(
  project: Project,
  facts: FileFacts,
  task: SparkTask,
  from: Extract<DocumentText['from'], { kind: 'file' }>,
  target: string,
  request: string,
  pathName: string,
): string {
  const literal = literalOf(task) ?? { prefix: '', quote: usualQuote(task) };
  if (project.style === 'templated' || project.style === 'file') {
    const folder = posix.dirname(from.written);
    const name = posix.basename(target);
    const path = from.written.includes('/') ? `${folder === '/' ? '' : folder}/${name}` : name;
    return (
      writeStringLiteral({ ...literal, prefix: '' }, path, facts.lineEnding, facts.source.encoding) ??
      JSON.stringify(path)
    );
  }
  const path = posix.relative(posix.dirname(facts.source.path), target);
  const written =
    writeStringLiteral({ ...literal, prefix: '' }, path, facts.lineEnding, facts.source.encoding) ??
    JSON.stringify(path);
  // Without a name the encoding is the worker's own, which need not be UTF-8.
  const encoding = /^[\0-\x7f]*$/.test(request)
    ? ''
    : `encoding=${literal.quote.charAt(0)}utf-8${literal.quote.charAt(0)}`;
  return `(${pathName}(__file__).parent / ${written}).read_text(${encoding})`;
}

function literalOf(task: SparkTask): Pick<StringLiteral, 'prefix' | 'quote'> | null {
  if (!('argument' in task.payload)) return null;
  const quote = /^[rRuUbB]{0,2}("""|'''|"|')/.exec(task.payload.argument.text)?.[1];
  return quote === undefined ? null : { prefix: '', quote: quote.charAt(0) };
}

/** The text as a literal in the form that it had, in triple quotes where that form can't hold it. */
export function textLiteral(facts: FileFacts, literal: StringLiteral, text: string): string | null {
  const { lineEnding, source } = facts;
  return (
    writeStringLiteral(literal, text, lineEnding, source.encoding) ??
    writeStringLiteral({ prefix: literal.prefix.replace(/r/gi, ''), quote: '"""' }, text, lineEnding, source.encoding)
  );
}
