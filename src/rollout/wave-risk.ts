/** How risky it is to move a DAG, in points that anybody can add up. */
import type { TaskEntry, WaveRisk } from '../model.ts';

/** What is known of a DAG that has legacy tasks. */
export interface DagSubject {
  /** The DAG id, the file where it is not known. */
  readonly dag: string;
  readonly tasks: readonly TaskEntry[];
  /** Seconds between two runs at their closest; null where that is not known. */
  readonly interval: number | null;
  readonly owned: boolean;
}

interface RiskRule {
  readonly points: number;
  /** Null where the rule does not apply, else why it does. */
  readonly applies: (subject: DagSubject) => string | null;
}

const HOUR = 3_600;
const MANY = 10;

/** The published thresholds: points and what they are given for. */
const rules: readonly RiskRule[] = [
  {
    points: 2,
    applies: ({ tasks }) => {
      const review = tasks.filter(({ verdict }) => verdict === 'review').length;
      return review === 0 ? null : `${review} of ${tasks.length} tasks need consent`;
    },
  },
  {
    points: 1,
    applies: ({ tasks }) => {
      const lost = tasks.flatMap(({ losses }) =>
        losses.filter((loss) => loss.class === 'lost' && loss.accepted === undefined),
      ).length;
      return lost === 0 ? null : `loses ${lost} fields that nobody accepted`;
    },
  },
  {
    points: 1,
    applies: ({ interval }) =>
      interval !== null && interval <= HOUR ? 'runs every hour or more often: a fault hits many runs' : null,
  },
  { points: 1, applies: ({ owned }) => (owned ? null : 'nobody is named as its owner') },
  { points: 1, applies: ({ tasks }) => (tasks.length > MANY ? `has more than ${MANY} Spark tasks` : null) },
  {
    points: 1,
    applies: ({ tasks }) =>
      tasks.some(({ multiplicity }) => multiplicity === 'dynamic') ? 'makes a number of tasks that is not known' : null,
  },
];

export interface Risk {
  readonly risk: WaveRisk;
  readonly points: number;
  readonly reasons: readonly string[];
}

/** Up to 1 point is low, up to 3 medium, more is high; a task without a change blocks. */
export function riskOf(subject: DagSubject): Risk {
  const given = rules.flatMap(({ points, applies }) => {
    const why = applies(subject);
    return why === null ? [] : [{ points, why }];
  });
  const points = given.reduce((sum, one) => sum + one.points, 0);
  const reasons = given.map((one) => `+${one.points}: ${one.why}`);
  const manual = subject.tasks.filter(({ verdict }) => verdict === 'manual').length;
  if (manual > 0) {
    const said = `${manual} of ${subject.tasks.length} tasks are manual: nothing can be applied to them`;
    return { risk: 'blocked', points, reasons: [said, ...reasons] };
  }
  const risk = points <= 1 ? 'low' : points <= 3 ? 'medium' : 'high';
  const told = reasons.length === 0 ? ['every task is safe'] : reasons;
  return { risk, points, reasons: told };
}

/** From the least risk to what can not move. */
export const riskOrder: readonly WaveRisk[] = ['low', 'medium', 'high', 'blocked'];
