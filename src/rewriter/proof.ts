/** What document and request come to on both sides, computed: attached to a change, for whoever wants to see it proven. */
import { compareEffective, type GatewayConfig } from '../effective/index.ts';
import type { Json, Proof, ProofDifference } from '../model.ts';
import { looksSecret, masked as maskedValue } from '../spec/secrets.ts';
import type { Request } from './prepare.ts';

/** `gateway`: its configuration, where it is known; without one, a gateway that takes every queue and version. */
export function proofOf({ translation }: Request, gateway: GatewayConfig | null): Proof {
  const { document, request } = translation;
  const compared = compareEffective(document, request, gateway === null ? {} : { config: gateway });
  return {
    equal: compared.equal.length,
    differing: compared.differing.map(masked),
    gatewayDecided: compared.gatewayDecided.map(masked),
    unknown: compared.unknown,
  };
}

/** The last name in the path decides, as in the ledger: `conf spark.hadoop.fs.s3a.secret.key`, `… env[DB_PASSWORD]`. */
function masked({ path, before, after }: ProofDifference): ProofDifference {
  const hide = (value: Json): Json => (value === null ? null : maskedValue);
  const name = /\[([^\]]*)\][^[\]]*$/.exec(path)?.[1] ?? path;
  return looksSecret(name) || looksSecret(path)
    ? { path, before: hide(before), after: hide(after) }
    : { path, before, after };
}
