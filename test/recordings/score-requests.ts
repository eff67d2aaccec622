import {
  argumentList,
  duplicateConf,
  type GatewayConfig,
  type Kubernetes,
  type Operation,
  operate,
  submit,
} from '../../src/effective/index.ts';
import { objectOf, sameJson, textOf } from '../../src/effective/json.ts';
import type { Json } from '../../src/model.ts';
import { countCase, listVersus, type Score, sameObjection, Tally, versus } from './score.ts';

/** A line of `gateway-cases.jsonl`. */
interface GatewayCase {
  readonly id: string;
  readonly contentType: string | null;
  readonly body: string | null;
  readonly bodyB64?: string | null;
  /** Absent: `admin`; null: nobody by basic authentication. */
  readonly user?: string | null;
  readonly query?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly responseBody: Json;
  readonly cr: Json;
  readonly sparkSubmit: readonly string[] | null;
  readonly operator?: Json;
}

/** The Kubernetes of the recordings: it refuses by name, so that a refusal could be recorded. */
const refusesByName: Kubernetes = (cr) => {
  const name = String(objectOf(cr['metadata'])['name'] ?? '');
  const status = /-reject(\d{3})$/.exec(name)?.[1];
  return status === undefined ? null : { status: Number(status), message: `SparkApplication "${name}" is invalid` };
};

/** Scores for requests: what the gateway answers and creates, and what the operator makes of it. */
export function scoreRequests(lines: readonly unknown[], config: GatewayConfig): readonly Score[] {
  const status = new Tally('recorded requests: status');
  const resource = new Tally('recorded requests: resource');
  const args = new Tally('recorded requests: arguments');
  const together = new Tally('recorded requests: status, resource and arguments together');
  const operator = new Tally('recorded requests: what the operator refuses, prunes and finds twice');
  const tallies = [status, resource, args, together, operator];
  for (const line of lines as readonly GatewayCase[]) countCase(line.id, tallies, () => countRequest(line));
  return tallies.map((tally) => tally.score());

  function countRequest(recorded: GatewayCase): void {
    const { id } = recorded;
    const answer = submit(submissionOf(recorded), config, refusesByName);
    const operation = answer.cr === null ? null : operate(answer.cr);
    const ours = operation?.ok ? argumentList(operation.submit) : null;
    const equalStatus = answer.status === recorded.status;
    const equalResource = sameJson(answer.cr, recorded.cr);
    const equalArguments = sameJson(ours, recorded.sparkSubmit);
    const verdict = operatorVerdict(operation);
    status.count(id, equalStatus, () => versus(answer.status, recorded.status));
    resource.count(id, equalResource, () => versus(answer.cr, recorded.cr));
    args.count(id, equalArguments, () => listVersus(ours, recorded.sparkSubmit));
    together.count(id, equalStatus && equalResource && equalArguments, () => 'see the single scores');
    operator.count(id, sameVerdict(verdict, recorded.operator ?? null), () =>
      versus(verdict, recorded.operator ?? null),
    );
  }
}

function submissionOf(recorded: GatewayCase): Parameters<typeof submit>[0] {
  const { bodyB64 = null } = recorded;
  const body = bodyB64 === null ? Buffer.from(recorded.body ?? '', 'utf8') : Buffer.from(bodyB64, 'base64');
  const named = recorded.user === undefined ? 'admin' : recorded.user;
  return {
    body,
    contentType: recorded.contentType,
    user: named ?? recorded.headers?.['User-Account'] ?? null,
    ...(recorded.query === undefined || recorded.query === null ? {} : { query: recorded.query }),
  };
}

function sameVerdict(ours: Json, recorded: Json): boolean {
  const { error: ourError, ...ourRest } = objectOf(ours);
  const { error: theirError, ...theirRest } = objectOf(recorded);
  return sameJson(ourRest, theirRest) && sameObjection(textOf(ourError), textOf(theirError));
}

function operatorVerdict(operation: Operation | null): Json {
  if (operation === null) return null;
  const { pruned } = operation;
  const twice = operation.ok ? duplicateConf(operation.submit) : {};
  const verdict = {
    ...(operation.ok ? {} : { stage: operation.stage, error: operation.error }),
    ...(pruned.length === 0 ? {} : { pruned }),
    ...(Object.keys(twice).length === 0 ? {} : { dupConf: twice }),
  };
  return Object.keys(verdict).length === 0 ? null : verdict;
}
