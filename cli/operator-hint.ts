import type { Report } from '../src/index.ts';

/** Findings that another target operator would not raise. */
const ofTheOperator = new Set([
  'jinja-not-rendered',
  'target-not-on-airflow-3',
  'payload-at-run-time',
  'payload-is-dict',
  'native-rendering',
]);

/** What is manual only for what the target operator can't do, and the one command that shows it; null where nothing is. */
export function operatorHint({ tasks }: Report): string | null {
  const legacy = tasks.filter(({ status }) => status === 'legacy');
  const held = legacy.filter(
    ({ verdict, findings }) => verdict === 'manual' && findings.some(({ code }) => ofTheOperator.has(code)),
  ).length;
  if (held === 0) return null;
  return `${held} of ${legacy.length} legacy tasks are manual for what the target operator can not do: bpg-migrate doctor shows each operator side by side, bpg-migrate scaffold operator writes one that can.`;
}
