import type { Json } from '../../model.ts';
import { isObject, type JsonObject, listOf, objectOf } from '../json.ts';
import { type Application, objectsIn, type RoleName, roleOf, textOr } from '../operator/application.ts';
import { checkAgainstCrd } from '../operator/crd-check.ts';
import { podSecurityContext } from '../operator/crd-pod-parts.ts';

/** A pod while it is made; the Spark container is apart from the others. */
export interface PodDraft {
  labels: Record<string, Json>;
  annotations: Record<string, Json>;
  spec: Record<string, Json>;
  container: Record<string, Json>;
  env: Json[];
  envFrom: Json[];
  ports: Json[];
  mounts: Json[];
  volumes: Json[];
  otherContainers: Json[];
  limits: Record<string, Json>;
  requests: Record<string, Json>;
}

/** The pod before anybody adds to it: empty, or the role's own template. */
export function startDraft(application: Application, role: RoleName): PodDraft {
  const template = objectOf(roleOf(application, role)['template']);
  const metadata = objectOf(template['metadata']);
  const { containers, volumes, ...spec } = typed(objectOf(template['spec']));
  const name = `spark-kubernetes-${role}`;
  const given = objectsIn(containers);
  const own = given.find((container) => container['name'] === name) ?? given[0] ?? {};
  const { env, envFrom, ports, volumeMounts, resources, ...container } = own;
  return {
    labels: { ...objectOf(metadata['labels']) },
    annotations: { ...objectOf(metadata['annotations']) },
    spec: { ...spec },
    container: { ...container, name: textOr(container['name']) || name },
    env: [...listOf(env)],
    envFrom: [...listOf(envFrom)],
    ports: [...listOf(ports)],
    mounts: [...listOf(volumeMounts)],
    volumes: [...listOf(volumes)],
    otherContainers: given.filter((container) => container !== own).map(withResources),
    limits: { ...objectOf(objectOf(resources)['limits']) },
    requests: { ...objectOf(objectOf(resources)['requests']) },
  };
}

/** The template as the operator's types keep it: what they do not know is gone. */
function typed(spec: JsonObject): JsonObject {
  const { securityContext, initContainers, ...others } = spec;
  return {
    ...others,
    ...(securityContext === undefined
      ? {}
      : { securityContext: checkAgainstCrd(securityContext, podSecurityContext, '').value }),
    ...(initContainers === undefined ? {} : { initContainers: listOf(initContainers).map(withResources) }),
  };
}

/** A container as the API writes it: `resources` is always there. */
export function withResources(container: Json): Json {
  return isObject(container) ? { resources: {}, ...container } : container;
}

/** The finished pod's spec; lists without entries are absent. */
export function finishSpec(draft: PodDraft): JsonObject {
  const container = {
    ...draft.container,
    ...listed('env', draft.env),
    ...listed('envFrom', draft.envFrom),
    ...listed('ports', draft.ports),
    ...listed('volumeMounts', draft.mounts),
    resources: { ...filled('limits', draft.limits), ...filled('requests', draft.requests) },
  };
  return { ...draft.spec, containers: [container, ...draft.otherContainers], ...listed('volumes', draft.volumes) };
}

function listed(key: string, items: readonly Json[]): JsonObject {
  return items.length === 0 ? {} : { [key]: items };
}

function filled(key: string, entries: JsonObject): JsonObject {
  return Object.keys(entries).length === 0 ? {} : { [key]: entries };
}
