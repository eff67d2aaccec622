/** Rollout: who decides what, and how far it is. Pure functions over plans. */
export {
  acceptedIn,
  alternativesIn,
  type Decided,
  type Decision,
  type Decisions,
  decidedOn,
  type EditedFile,
  editsOf,
  type ReadDecisions,
  readDecisions,
  standingOf,
  withDecisions,
  writeDecisions,
} from './decisions.ts';
export { editOf, type Patched, withEdit } from './edits.ts';
export type { Estate } from './estate.ts';
export {
  type Candidate,
  candidatesOf,
  type Filter,
  filterKeys,
  hasText,
  matchesFilter,
  parseFilter,
} from './filter.ts';
export { type OwnerReport, ownerReports } from './owner-reports.ts';
export { type HistoryRecord, type Records, readRecords, recordLine } from './records.ts';
export { type RolloutOptions, reportOnly, withRollout } from './rollout.ts';
export { type ReadRuns, readRuns, type TaskRun } from './run-files.ts';
export { sumSlots } from './slots.ts';
export { type Part, splitFiles } from './split.ts';
export {
  applyStep,
  emptyHistory,
  type History,
  lineOf,
  nextStep,
  readHistory,
  remember,
  type Step,
  stepTo,
  type Way,
} from './steps.ts';
export { type Tally, type TriState, tallyOf, triStateOf } from './tally.ts';
export { type DagNode, nobody, orderOf, type TeamNode, treeOf } from './tree.ts';
