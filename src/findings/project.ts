import type { FindingKind } from '../model.ts';

export const projectFindings: Readonly<Record<string, FindingKind>> = {};
