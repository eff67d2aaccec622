import { loadGatewayConfig } from '../gateway/configuration.ts';
import { documentsRoot, gatewayConfigPath, readLines } from './inputs.ts';
import type { Score } from './score.ts';
import { scoreManifestPods, scoreManifests } from './score-manifests.ts';
import { scorePairs } from './score-pairs.ts';
import { scoreRequests } from './score-requests.ts';

/** All scores of a directory of recordings; what it lacks is skipped, and says so. */
export function scoresOf(directory: string): readonly Score[] {
  const config = loadGatewayConfig(gatewayConfigPath(directory));
  const root = documentsRoot(directory);
  const absent = (name: string): Score => ({ name, skipped: `no ${name}.jsonl in ${directory}` });
  const documentsAbsent = (name: string): Score => ({
    name,
    skipped: `no documents for ${name}.jsonl beside ${directory}`,
  });
  const requests = readLines(directory, 'gateway-cases');
  const args = readLines(directory, 'manifest-args');
  const pods = readLines(directory, 'manifest-pods');
  const pairs = readLines(directory, 'pairs');
  return [
    ...(requests === null ? [absent('gateway-cases')] : scoreRequests(requests, config)),
    args === null
      ? absent('manifest-args')
      : root === null
        ? documentsAbsent('manifest-args')
        : scoreManifests(args, root),
    pods === null
      ? absent('manifest-pods')
      : root === null
        ? documentsAbsent('manifest-pods')
        : scoreManifestPods(pods, root),
    ...(pairs === null ? [absent('pairs')] : scorePairs(pairs, config)),
  ];
}
