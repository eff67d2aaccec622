/** Rows outside `spec`; paths from the root. */
import { dead, type FieldRow, nothingToDo, server } from './row.ts';

export const documentRows: readonly FieldRow[] = [
  server('apiVersion', 'The gateway makes the resource; the request is not one.'),
  server('kind', 'The gateway makes the resource; the request is not one.'),
  ...['name', 'generateName'].map(
    (key): FieldRow => ({
      path: `metadata.${key}`,
      type: 'string',
      class: 'changed',
      target: 'applicationName',
      rule: 'metadata',
      why: 'The submission id becomes the resource’s name, and the name of the Spark application.',
      remedy: 'Search by the submission id, or by the label with the application’s name.',
      source: 'gateway',
    }),
  ),
  {
    ...server('metadata.namespace', 'The job runs in the namespace of the gateway’s cluster.'),
    remedy: 'Check that the queue’s namespace holds what the document names.',
  },
  {
    path: 'metadata.labels.*',
    type: 'string',
    class: 'moved',
    target: 'driver.labels and executor.labels',
    rule: 'metadata',
    why: 'The operator copies the resource’s labels to both pods; a role’s own label wins.',
    remedy: nothingToDo,
    source: 'pair',
  },
  dead('metadata.annotations.**', 'Annotations of the resource do not reach the pods.'),
  dead('metadata.**', 'Set by Kubernetes, or without effect on the job.'),
  dead('status.**', 'Written by the operator, not read.'),
];
