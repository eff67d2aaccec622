/** What is asked of a target operator, and what each lacking answer means for these DAGs. */
import type { Capability, PayloadStyle, Place, TargetOperator } from './model.ts';
import type { TaskPlan } from './rewriter/plan-file.ts';
import { breakageText } from './target/breakages.ts';
import { rendersTemplates } from './target/payload-style.ts';
import { endStates } from './target/terminal-states.ts';

interface Question {
  readonly name: string;
  readonly has: (target: TargetOperator, style: PayloadStyle | null) => boolean;
  /** Where it shows, or where what is missing would be. */
  readonly evidence: (target: TargetOperator) => Place | undefined;
  /** Findings of tasks that suffer where it is missing; `all`: every task that would move. */
  readonly codes: readonly string[] | 'all';
  readonly meaning: (tasks: number, target: TargetOperator) => string;
}

const use = (count: number, one: string, more: string): string =>
  count === 1 ? `1 task ${one}` : `${count} tasks ${more}`;

const questions: readonly Question[] = [
  {
    name: 'renders Jinja in the document',
    evidence: ({ evidence }) => evidence['templateFields'],
    codes: ['jinja-not-rendered'],
    has: (target, style) => style !== null && rendersTemplates(target, style),
    meaning: (tasks) => `${use(tasks, 'uses', 'use')} Jinja; this operator does not render it`,
  },
  {
    name: 'takes a document of YAML',
    evidence: ({ evidence }) => evidence['contentType'],
    codes: ['form-not-handled'],
    has: (_, style) => style !== null,
    meaning: (tasks) =>
      `${use(tasks, 'has', 'have')} a document that it can not carry: the gateway reads YAML only where the Content-Type says so`,
  },
  {
    name: 'ends when its job has ended, whatever the end',
    evidence: ({ evidence }) => evidence['terminalStates'],
    codes: 'all',
    has: ({ terminalStates }) => terminalStates === null || missingStates(terminalStates).length === 0,
    meaning: (tasks, { terminalStates }) =>
      `${use(tasks, 'waits', 'wait')} until application_timeout where a job ends as ${missingStates(terminalStates ?? []).join(' or ')}`,
  },
  {
    name: 'finds a running job again on a retry',
    evidence: ({ evidence }) => evidence['parameters'],
    codes: ['retry-resubmits'],
    has: ({ reattaches }) => reattaches,
    meaning: (tasks) => `${use(tasks, 'has', 'have')} retries; each try submits the job anew`,
  },
  {
    name: 'cancels the job of a killed task',
    evidence: ({ evidence }) => evidence['cancels'],
    codes: ['kill-leaves-running'],
    has: ({ cancels }) => cancels,
    meaning: (tasks) => `${use(tasks, 'leaves its', 'leave their')} job running when killed, cleared or timed out`,
  },
  {
    name: 'waits without a worker slot (deferrable)',
    evidence: ({ evidence }) => evidence['parameters'],
    codes: ['slot-held'],
    has: ({ deferrable }) => deferrable,
    meaning: (tasks) => `${use(tasks, 'holds', 'hold')} a worker slot that was free before`,
  },
  {
    name: 'accepts a dict as the document',
    evidence: ({ evidence }) => evidence['parameters'],
    codes: ['payload-is-dict', 'native-rendering'],
    has: ({ acceptsDict }) => acceptsDict,
    meaning: (tasks) => `${use(tasks, 'gives', 'give')} a dict, or may be rendered to one`,
  },
  {
    name: 'loads in Airflow 2.7 to 3.x',
    evidence: ({ breaks }) => breaks[0]?.place ?? undefined,
    codes: ['target-not-on-airflow-3'],
    has: ({ breaks }) => breaks.length === 0,
    meaning: (tasks, { breaks }) =>
      `${breaks.map(breakageText).join(', ')}${tasks === 0 ? '' : `; ${use(tasks, 'is', 'are')} on such an Airflow`}`,
  },
];

const missingStates = (states: readonly string[]): readonly string[] =>
  endStates.filter((name) => !states.includes(name));

/** Each question answered; `tasks` are the legacy ones, as they were decided. */
export function capabilitiesOf(
  target: TargetOperator,
  style: PayloadStyle | null,
  tasks: readonly TaskPlan[],
): Capability[] {
  return questions.map(({ name, evidence, codes, has, meaning }) => {
    const suffers = ({ findings, verdict }: TaskPlan): boolean =>
      codes === 'all' ? verdict !== 'manual' : findings.some(({ code }) => codes.includes(code));
    const there = has(target, style);
    const concerned = there ? 0 : tasks.filter(suffers).length;
    return {
      name,
      has: there,
      evidence: evidence(target) ?? null,
      meaning: there ? '' : meaning(concerned, target),
      tasks: concerned,
    };
  });
}
