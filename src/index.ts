/** The front door: all that the command line and users of the library may touch. */

export { type LoadedOptions, loadOptions } from './config/load.ts';
export { secondsFrom } from './config/units.ts';
export { counted } from './counted.ts';
export { type Diagnosed, diagnose } from './doctor.ts';
export { catalogue, changesBehaviour, kindOf, sentence } from './findings/catalogue.ts';
export type * from './model.ts';
export { filesNaming, versionsOf } from './open-project.ts';
export { heldByOperator, operatorGap } from './operator-gap.ts';
export { encodeText } from './parser/decode.ts';
export { isStillSo, type Seen } from './parser/looks.ts';
export { parsesAsPython } from './parser/parses.ts';
export { placeAt } from './parser/places.ts';
export {
  type Amendments,
  type Materialized,
  type PlanRequest,
  type ProjectPlan,
  planProject,
  type Selection,
} from './pipeline.ts';
export { type Hunk, hunksOf } from './report/diff/lines.ts';
export { quotesOpenAt } from './report/diff/quotes.ts';
export { type Cell, type Row, rowsOf } from './report/diff/rows.ts';
export {
  cutMarkdown,
  type ExchangeOptions,
  type GraphTextOptions,
  operatorGapLines,
  renderCsv,
  renderDiagnosis,
  renderDiagnosisJson,
  renderDiffJson,
  renderGithub,
  renderGraph,
  renderHtml,
  renderJson,
  renderJsonl,
  renderJunit,
  renderMarkdown,
  renderSarif,
  renderSideBySide,
  renderStatus,
  renderTable,
  renderText,
  renderUnified,
} from './report/index.ts';
export {
  cut,
  graphemes,
  type Paint,
  padTo,
  painter,
  type Style,
  widthOf,
  wrap,
  wrapGlyphs,
} from './report/terminal.ts';
export { visible, visibleCode } from './report/visible.ts';
export { initialConfiguration } from './rewriter/initial-configuration.ts';
export { readSources, type Sources, writeSources } from './rewriter/sources.ts';
export {
  type BaselineComparison,
  type BaselineEntry,
  baselineOf,
  compareBaseline,
  type ReadBaseline,
  readBaseline,
  writeBaseline,
} from './rollout/baseline.ts';
export * from './rollout/index.ts';
export { type Merged, mergeRepositories, mergeShards, type NamedReport } from './rollout/merge.ts';
export { type ReadReport, readReport } from './rollout/read-report.ts';
export { type Reverted, revertEdits } from './rollout/revert.ts';
export { translate } from './spec/translate.ts';
export {
  type Comparison,
  compareObservations,
  type Difference,
  type Observation,
  readObservation,
  renderVerificationJson,
  renderVerificationText,
  type Verification,
} from './verify/index.ts';
export { version } from './version.ts';
