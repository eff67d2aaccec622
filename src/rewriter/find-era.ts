/** The versions of a deployment: the configuration's word, else the pin files', else those of the environment asked. */
import type { Options, PythonEnvironment, VersionFound } from '../model.ts';
import { pinnedVersions } from './deployment.ts';
import { type Era, eraOf } from './era.ts';

export interface FoundEra {
  readonly era: Era;
  readonly versions: { readonly airflow: VersionFound; readonly provider: VersionFound };
}
interface PinFile {
  readonly path: string;
  readonly text: string;
}
type Said = {
  readonly airflow: string | null;
  readonly provider: string | null;
  readonly from: (name: Name) => string;
};
type Name = 'airflow' | 'provider';

/** Whoever says one of both says both: a version of one place and one of another need not be of the same deployment. */
export function findEra(
  { source, configFile }: Options,
  pins: () => readonly PinFile[],
  environment?: PythonEnvironment,
): FoundEra {
  const configured: Said = { ...source, from: (name) => `source.${name} in ${configFile ?? 'the configuration'}` };
  const said = [() => configured, () => pinned(pins()), () => asked(environment)];
  let found = configured;
  for (const say of said) {
    found = say();
    if (found.airflow !== null || found.provider !== null) break;
  }
  const era = eraOf(found.airflow, found.provider);
  const from = (name: Name, otherwise: string): VersionFound => ({
    version: era[name],
    from: found[name] !== null ? found.from(name) : era[name] === null ? 'nothing names it' : otherwise,
  });
  const versions = {
    airflow: from('airflow', ''),
    provider: from('provider', `the constraints of Airflow ${era.airflow}`),
  };
  return { era, versions };
}

function pinned(files: readonly PinFile[]): Said {
  const versions = pinnedVersions(files.map(({ text }) => text));
  const from = (name: Name): string => {
    const file = files.find(({ text }) => pinnedVersions([text])[name] === versions[name]);
    return file?.path ?? 'files of the root';
  };
  return { ...versions, from };
}

const asked = (environment?: PythonEnvironment): Said => ({
  airflow: environment?.airflow ?? null,
  provider: environment?.provider ?? null,
  from: () => 'the environment of --python',
});
