/** What is wrong with the routes themselves, whatever tasks there are; each is told at its place in the configuration. */
import { parseDocument } from 'yaml';
import type { Finding, IsolationRule, Options, Place, Route } from '../model.ts';
import { placeAt } from '../parser/places.ts';
import type { ProjectFile } from '../parser/project-files.ts';
import { finding } from './project.ts';
import { conditionText, covers, deniedBy, isMatch, shadowingRule } from './routing.ts';

/** Rules that nothing reaches, that contradict themselves, and that lead out of an isolation. */
export function routeFindings(options: Options, read: (path: string) => ProjectFile): readonly Finding[] {
  const placeOf = places(options, read);
  return options.routing.flatMap((route, index) => {
    const place = placeOf(index);
    const rule = index + 1;
    const condition = conditionText(route);
    const denied = deniedBy(route);
    if (denied !== null) return [finding('route-never-matches', place, { rule, condition, name: denied })];
    const broken = isolationBrokenBy(route, options.isolation);
    const findings =
      broken === null
        ? []
        : [
            finding('route-breaks-isolation', place, {
              rule,
              condition,
              queue: route.queue ?? '',
              match: conditionText(broken.match),
              allowed: broken.queues.join(', '),
            }),
          ];
    const by = shadowingRule(options.routing, index);
    if (by === null) return findings;
    const other = options.routing[by - 1]?.queue ?? null;
    const instead =
      other === route.queue
        ? 'the same queue'
        : `${other ?? 'no queue yet'} instead of ${route.queue ?? 'no queue yet'}`;
    return [...findings, finding('route-unreachable', place, { rule, condition, by, instead })];
  });
}

/** The isolation rule that every task of the route breaks; null where none is sure to. */
function isolationBrokenBy(route: Route, isolation: readonly IsolationRule[]): IsolationRule | null {
  const { queue } = route;
  if (queue === null) return null;
  return (
    isolation.find(({ match, queues }) => covers(match, route) && !queues.some((glob) => isMatch(queue, glob))) ?? null
  );
}

/** Where a rule stands in the configuration; its first line where that can not be told. */
function places({ configFile }: Options, read: (path: string) => ProjectFile): (rule: number) => Place {
  const none = { file: configFile ?? '.', line: 1, column: 1 };
  const file = configFile === null ? null : read(configFile);
  if (configFile === null || file === null || !file.ok) return () => none;
  const document = parseDocument(file.text, { logLevel: 'silent' });
  return (rule) => {
    const node: unknown = document.getIn(['routing', rule], true);
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
    const start: unknown = Array.isArray(range) ? range[0] : null;
    return typeof start === 'number' ? placeAt(configFile, file.text, start) : none;
  };
}
