/** Tasks to decide about, each with what a test says of it. */
import type { TaskEntry } from '../../src/model.ts';
import type { Candidate } from '../../src/rollout/filter.ts';

export interface Said extends Partial<TaskEntry> {
  readonly owner?: string | null;
}

/** A safe task of `team`, `dag`; its id is `dags/<dag>.py#<dag>.<name>`. */
export function candidate(name: string, { owner = 'team', ...said }: Said = {}): Candidate {
  const dagId = said.dagId === undefined ? 'dag' : said.dagId;
  const file = said.file ?? `dags/${dagId ?? 'unknown'}.py`;
  return {
    owner,
    entry: {
      id: `${file}#${dagId ?? '?'}.${name}`,
      idParts: { file, dagId, taskId: name, ordinal: 1 },
      file,
      line: 10,
      column: 1,
      dagId,
      taskId: name,
      status: 'legacy',
      verdict: 'safe',
      decision: null,
      connection: 'known',
      namespace: null,
      queue: 'poc',
      payload: null,
      sensors: [],
      multiplicity: 1,
      losses: [],
      findings: [],
      change: `change-of-${name}`,
      ...said,
    },
  };
}
