import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { askEnvironment } from '../../cli/python-environment.ts';
import { diagnose, loadOptions } from '../../src/index.ts';
import { withProject } from '../migration/project.ts';

const place = realpathSync(mkdtempSync(join(tmpdir(), 'bpg-migrate-environment-')));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** A stand-in for an interpreter, which says only where its modules lie; `files` are below site-packages. */
function environment(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(place, name, 'lib', 'site-packages');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const python = join(place, name, 'python');
  writeFileSync(python, `#!/bin/sh\necho '["", ${JSON.stringify(folder)}]'\n`);
  chmodSync(python, 0o755);
  return python;
}

const base = 'class Base(BaseOperator):\n    def __init__(self, application_content=None, **kwargs): ...\n';
const files = {
  'bpg_operator/__init__.py': 'from .operator import BPGOperator\n',
  'bpg_operator/operator.py': 'from company.ops import Base\nclass BPGOperator(Base):\n    def on_kill(self): ...\n',
  'company/ops.py': base,
  'company/secret.py': 'raise SystemExit("never read, never run")\n',
  'apache_airflow-2.9.2.dist-info/METADATA': '',
  'apache_airflow_providers_cncf_kubernetes-8.3.1.dist-info/METADATA': '',
};

describe('askEnvironment', () => {
  it('reads the operator with its bases, and the versions that are installed', () => {
    const asked = askEnvironment(environment('whole', files), 'bpg_operator.BPGOperator');
    expect(asked).toMatchObject({ ok: true, environment: { airflow: '2.9.2', provider: '8.3.1' } });
    const modules = asked.ok ? Object.values(asked.environment.modules).map(({ path }) => path) : [];
    expect([...new Set(modules)].sort()).toEqual([
      'site-packages/bpg_operator/__init__.py',
      'site-packages/bpg_operator/operator.py',
      'site-packages/company/ops.py',
    ]);
  });

  it('is empty where nothing is installed, and says what is no interpreter', () => {
    expect(askEnvironment(environment('empty', { 'other.py': '' }), 'bpg_operator.BPGOperator')).toEqual({
      ok: true,
      environment: { modules: {}, airflow: null, provider: null },
    });
    expect(askEnvironment(join(place, 'nowhere'), 'a.B')).toMatchObject({ ok: false });
  });

  it('makes the operator of an environment the target where the project has none', async () => {
    const asked = askEnvironment(environment('used', files), 'bpg_operator.BPGOperator');
    if (!asked.ok) throw new Error(asked.reason);
    const told = (project: Readonly<Record<string, string>>) =>
      withProject({ 'dags/a.py': '', ...project }, async (folder) => {
        const loaded = loadOptions({ cwd: folder });
        const found = loaded.ok
          ? await diagnose({ ...loaded.options, root: folder }, [], null, asked.environment)
          : null;
        if (found?.ok !== true) throw new Error('not diagnosed');
        return found.diagnosis;
      });
    const installed = await told({});
    expect(installed.operator.source).toEqual({ path: 'site-packages/bpg_operator/__init__.py', found: 'environment' });
    expect(installed.operator.parameters).toEqual(['application_content']);
    const cancels = installed.operator.capabilities.find(({ name }) => name.startsWith('cancels'));
    expect(cancels).toMatchObject({ has: true, evidence: { file: 'site-packages/bpg_operator/operator.py', line: 3 } });
    expect(installed.versions.airflow).toEqual({ version: '2.9.2', from: 'the environment of --python' });
    const own = await told({ 'plugins/bpg_operator.py': 'class BPGOperator(BaseOperator): ...\n' });
    expect(own.operator.source?.found).toBe('project');
  });
});
