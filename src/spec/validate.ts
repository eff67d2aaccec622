import type { Json } from '../model.ts';
export interface RequestProblem {
  readonly path: string;
  readonly problem: string;
}
export function validateRequest(request: Json): readonly RequestProblem[] {
  void request;
  return [];
}
