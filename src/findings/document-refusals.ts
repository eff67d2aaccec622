/** Why a document can not be translated. */
import type { FindingKind } from '../model.ts';

const manual = (title: string, message: string, why: string, remedy: string): FindingKind => ({
  verdict: 'manual',
  title,
  message,
  why,
  remedy,
});
const correct = 'Correct the document.';
const broken = 'The operator reads the document with a YAML reader that refuses it, too.';

export const documentRefusals: Readonly<Record<string, FindingKind>> = {
  'yaml-broken': manual('The document is no YAML', 'the document does not parse: {problem}', broken, correct),
  'yaml-too-deep': manual(
    'The document nests too deep',
    'the document nests more than {limit} levels deep',
    'No SparkApplication does; reading it could take all memory.',
    correct,
  ),
  'yaml-too-large': manual(
    'The document grows too large',
    'with its aliases written out the document has more than {limit} values',
    'Aliases must be written out, because the gateway does not resolve them.',
    'Write the document with fewer aliases.',
  ),
  'yaml-recursive': manual(
    'An alias inside its own anchor',
    'the alias *{name} stands inside its own anchor',
    broken,
    correct,
  ),
  'yaml-tag': manual(
    'A YAML tag',
    'the tag {tag} says how to read the value',
    'The operator’s reader refuses tags of its own, and the gateway ignores them.',
    'Write the value out.',
  ),
  'yaml-key': manual('A key that is no text', 'a mapping or list stands as a key', broken, correct),
  'not-a-mapping': manual(
    'The document is no mapping',
    'the document is {found}, not a mapping',
    'A SparkApplication is a mapping with apiVersion, kind, metadata and spec.',
    correct,
  ),
  'foreign-resource': manual(
    'Not a SparkApplication of the Kubeflow operator',
    'the document has {what}, not sparkoperator.k8s.io/v1beta2 SparkApplication',
    'Other kinds and other API groups belong to other programs; their fields mean other things.',
    'Translate it by hand, or leave the task as it is.',
  ),
  'scheduled-application': manual(
    'A ScheduledSparkApplication',
    'the document is a ScheduledSparkApplication',
    'The gateway runs jobs and schedules none; the schedule belongs to Airflow.',
    'Make the template of the schedule a SparkApplication, and give its schedule to a DAG.',
  ),
  'kubernetes-block': manual(
    'A placeholder that the operator computes with',
    '{path} is {text}, and the operator computes the sizes of the pods from it',
    'The operator makes cores and memory of `container_resources` (memory divided by 1.4); what a placeholder comes to is known at run time only.',
    'Write the value out, or write cores and memory into driver and executor instead.',
  ),
  'provider-refuses': manual(
    'The operator refuses the document',
    '{path} {problem}',
    'The operator prepares the document before it creates the resource, and stops at this one; it can not have run as it stands.',
    correct,
  ),
  'spec-missing': manual(
    'The document has no specification',
    'the document has no `spec` that is a mapping',
    'Everything that the job is stands in spec.',
    correct,
  ),
  'spark-version-missing': manual(
    'The Spark version is missing',
    'sparkVersion is missing',
    'The gateway chooses clusters by it and refuses a request without; Kubernetes refuses the resource without, too.',
    'Write sparkVersion, as x.y.',
  ),
  'wrong-type': manual(
    'A value of the wrong type',
    '{path} must be {wanted}, and is {found}',
    'Kubernetes refuses the document.',
    correct,
  ),
  'node-selector-twice': manual(
    'Node selectors in two places',
    '{path} is given for the application and for a role',
    'The operator refuses a document with both.',
    'Keep one of them.',
  ),
  'jinja-broken': manual(
    'A Jinja tag without end',
    'a Jinja tag begins here and does not end',
    'Airflow refuses to render the document.',
    'Close the tag; text that is no Jinja goes into `{% raw %}`.',
  ),
  'jinja-structure': manual(
    'Jinja changes the structure',
    '{text} decides which fields there are',
    'What the fields are is known at run time only, and each needs its own translation.',
    'Write one document per case, or use the runtime helper.',
  ),
  'placeholder-structure': manual(
    'A placeholder stands for a whole structure',
    '{path} is {text}, which should come to {wanted}',
    'Its fields are known at run time only, and each needs its own translation.',
    'Write the structure out, or use the runtime helper.',
  ),
  'placeholder-key': manual(
    'A placeholder stands for a field’s name',
    '{path} is a field whose name is not known yet',
    'Which translation a field needs depends on its name.',
    'Write the name out.',
  ),
  'placeholder-manual': manual(
    'A home-made placeholder where the gateway is strict',
    '{path} is {text}, which the DAG’s own code replaces; it must come to {wanted}',
    'The translation would have to change the value, but it is known at run time only.',
    'Put the value into the document, or translate after replacing.',
  ),
  'field-unaccounted': manual(
    'A field was overlooked',
    '{path} would get lost without a word',
    'The translation checks its own work; this is a fault of the translation.',
    'Report it, with the document.',
  ),
  'request-invalid': manual(
    'The request would be refused',
    '{path}: {problem}',
    'The result is checked by the gateway’s own rules before it is offered.',
    correct,
  ),
};
