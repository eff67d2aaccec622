/** One report an owner, with their tasks only. */
import type { Report } from '../model.ts';
import type { Estate } from './estate.ts';
import { compareText } from './groups.ts';
import { type RolloutOptions, reportOnly, withRollout } from './rollout.ts';

export interface OwnerReport {
  /** Null: tasks that nobody is named for. */
  readonly owner: string | null;
  /** A name that every file system takes, unique without regard to case. */
  readonly file: string;
  readonly report: Report;
}

/** By owner, tasks without one last. */
export function ownerReports(report: Report, estate: Estate, options: RolloutOptions): readonly OwnerReport[] {
  const ownerOf = (id: string): string | null => estate.owners.get(id) ?? null;
  const owners = [...new Set(report.tasks.map(({ id }) => ownerOf(id)))].sort((a, b) =>
    a === null || b === null ? (a === b ? 0 : a === null ? 1 : -1) : compareText(a, b),
  );
  const taken = new Set<string>();
  return owners.map((owner) => ({
    owner,
    file: fileName(owner, taken),
    report: withRollout(
      reportOnly(report, ({ id }) => ownerOf(id) === owner),
      estate,
      options,
      true,
    ),
  }));
}

/** `@org/team` is `org-team.md`; a second one of the same letters gets a number. */
function fileName(owner: string | null, taken: Set<string>): string {
  const plain = (owner ?? 'nobody')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 80);
  const base =
    plain === '' || /^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(plain) ? `owner-${plain}`.replace(/-$/, '') : plain;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return `${name}.md`;
  }
}
