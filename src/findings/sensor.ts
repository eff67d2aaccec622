import type { FindingKind } from '../model.ts';

export const sensorFindings: Readonly<Record<string, FindingKind>> = {};
