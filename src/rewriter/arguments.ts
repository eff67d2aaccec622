/** What becomes of each argument of the call, and what must be said of it. */
import type { Argument, Finding, Place, SparkTask, TargetOperator } from '../model.ts';
import { baseParameters, operatorParameters, type ParameterRule } from './parameters.ts';
import { brief, finding } from './project.ts';

export type ArgumentFate = 'keep' | 'drop' | 'payload' | 'connection';

export interface ArgumentPlan {
  readonly fates: ReadonlyMap<Argument, ArgumentFate>;
  readonly findings: readonly Finding[];
  /** What a provider ≥ 7.14 writes over the document. */
  readonly overrides: { readonly name?: string; readonly image?: string; readonly mainApplicationFile?: string };
}

export function planArguments(
  task: SparkTask,
  target: TargetOperator,
  placeOf: (offset: number) => Place,
): ArgumentPlan {
  const fates = new Map<Argument, ArgumentFate>();
  const findings: Finding[] = [];
  const overrides: Record<string, string> = {};
  for (const argument of task.arguments) {
    const place = placeOf(argument.span.start);
    const { fate, finding: said } = planArgument(argument, task, target, place, overrides);
    fates.set(argument, fate);
    if (said !== null) findings.push(said);
  }
  return { fates, findings, overrides };
}

interface Planned {
  readonly fate: ArgumentFate;
  readonly finding: Finding | null;
}

const keep: Planned = { fate: 'keep', finding: null };
const drop = (said: Finding | null): Planned => ({ fate: 'drop', finding: said });

function planArgument(
  argument: Argument,
  task: SparkTask,
  target: TargetOperator,
  place: Place,
  overrides: Record<string, string>,
): Planned {
  const { name, text } = argument;
  if (name === null) {
    const code = argument.kind === 'positional' ? 'positional-argument' : 'splat-arguments';
    return { fate: 'keep', finding: finding(code, place, { expression: brief(text) }) };
  }
  const rule = operatorParameters[name];
  if (rule === undefined) {
    return baseParameters.has(name) ? keep : { fate: 'keep', finding: finding('unknown-argument', place, { name }) };
  }
  return byRule(rule, argument, name, task, target, place, overrides);
}

function byRule(
  rule: ParameterRule,
  argument: Argument,
  name: string,
  task: SparkTask,
  target: TargetOperator,
  place: Place,
  overrides: Record<string, string>,
): Planned {
  switch (rule.rule) {
    case 'payload':
      // With both, the operator reads application_file only.
      return {
        fate: 'argument' in task.payload && task.payload.argument === argument ? 'payload' : 'drop',
        finding: null,
      };
    case 'connection':
      return { fate: 'connection', finding: null };
    case 'cluster':
      return drop(null);
    case 'namespace':
      // The only templated argument that goes: an XComArg there makes an edge.
      if (argument.value.kind !== 'known' && /\.output\b|\bXComArg\b/.test(argument.text))
        return drop(finding('form-not-handled', place, { what: 'a namespace that is the output of another task' }));
      return drop(finding('namespace-decided', place, { value: brief(argument.text) }));
    case 'api-group': {
      const usual = argument.value.kind === 'known' && argument.value.value === 'sparkoperator.k8s.io';
      return drop(usual ? null : finding('other-api-group', place, { value: brief(argument.text) }));
    }
    case 'into-document': {
      const { value } = argument;
      if (value.kind === 'known' && value.value === null) return drop(null);
      if (value.kind !== 'known' || typeof value.value !== 'string')
        return drop(
          finding('form-not-handled', place, {
            what: `${name}=${brief(argument.text)}, which overwrites the document at run time,`,
          }),
        );
      overrides[rule.field] = value.value;
      return drop(null);
    }
    case 'no-effect':
      return drop(finding('argument-without-effect', place, { name }));
    case 'drop':
      return drop(finding('argument-dropped', place, { name, reason: rule.reason }));
    case 'lost':
      return drop(isNothing(argument) ? null : finding('argument-lost', place, { name, reason: rule.reason }));
    case 'hazard':
      return planHazard(argument, name, target, place);
  }
}

/** Kept where the target has the keyword; `do_xcom_push=True` only ever fed the sensor. */
function planHazard(argument: Argument, name: string, target: TargetOperator, place: Place): Planned {
  if (name === 'do_xcom_push') {
    const on = argument.value.kind === 'known' && argument.value.value === true;
    return on ? drop(finding('argument-dropped', place, { name, reason: 'it only fed the sensor' })) : keep;
  }
  if (target.parameters.has(name)) return keep;
  const told = name === 'deferrable' || name === 'reattach_on_restart';
  return drop(
    told
      ? null
      : finding('argument-dropped', place, {
          name,
          reason: 'it belongs to deferrable, which the target does not have',
        }),
  );
}

function isNothing({ value }: Argument): boolean {
  return value.kind === 'known' && (value.value === null || value.value === false);
}
