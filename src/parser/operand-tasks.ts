/** What the call behind an operand tells of its task: id, group and trigger rule. */
import type { OperandTask } from '../model.ts';
import { constantBinding, type Module, textOf } from './constants.ts';
import { childOf, type Node, namedChildren } from './syntax.ts';
import { evaluate } from './values.ts';

const known = new WeakMap<Node, OperandTask>();

/** Null where the operand is no call, and no name that one call gave its value. */
export function operandTask(module: Module, operand: Node): OperandTask | null {
  const call = operand.type === 'identifier' ? constantBinding(module, operand)?.value : operand;
  if (call?.type !== 'call') return null;
  const task = known.get(call) ?? readTask(module, call, operand);
  known.set(call, task);
  return task;
}

function readTask(module: Module, call: Node, operand: Node): OperandTask {
  const own = textOfKeyword(module, call, 'task_id');
  const id = module.taskIdOf?.(operand) ?? own;
  const isPrefixed = id !== null && own !== null && id.endsWith(`.${own}`);
  return {
    taskId: id,
    triggerRule: textOfKeyword(module, call, 'trigger_rule'),
    group: isPrefixed ? id.slice(0, -own.length - 1) : null,
  };
}

/** The text that a keyword of a call gives, the expression where it is not known; null without the keyword. */
function textOfKeyword(module: Module, call: Node, keyword: string): string | null {
  const argument = namedChildren(childOf(call, 'arguments') ?? call).find((part) => {
    const name = part.type === 'keyword_argument' ? childOf(part, 'name') : null;
    return name !== null && textOf(module, name) === keyword;
  });
  const value = argument === undefined ? null : childOf(argument, 'value');
  if (value === null) return null;
  const fact = evaluate(module, value);
  return fact.kind === 'known' && typeof fact.value === 'string' ? fact.value : textOf(module, value);
}
