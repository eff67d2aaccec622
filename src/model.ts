/**
 * The vocabulary: types only, imports nothing. Every layer speaks in these words.
 *
 *   discover → parse → bind → find → decide → plan → apply → verify → report
 *
 * Facts (what stands in the source) come from the parser, decisions (what it becomes) from the rewriter, and a Report
 * (what is said about it) is what every reporter reads.
 */

export type * from './model/change-view.ts';
export type * from './model/changes.ts';
export type * from './model/configuration.ts';
export type * from './model/diagnosis.ts';
export type * from './model/entries.ts';
export type * from './model/file-facts.ts';
export type * from './model/findings.ts';
export type * from './model/history.ts';
export type * from './model/places.ts';
export type * from './model/python.ts';
export type * from './model/report.ts';
export type * from './model/rollout.ts';
export type * from './model/target.ts';
export type * from './model/tasks.ts';
export type * from './model/translation.ts';
