import type { FindingKind } from '../model.ts';

export const taskFindings: Readonly<Record<string, FindingKind>> = {};
