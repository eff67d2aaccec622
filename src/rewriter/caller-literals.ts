/** Literals that callers give to the call in a function: what a change must edit there and not in the function. */
import type { Reached, ReachedDefinition, WrittenLiteral } from '../model.ts';

/** A literal at a call that leads to the task, or the default of a parameter. */
export interface LiteralSite {
  readonly file: string;
  readonly literal: WrittenLiteral & { readonly value: string };
}

/**
 * The literals behind an argument that is a parameter and nothing else; null where a caller gives anything but a literal,
 * or where the parameter is read for something else too.
 */
export function literalsInto({ definitions }: Reached, argument: string): readonly LiteralSite[] | null {
  const [first] = definitions;
  return first === undefined ? null : into(definitions, first, argument, 0);
}

function into(
  definitions: readonly ReachedDefinition[],
  definition: ReachedDefinition,
  name: string,
  depth: number,
): readonly LiteralSite[] | null {
  const parameter = definition.parameters.find((one) => one.name === name);
  if (parameter?.uses.length !== 1 || definition.calls.length === 0 || depth > definitions.length) return null;
  const sites: LiteralSite[] = [];
  const add = (file: string, literal: WrittenLiteral | null): boolean => {
    if (literal === null || literal.value === null) return false;
    const { value } = literal;
    sites.push({ file, literal: { ...literal, value } });
    return true;
  };
  let isDefault = false;
  for (const call of definition.calls) {
    if (call.given === null) return null;
    const given = call.given.get(name);
    if (given === undefined) {
      isDefault = true;
      continue;
    }
    if (add(call.file, given)) continue;
    const holder = definitions.find(
      ({ file, span }) => file === call.file && span.start <= call.span.start && call.span.end <= span.end,
    );
    const outer = holder === undefined ? null : into(definitions, holder, given.text, depth + 1);
    if (outer === null) return null;
    sites.push(...outer);
  }
  return isDefault && !add(definition.file, parameter.default) ? null : sites;
}
