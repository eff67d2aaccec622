import type { Json } from '../../model.ts';
import { isObject, type JsonObject, listOf, objectOf, textOf } from '../json.ts';

/** A SparkApplication after schema and defaults: what both the arguments and the pods are made from. */
export interface Application {
  readonly name: string;
  readonly namespace: string;
  readonly labels: JsonObject;
  readonly spec: JsonObject;
}
export type RoleName = 'driver' | 'executor';
export const roleNames: readonly RoleName[] = ['driver', 'executor'];

/** The role's part of the spec. */
export function roleOf(application: Application, role: RoleName): JsonObject {
  return objectOf(application.spec[role]);
}

/** The entries of a map whose values are texts. */
export function textEntries(value: Json | undefined): readonly (readonly [string, string])[] {
  return Object.entries(objectOf(value)).flatMap(([key, item]) =>
    typeof item === 'string' ? [[key, item] as const] : [],
  );
}

/** The maps in a list. */
export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return listOf(value).filter(isObject);
}

/** The text, or an empty one. */
export function textOr(value: Json | undefined): string {
  return textOf(value) ?? '';
}
