/** What is known of the target operators that can be told from no source file. Facts: found by running them. */
import type { TargetOperator } from '../model.ts';
import { endStates } from './terminal-states.ts';

export type ProfileName = 'published' | 'aws-blog' | 'standalone';
type Profile = Omit<TargetOperator, 'assumed' | 'module' | 'className'>;

const common = ['application_file', 'application_timeout', 'log_poll_interval', 'connection_id'];

/** The operator of the AWS sample: no template fields, no on_kill, every try is a submission, Airflow 2 only. */
const published: Profile = {
  origin: 'published',
  parameters: new Set([...common, 'application_content']),
  templateFields: [],
  templateExtensions: [],
  deferrable: false,
  cancels: false,
  reattaches: false,
  acceptsDict: false,
  defaults: { application_timeout: '3600', log_poll_interval: '1' },
  contentType: { content: 'by-text', file: 'none' },
  terminalStates: ['COMPLETED', 'FAILED'],
  breaks: [
    { name: 'airflow.utils.decorators.apply_defaults', gone: '3.0', since: null, place: null },
    { name: 'self.xcom_push', gone: '3.1', since: null, place: null },
  ],
  source: null,
  evidence: {},
};

/** The variant that the AWS post's «after» snippet calls: the text goes into `application_file`, its type beside it. */
const awsBlog: Profile = {
  ...published,
  origin: 'aws-blog',
  parameters: new Set([...common, 'application_file_type']),
  contentType: { content: 'none', file: 'by-parameter' },
};

/** An operator that lacks nothing: renders, defers, cancels, finds a running job again. */
const standalone: Profile = {
  origin: 'standalone',
  parameters: new Set([
    ...common,
    ...['application_content', 'translate', 'deferrable', 'reattach_on_restart', 'poll_interval'],
  ]),
  templateFields: ['application_content', 'application_file', 'connection_id'],
  templateExtensions: ['.yaml', '.yml', '.json'],
  deferrable: true,
  cancels: true,
  reattaches: true,
  acceptsDict: true,
  defaults: { application_timeout: '3600', log_poll_interval: '1' },
  contentType: { content: 'by-text', file: 'by-text' },
  terminalStates: endStates,
  breaks: [],
  source: null,
  evidence: {},
};

const profiles: Readonly<Record<ProfileName, Profile>> = { published, 'aws-blog': awsBlog, standalone };

/** The built-in profiles, weakest first. */
export const profileNames: readonly ProfileName[] = ['published', 'aws-blog', 'standalone'];

/** The operator of a built-in profile; `profile` null means that nothing was said, and the published one is assumed. */
export function profiledOperator(dottedName: string, profile: ProfileName | null): TargetOperator {
  return { ...profiles[profile ?? 'published'], assumed: profile === null, ...splitName(dottedName) };
}

/** `a.b.Name` as module and class. */
export function splitName(dottedName: string): { readonly module: string; readonly className: string } {
  const dot = dottedName.lastIndexOf('.');
  return { module: dottedName.slice(0, dot), className: dottedName.slice(dot + 1) };
}
