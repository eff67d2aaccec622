/** Rollout: who decides what, and how far it is. Pure functions over plans. */
export {
  acceptedIn,
  type Decided,
  type Decision,
  type Decisions,
  type ReadDecisions,
  readDecisions,
  standingOf,
  withDecisions,
  writeDecisions,
} from './decisions.ts';
export {
  type Candidate,
  candidatesOf,
  type Filter,
  filterKeys,
  hasText,
  matchesFilter,
  parseFilter,
} from './filter.ts';
export { sumSlots } from './slots.ts';
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
