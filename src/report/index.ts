/** The reporters: pure functions of one report or of planned files, equal input to equal bytes. */
export { renderDiagnosis, renderDiagnosisJson } from './diagnosis.ts';
export { renderDiffJson } from './diff-json.ts';
export { renderHtml } from './html/page.ts';
export { renderJson } from './json.ts';
export { renderMarkdown } from './markdown.ts';
export { renderSideBySide } from './side-by-side.ts';
export { renderTable } from './table.ts';
export { renderUnified } from './unified.ts';
