/** Prints a call anew: the callee and what became of its arguments, everything else as it stood. */
import type { Argument, Edit, Options, PayloadStyle, Span, SparkCall, TargetOperator } from '../model.ts';
import { type ItemOutcome, printItems } from './argument-list.ts';
import type { ArgumentPlan } from './arguments.ts';
import type { TimeLimits } from './time.ts';

export interface NewCall {
  readonly callee: string;
  readonly target: TargetOperator;
  readonly options: Options;
  readonly plan: ArgumentPlan;
  readonly time: TimeLimits;
  readonly style: PayloadStyle;
  readonly defer: boolean;
  /** The argument of the connection that stays, for the callers give the new one. */
  readonly connection?: string | null;
  /** What the operator translates the rendered document by. */
  readonly translate: string | null;
  /** The text of the file. */
  readonly text: string;
}

/** The edits of one call; `reference` is the expression that stands for the request document. */
export function callEdits(call: SparkCall, made: NewCall, reference: string): readonly Edit[] {
  return [
    { span: call.callee, text: made.callee },
    { span: inside(call), text: printArguments(call, made, reference) },
    ...expansionEdits(call, made, reference),
  ];
}

/** The document of a mapped task that is expanded over several. */
function expansionEdits(call: SparkCall, made: NewCall, reference: string): readonly Edit[] {
  return (call.expansion?.arguments ?? []).flatMap(({ name, span, valueSpan }) => {
    if (name !== 'application_file' && name !== 'template_spec') return [];
    const equals = made.text.slice(span.start + name.length, valueSpan.start) || '=';
    return [{ span, text: `${fieldOf(made.style)}${equals}${reference}` }];
  });
}

/** The keyword that takes the document. */
export const fieldOf = (style: PayloadStyle): string =>
  style === 'templated' || style === 'content' ? 'application_content' : 'application_file';

/** The argument list without its parentheses. */
export function inside(call: SparkCall): { readonly start: number; readonly end: number } {
  return { start: call.argumentList.start + 1, end: call.argumentList.end - 1 };
}

function printArguments(call: SparkCall, made: NewCall, reference: string): string {
  const { plan, time } = made;
  const hasConnection = [...plan.fates.values()].includes('connection');
  const holdsPayload = [...plan.fates].some(([argument, fate]) => fate === 'payload' && !isPassed(argument));
  const outcomes = call.arguments.map((argument): ItemOutcome => {
    const { name } = argument;
    const fate = plan.fates.get(argument) ?? 'keep';
    const between =
      argument.unpacked === undefined ? argument.span.start + (name?.length ?? 0) : argument.valueSpan.start;
    const equals = made.text.slice(between, argument.valueSpan.start) || '=';
    // Callers give it, and are edited there.
    if (isPassed(argument)) return 'keep';
    if (fate === 'drop') return [];
    if (fate === 'connection') return [`connection_id${equals}${made.connection ?? quote(call, made, argument.text)}`];
    if (fate === 'payload') return payloadArguments(call, made, reference, equals, !hasConnection);
    const raised = name === 'execution_timeout' && time.executionTimeout !== null;
    return raised ? [`${name}${equals}${time.executionTimeout}`] : 'keep';
  });
  const items = byItem(call, outcomes);
  const last = items.at(-1);
  // What has no place of its own goes behind everything else.
  if (last !== undefined && !holdsPayload) {
    const own = last.outcome === 'keep' ? [made.text.slice(last.span.start, last.span.end)] : last.outcome;
    last.outcome = [...own, ...payloadArguments(call, made, '', '=', !hasConnection)];
  }
  const spans = items.map(({ span }) => span);
  return printItems(made.text, inside(call), spans, call.comments, (index) => items[index]?.outcome ?? 'keep');
}

const isPassed = ({ unpacked }: Argument): boolean => unpacked?.passed === true;

/** The entries of one `**` are one item: it stays when all of them do, else those that stay are written out. */
function byItem(call: SparkCall, outcomes: readonly ItemOutcome[]): { readonly span: Span; outcome: ItemOutcome }[] {
  const items = new Map<number, { span: Span; outcome: ItemOutcome; texts: string[]; keeps: boolean }>();
  for (const [index, { span, name, text, unpacked }] of call.arguments.entries()) {
    const outcome = outcomes[index] ?? 'keep';
    const texts = outcome === 'keep' ? [unpacked === undefined ? text : `${name}=${text}`] : [...outcome];
    const known = items.get(span.start);
    if (known === undefined) items.set(span.start, { span, outcome, texts, keeps: outcome === 'keep' });
    else {
      known.texts.push(...texts);
      known.keeps &&= outcome === 'keep';
      known.outcome = known.keeps ? 'keep' : known.texts;
    }
  }
  return [...items.values()];
}

/** The document and all that has no place of its own in the call. */
function payloadArguments(
  call: SparkCall,
  made: NewCall,
  reference: string,
  equals: string,
  connection: boolean,
): string[] {
  const { parameters } = made.target;
  const { time, style } = made;
  const own = new Set(call.arguments.map(({ name }) => name));
  const result = reference === '' ? [] : [`${fieldOf(style)}${equals}${reference}`];
  const add = (name: string, value: string): void => {
    if (parameters.has(name)) result.push(`${name}${equals}${value}`);
  };
  if (made.translate !== null) add('translate', made.translate);
  if (style === 'file-with-type') add('application_file_type', quote(call, made, '', 'yaml'));
  add('application_timeout', String(time.applicationTimeout));
  if (time.pollInterval !== null) add('log_poll_interval', String(time.pollInterval));
  if (connection) add('connection_id', quote(call, made, ''));
  if (made.defer && !own.has('deferrable')) add('deferrable', 'True');
  if (time.executionTimeout !== null && !own.has('execution_timeout'))
    result.push(`execution_timeout${equals}${time.executionTimeout}`);
  return result;
}

/** A string in the quotes of what it replaces, else in those of the call. */
function quote(
  call: SparkCall,
  made: NewCall,
  replaced: string,
  value: string = made.options.target.connectionId,
): string {
  const mark = /^['"]/.exec(replaced)?.[0] ?? usualQuote(call);
  return mark + value.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`) + mark;
}

/** Double quotes, unless the call uses single ones only. */
export function usualQuote(call: SparkCall): string {
  const marks = new Set(call.arguments.flatMap(({ text }) => /^[rRuUbBfF]{0,2}(['"])(?!\1\1)/.exec(text)?.[1] ?? []));
  return marks.has("'") && !marks.has('"') ? "'" : '"';
}
