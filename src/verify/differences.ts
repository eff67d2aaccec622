/** Collects what one comparison finds, in the order in which it is found. */
import type { Json } from '../model.ts';
import {
  type Difference,
  type ExplainedKind,
  explained,
  type NotCompared,
  type UnexplainedKind,
  unexplained,
} from './difference.ts';

/** Where a difference stands. */
export interface Spot {
  readonly file: string | null;
  readonly dagId: string | null;
  readonly taskId: string | null;
}

export interface Found {
  readonly subject?: string;
  readonly before?: Json;
  readonly after?: Json;
  /** Instead of the remedy of its kind. */
  readonly remedy?: string;
}

export class Differences {
  readonly all: Difference[] = [];
  readonly notCompared: NotCompared[] = [];

  unexplained(kind: UnexplainedKind, spot: Spot, found: Found = {}): void {
    const { message, remedy } = unexplained[kind];
    this.#add(kind, false, spot, found, message, found.remedy ?? remedy);
  }

  explained(kind: ExplainedKind, spot: Spot, found: Found = {}): void {
    this.#add(kind, true, spot, found, explained[kind], null);
  }

  skip(spot: Spot, reason: string): void {
    this.notCompared.push({ ...spot, reason });
  }

  #add(
    kind: Difference['kind'],
    isExplained: boolean,
    spot: Spot,
    { subject, before, after }: Found,
    template: string,
    remedy: string | null,
  ): void {
    const { file, dagId, taskId } = spot;
    const message = template.replace('{subject}', subject ?? '');
    const values = { before: before ?? null, after: after ?? null };
    this.all.push({
      kind,
      explained: isExplained,
      file,
      dagId,
      taskId,
      subject: subject ?? null,
      ...values,
      message,
      remedy,
    });
  }
}
