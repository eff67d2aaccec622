/** `monitoring`: with both files in the image, what the operator adds can be written out; else it has no way through. */
import { type RoleName, roleNames } from '../fields/index.ts';
import {
  entryOf,
  isMapping,
  type Mapping,
  mappingOf,
  newEntry,
  newMapping,
  newText,
  replaceValue,
  type Text,
  textOf,
} from '../tree.ts';
import type { Work } from '../work.ts';

const defaultPort = '8090';

export function moveMonitoring(work: Work): void {
  const entry = entryOf(work.spec, 'monitoring');
  if (entry === undefined || !isMapping(entry.value)) return;
  const map = entry.value;
  const prometheus = mappingOf(map, 'prometheus');
  const config = textOf(prometheus, 'configFile');
  const properties = textOf(map, 'metricsPropertiesFile');
  const jar = textOf(prometheus, 'jmxExporterJar');
  const comments = work.take(work.spec, entry);
  if (prometheus === undefined) {
    work.enter('monitoring', map, 'dead', {
      why: 'Without prometheus the operator does nothing with it.',
      remedy: 'Nothing.',
    });
    work.say(
      'dead-field',
      { path: 'monitoring', why: 'without prometheus the operator does nothing with it' },
      entry.key,
    );
    return;
  }
  if (config === undefined || properties === undefined || jar === undefined) {
    work.enter('monitoring', map, 'lost', {
      why: 'The operator makes a config map and a port of it, which the gateway can not.',
      remedy:
        'Put the exporter’s configuration and the metrics properties into the image and name both files (configFile, metricsPropertiesFile).',
    });
    work.say(
      'field-lost',
      { path: 'monitoring', why: 'the gateway can make no config map and no port of it' },
      entry.key,
    );
    return;
  }
  work.enter('monitoring', map, 'moved', {
    why: 'What the operator adds is written out: the agent in javaOptions, the annotations, the metrics keys of sparkConf.',
    remedy: 'Nothing.',
  });
  work.say('field-moved', { path: 'monitoring', target: 'javaOptions, annotations and sparkConf' }, entry.key);
  const port = textOf(prometheus, 'port')?.value ?? defaultPort;
  const agent = `-javaagent:${jar.value}=${port}:${config.value}`;
  for (const role of roleNames) {
    const parent = work.role(role);
    const isExposed =
      textOf(map, role === 'driver' ? 'exposeDriverMetrics' : 'exposeExecutorMetrics')?.value === 'true';
    if (parent !== undefined && isExposed) expose(work, parent, role, agent, port);
  }
  work.setConf('spark.metrics.namespace', `${work.namespace}.${work.name ?? ''}`, comments);
  work.setConf('spark.metrics.conf', properties);
}

function expose(work: Work, role: Mapping, name: RoleName, agent: string, port: string): void {
  const options = textOf(role, 'javaOptions');
  if (options === undefined) role.items.push(newEntry('javaOptions', newText(agent, 'QUOTE_DOUBLE')));
  else {
    work.enter(`${name}.javaOptions`, options, 'changed', {
      why: 'The metrics agent is added, as the operator does.',
      remedy: 'Nothing.',
    });
    options.value = `${options.value} ${agent}`;
  }
  let annotations = mappingOf(role, 'annotations');
  if (annotations === undefined) {
    annotations = newMapping();
    role.items.push(newEntry('annotations', annotations));
  }
  const values: readonly (readonly [string, Text])[] = [
    ['prometheus.io/scrape', newText('true', 'QUOTE_DOUBLE')],
    ['prometheus.io/port', newText(port, 'QUOTE_DOUBLE')],
    ['prometheus.io/path', newText('/metrics')],
  ];
  for (const [key, value] of values) {
    const found = entryOf(annotations, key);
    if (found === undefined) annotations.items.push(newEntry(key, value));
    else {
      work.enter(`${name}.annotations.${key}`, found.value, 'dead', {
        why: 'The operator writes this annotation over it.',
      });
      replaceValue(found, value);
    }
  }
}
