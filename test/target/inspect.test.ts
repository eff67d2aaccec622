import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TargetOperator } from '../../src/index.ts';
import { loadPython, type Python } from '../../src/parser/syntax.ts';
import { inspectOperator } from '../../src/target/inspect.ts';
import { payloadStyle, rendersTemplates } from '../../src/target/payload-style.ts';
import { profiledOperator } from '../../src/target/profiles.ts';

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

function inspect(text: string, name = 'BPGOperator'): Omit<TargetOperator, 'module' | 'className'> | string {
  const found = inspectOperator(python, 'op.py', text, name);
  return found.ok ? found.operator : found.reason;
}

const root = join(import.meta.dirname, '../..');
const shipped = (name: string): string => readFileSync(join(root, 'scaffold/operator', name), 'utf8');

describe('inspectOperator', () => {
  it('reads parameters, annotated or not, and leaves out self and the rest', () => {
    const text =
      'class BPGOperator(BaseOperator):\n    def __init__(self, application_file: str | None = None, *, connection_id, application_timeout=1, **kwargs):\n        pass\n';
    expect(inspect(text)).toMatchObject({
      parameters: new Set(['application_file', 'connection_id', 'application_timeout']),
      templateFields: [],
      cancels: false,
      acceptsDict: false,
      runsOnAirflow3: true,
      evidence: { parameters: { file: 'op.py', line: 2 } },
    });
  });

  it('adds what a base in the same file brings', () => {
    const text =
      'class Base(BaseOperator):\n    template_fields = ["application_content"]\n    def __init__(self, application_content=None): ...\n    def on_kill(self): ...\n\nclass BPGOperator(Base):\n    template_ext = (".yaml",)\n    def __init__(self, *, connection_id=None, **kwargs): ...\n';
    expect(inspect(text)).toMatchObject({
      parameters: new Set(['connection_id', 'application_content']),
      templateFields: ['application_content'],
      templateExtensions: ['.yaml'],
      cancels: true,
    });
  });

  it('knows the published operator by where it is imported from', () => {
    const text =
      'from bpg_operator import BPGOperator as Published\n\nclass Mine(Published):\n    template_fields = ("application_content",)\n    template_ext = (".yaml",)\n';
    expect(inspect(text, 'Mine')).toMatchObject({ templateFields: ['application_content'], runsOnAirflow3: false });
    expect((inspect(text, 'Mine') as TargetOperator).parameters.has('application_timeout')).toBe(true);
  });

  it.each([
    ['class Other:\n    pass\n', 'it holds no class BPGOperator'],
    ['class BPGOperator(Unknown):\n    pass\n', 'the base class Unknown is not in the file'],
    ['class BPGOperator(\n', 'it does not parse'],
  ])('refuses what it can not judge: %j', (text, reason) => {
    expect(inspect(text)).toBe(reason);
  });

  it('sees what breaks on Airflow 3', () => {
    expect(
      inspect('from airflow.utils.decorators import apply_defaults\nclass BPGOperator(BaseOperator):\n    pass\n'),
    ).toMatchObject({ runsOnAirflow3: false });
    expect(
      inspect(
        'class BPGOperator(BaseOperator):\n    def execute(self, context):\n        self.xcom_push(context, "a", 1)\n',
      ),
    ).toMatchObject({ runsOnAirflow3: false });
  });

  it('finds the operators that we ship able to do what they are for', () => {
    expect(inspect(shipped('standalone.py'))).toMatchObject({
      templateFields: ['application_content', 'application_file', 'connection_id'],
      deferrable: true,
      cancels: true,
      reattaches: true,
      acceptsDict: true,
      runsOnAirflow3: true,
    });
    expect(inspect(shipped('subclass.py'), 'TemplatedBPGOperator')).toMatchObject({
      cancels: true,
      templateFields: ['application_content'],
    });
  });

  it('agrees with the profile of the operator that we ship', () => {
    const profile = profiledOperator('bpg_operator.BPGOperator', 'standalone');
    const found = inspect(shipped('standalone.py')) as TargetOperator;
    for (const name of profile.parameters) expect(found.parameters.has(name), name).toBe(true);
    for (const key of ['deferrable', 'cancels', 'reattaches', 'acceptsDict', 'runsOnAirflow3'] as const)
      expect(found[key]).toBe(profile[key]);
    expect(found.templateFields).toEqual(profile.templateFields);
  });
});

describe('payloadStyle', () => {
  const operator = (parameters: readonly string[], templateFields: readonly string[] = []): TargetOperator => ({
    ...profiledOperator('a.B', 'published'),
    parameters: new Set(parameters),
    templateFields,
    templateExtensions: templateFields.length > 0 ? ['.yaml'] : [],
  });
  it.each([
    [operator(['application_content'], ['application_content']), 'templated', true],
    [operator(['application_content']), 'content', false],
    [operator(['application_file', 'application_file_type']), 'file-with-type', false],
    [operator(['application_file']), null, false],
  ] as const)('is the first that works: %#', (target, style, renders) => {
    expect(payloadStyle(target, 'auto')).toBe(style);
    if (style !== null) expect(rendersTemplates(target, style)).toBe(renders);
  });

  it('is what the configuration names', () => {
    expect(payloadStyle(operator(['application_content']), 'file')).toBe('file');
  });
});
