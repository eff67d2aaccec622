import type { FindingKind } from '../model.ts';

export const documentFindings: Readonly<Record<string, FindingKind>> = {};
