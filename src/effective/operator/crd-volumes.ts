import { fieldRef, labelSelector, resourceFieldRef } from './crd-pod-parts.ts';
import {
  all,
  amount,
  any,
  boolean,
  type CrdShape,
  integer,
  list,
  map,
  object,
  string,
  strings,
  texts,
} from './crd-shape.ts';

/** Volume sources of Kubernetes; which of them Spark or the gateway understand is not the schema's matter. */

const secretRef = object({ name: string });
const items = list(object({ ...all(string, 'key', 'path'), mode: integer }, ['key', 'path']));
const fileItems = list(object({ fieldRef, mode: integer, path: string, resourceFieldRef }, ['path']));
const optional = { items, name: string, optional: boolean };
const readOnly = { readOnly: boolean };
const claimSource = all(string, 'apiGroup', 'kind', 'name');

const ephemeral = object({
  volumeClaimTemplate: object(
    {
      metadata: object({
        ...all(texts, 'annotations', 'labels'),
        finalizers: strings,
        ...all(string, 'name', 'namespace'),
      }),
      spec: object({
        accessModes: strings,
        dataSource: object(claimSource, ['kind', 'name']),
        dataSourceRef: object({ ...claimSource, namespace: string }, ['kind', 'name']),
        resources: object(all(map(any), 'limits', 'requests')),
        selector: labelSelector,
        ...all(string, 'storageClassName', 'volumeAttributesClassName', 'volumeMode', 'volumeName'),
      }),
    },
    ['spec'],
  ),
});

const projected = object({
  defaultMode: integer,
  sources: list(
    object({
      clusterTrustBundle: object({ labelSelector, ...all(string, 'name', 'path', 'signerName'), optional: boolean }, [
        'path',
      ]),
      configMap: object(optional),
      secret: object(optional),
      downwardAPI: object({ items: fileItems }),
      podCertificate: object(
        {
          ...all(string, 'certificateChainPath', 'credentialBundlePath', 'keyPath', 'keyType', 'signerName'),
          maxExpirationSeconds: integer,
          userAnnotations: texts,
        },
        ['keyType', 'signerName'],
      ),
      serviceAccountToken: object({ ...all(string, 'audience', 'path'), expirationSeconds: integer }, ['path']),
    }),
  ),
});

/** `spec.volumes`. */
export const volumesShape: CrdShape = list(
  object(
    {
      name: string,
      awsElasticBlockStore: object({ ...all(string, 'fsType', 'volumeID'), partition: integer, ...readOnly }, [
        'volumeID',
      ]),
      azureDisk: object({ ...all(string, 'cachingMode', 'diskName', 'diskURI', 'fsType', 'kind'), ...readOnly }, [
        'diskName',
        'diskURI',
      ]),
      azureFile: object({ ...all(string, 'secretName', 'shareName'), ...readOnly }, ['secretName', 'shareName']),
      cephfs: object({ monitors: strings, ...all(string, 'path', 'secretFile', 'user'), secretRef, ...readOnly }, [
        'monitors',
      ]),
      cinder: object({ ...all(string, 'fsType', 'volumeID'), secretRef, ...readOnly }, ['volumeID']),
      configMap: object({ defaultMode: integer, ...optional }),
      csi: object(
        { ...all(string, 'driver', 'fsType'), nodePublishSecretRef: secretRef, ...readOnly, volumeAttributes: texts },
        ['driver'],
      ),
      downwardAPI: object({ defaultMode: integer, items: fileItems }),
      emptyDir: object({ medium: string, sizeLimit: amount }),
      ephemeral,
      fc: object({ fsType: string, lun: integer, ...readOnly, ...all(strings, 'targetWWNs', 'wwids') }),
      flexVolume: object({ ...all(string, 'driver', 'fsType'), options: texts, ...readOnly, secretRef }, ['driver']),
      flocker: object(all(string, 'datasetName', 'datasetUUID')),
      gcePersistentDisk: object({ ...all(string, 'fsType', 'pdName'), partition: integer, ...readOnly }, ['pdName']),
      gitRepo: object(all(string, 'directory', 'repository', 'revision'), ['repository']),
      glusterfs: object({ ...all(string, 'endpoints', 'path'), ...readOnly }, ['endpoints', 'path']),
      hostPath: object(all(string, 'path', 'type'), ['path']),
      image: object(all(string, 'pullPolicy', 'reference')),
      iscsi: object(
        {
          ...all(boolean, 'chapAuthDiscovery', 'chapAuthSession'),
          ...all(string, 'fsType', 'initiatorName', 'iqn', 'iscsiInterface', 'targetPortal'),
          lun: integer,
          portals: strings,
          secretRef,
          ...readOnly,
        },
        ['iqn', 'lun', 'targetPortal'],
      ),
      nfs: object({ ...all(string, 'path', 'server'), ...readOnly }, ['path', 'server']),
      persistentVolumeClaim: object({ claimName: string, ...readOnly }, ['claimName']),
      photonPersistentDisk: object(all(string, 'fsType', 'pdID'), ['pdID']),
      portworxVolume: object({ ...all(string, 'fsType', 'volumeID'), ...readOnly }, ['volumeID']),
      projected,
      quobyte: object({ ...all(string, 'group', 'registry', 'tenant', 'user', 'volume'), ...readOnly }, [
        'registry',
        'volume',
      ]),
      rbd: object(
        { ...all(string, 'fsType', 'image', 'keyring', 'pool', 'user'), monitors: strings, secretRef, ...readOnly },
        ['image', 'monitors'],
      ),
      scaleIO: object(
        {
          ...all(string, 'fsType', 'gateway', 'protectionDomain', 'storageMode', 'storagePool', 'system', 'volumeName'),
          sslEnabled: boolean,
          secretRef,
          ...readOnly,
        },
        ['gateway', 'secretRef', 'system'],
      ),
      secret: object({ defaultMode: integer, items, optional: boolean, secretName: string }),
      storageos: object({ ...all(string, 'fsType', 'volumeName', 'volumeNamespace'), secretRef, ...readOnly }),
      vsphereVolume: object(all(string, 'fsType', 'storagePolicyID', 'storagePolicyName', 'volumePath'), [
        'volumePath',
      ]),
    },
    ['name'],
  ),
);
