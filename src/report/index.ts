/** The reporters: pure functions of one report or of planned files, equal input to equal bytes. */
export { renderCsv } from './csv.ts';
export { renderDiagnosis, renderDiagnosisJson } from './diagnosis.ts';
export { renderDiffJson } from './diff-json.ts';
export { renderGithub } from './github.ts';
export { type GraphTextOptions, renderGraph } from './graph.ts';
export { renderHtml } from './html/page.ts';
export { renderJson } from './json.ts';
export { renderJsonl } from './jsonl.ts';
export { renderJunit } from './junit.ts';
export { renderMarkdown } from './markdown.ts';
export { operatorGapLines } from './operator-gap.ts';
export { renderSarif } from './sarif.ts';
export { renderSideBySide } from './side-by-side.ts';
export { renderStatus } from './status.ts';
export { renderTable } from './table.ts';
export { renderText } from './text.ts';
export type { ExchangeOptions } from './told.ts';
export { renderUnified } from './unified.ts';
