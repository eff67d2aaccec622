import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ContentType, TargetOperator } from '../../src/index.ts';
import { loadPython, type Python } from '../../src/parser/syntax.ts';
import { breakageOn, breakageText } from '../../src/target/breakages.ts';
import { type Inspected, inspectOperator } from '../../src/target/inspect.ts';
import { payloadStyle, rendersTemplates } from '../../src/target/payload-style.ts';
import { profiledOperator } from '../../src/target/profiles.ts';

let python: Python;
beforeAll(async () => {
  python = await loadPython();
});

function inspect(
  text: string,
  name = 'BPGOperator',
  others: Readonly<Record<string, string>> = {},
): Inspected | string {
  const found = inspectOperator(python, 'op.py', text, name, (module) => {
    const own = others[module];
    return own === undefined ? null : { path: `${module}.py`, text: own };
  });
  return found.ok ? found.operator : found.reason;
}
const breaksOf = (text: string): readonly string[] => {
  const found = inspect(text);
  return typeof found === 'string' ? [found] : found.breaks.map(breakageText);
};

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
      breaks: [],
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
    expect(inspect(text, 'Mine')).toMatchObject({ templateFields: ['application_content'] });
    expect((inspect(text, 'Mine') as TargetOperator).parameters.has('application_timeout')).toBe(true);
  });

  it.each([
    ['class Other:\n    pass\n', 'it holds no class BPGOperator'],
    ['class BPGOperator(Unknown):\n    pass\n', 'the base class Unknown is not in the file'],
    ['class BPGOperator(\n', 'it does not parse'],
  ])('refuses what it can not judge: %j', (text, reason) => {
    expect(inspect(text)).toBe(reason);
  });

  it('finds the operators that we ship able to do what they are for', () => {
    expect(inspect(shipped('standalone.py'))).toMatchObject({
      templateFields: ['application_content', 'application_file', 'connection_id'],
      deferrable: true,
      cancels: true,
      reattaches: true,
      acceptsDict: true,
      breaks: [],
      contentType: { content: 'by-text', file: 'by-text' },
      terminalStates: ['COMPLETED', 'FAILED', 'FAILED_SUBMISSION', 'SUBMISSION_FAILED'],
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
    for (const key of ['deferrable', 'cancels', 'reattaches', 'acceptsDict'] as const)
      expect(found[key]).toBe(profile[key]);
    for (const key of ['contentType', 'terminalStates', 'breaks'] as const) expect(found[key]).toEqual(profile[key]);
    expect(found.defaults).toMatchObject(profile.defaults);
    expect(found.templateFields).toEqual(profile.templateFields);
  });
});

describe('parameters and defaults', () => {
  it('keeps each default as it is written, and none for what must be given', () => {
    const text =
      'class BPGOperator(BaseOperator):\n    def __init__(self, a, application_timeout: int = 2 * HOUR, *, b=None, **kwargs): ...\n';
    expect(inspect(text)).toMatchObject({ defaults: { application_timeout: '2 * HOUR', b: 'None' } });
  });

  it('takes those of the base only as long as **kwargs hands them on', () => {
    const base = 'class Base(BaseOperator):\n    def __init__(self, application_content=None, **kwargs): ...\n';
    const open = `${base}class BPGOperator(Base):\n    def __init__(self, connection_id=None, **kwargs): ...\n`;
    const closed = `${base}class BPGOperator(Base):\n    def __init__(self, connection_id=None): ...\n`;
    expect(inspect(open)).toMatchObject({ parameters: new Set(['connection_id', 'application_content']) });
    expect(inspect(closed)).toMatchObject({ parameters: new Set(['connection_id']) });
  });
});

describe('bases in other files', () => {
  const base =
    'class Base(BaseOperator):\n    template_fields = ("application_content",)\n    def __init__(self, application_content=None, **kwargs): ...\n    def on_kill(self): ...\n';

  it('are followed through imports and re-exports, and the evidence is where it stands', () => {
    const text = 'from ops.base import Base as B\nclass BPGOperator(B):\n    template_ext = (".yaml",)\n';
    const found = inspect(text, 'BPGOperator', { 'ops.base': 'from ops.deep import Base\n', 'ops.deep': base });
    expect(found).toMatchObject({
      templateFields: ['application_content'],
      templateExtensions: ['.yaml'],
      cancels: true,
      evidence: { cancels: { file: 'ops.deep.py', line: 4 }, templateExtensions: { file: 'op.py', line: 3 } },
    });
  });

  it('are followed where the class itself is only imported (a package)', () => {
    const found = inspect('from .operator import BPGOperator\n', 'BPGOperator', {
      operator: 'class BPGOperator(BaseOperator):\n    def on_kill(self): ...\n',
    });
    expect(found).toMatchObject({ cancels: true });
  });

  it('add to their fields where the class says so', () => {
    const text =
      'from ops.base import Base\nclass BPGOperator(Base):\n    template_fields = (*Base.template_fields, "connection_id")\n';
    expect(inspect(text, 'BPGOperator', { 'ops.base': base })).toMatchObject({
      templateFields: ['connection_id', 'application_content'],
    });
  });

  it('are looked at depth first, a mixin before the operator', () => {
    const text =
      'class Killing:\n    def on_kill(self): ...\nclass BPGOperator(Killing, BaseOperator):\n    def __init__(self, a=1): ...\n';
    expect(inspect(text)).toMatchObject({ cancels: true, parameters: new Set(['a']) });
  });

  it('are told where they can not be read, and a circle ends', () => {
    const text = 'from company.ops import Base\nclass BPGOperator(Base): ...\n';
    expect(inspect(text)).toBe('the base class Base comes from company.ops, which is not there to be read');
    const circle = { a: 'from b import Base\n', b: 'from a import Base\n' };
    expect(inspect('from a import Base\nclass BPGOperator(Base): ...\n', 'BPGOperator', circle)).toMatch(/circle/);
    expect(inspect('class BPGOperator(BPGOperator): ...\n')).toMatchObject({ parameters: new Set() });
  });
});

describe('what breaks', () => {
  it.each([
    [
      'from airflow.utils.decorators import apply_defaults',
      'airflow.utils.decorators.apply_defaults is gone since 3.0',
    ],
    ['from airflow.hooks.base_hook import BaseHook', 'airflow.hooks.base_hook.BaseHook is gone since 3.0'],
    ['import airflow.contrib.hooks', 'airflow.contrib.hooks is gone since 3.0'],
    ['from airflow.sdk import BaseOperator', 'airflow.sdk.BaseOperator is there from 3.0 on only'],
    ['from airflow.sdk import BaseHook', 'airflow.sdk.BaseHook is there from 3.1 on only'],
  ])('%s', (line, words) => {
    expect(breaksOf(`${line}\nclass BPGOperator(BaseOperator):\n    pass\n`)).toEqual([words]);
  });

  it('is nothing that is tried, guarded, or imported late', () => {
    const text = `try:
    from airflow.sdk import BaseOperator
except ImportError:
    from airflow.models import BaseOperator
if TYPE_CHECKING:
    from airflow.sdk import Context
class BPGOperator(BaseOperator):
    def execute(self, context):
        from airflow.sdk import Variable
`;
    expect(breaksOf(text)).toEqual([]);
  });

  it('is the push that operators had until 3.0, unless the class has its own', () => {
    const pushing =
      'class BPGOperator(BaseOperator):\n    def execute(self, context):\n        self.xcom_push(context, "a", 1)\n';
    expect(breaksOf(pushing)).toEqual(['self.xcom_push is gone since 3.1']);
    expect(breaksOf(`${pushing}    def xcom_push(self, *a): ...\n`)).toEqual([]);
  });

  it('depends on the version, and an unknown one breaks nothing', () => {
    const { breaks } = profiledOperator('bpg_operator.BPGOperator', 'published');
    expect([null, '2.10.3', '3.0.6', '3.3'].map((version) => breakageOn(breaks, version)?.name ?? null)).toEqual([
      null,
      null,
      'airflow.utils.decorators.apply_defaults',
      'airflow.utils.decorators.apply_defaults',
    ]);
    const added = [{ name: 'airflow.sdk', gone: null, since: '3.0', place: null }];
    expect(breakageOn(added, '2.10.3')?.name).toBe('airflow.sdk');
    expect(breakageOn(added, '3')).toBeNull();
  });
});

describe('Content-Type', () => {
  const operator = (body: string): string =>
    `class BPGOperator(BaseOperator):\n    def __init__(self, application_file=None, application_content=None, **kwargs): ...\n${body}`;
  it.each([
    [
      'none at all',
      '    def execute(self, c):\n        requests.post(u, data=self.application_content)\n',
      'none',
      'none',
    ],
    ['json=', '    def execute(self, c):\n        requests.post(u, json=d)\n', 'json', 'json'],
    [
      'one of YAML for both',
      '    def execute(self, c):\n        requests.post(u, data=d, headers={"Content-Type": "application/yaml"})\n',
      'yaml',
      'yaml',
    ],
    [
      'a header for content only',
      '    def execute(self, c):\n        if self.application_file:\n            requests.post(u, data=d)\n        else:\n            requests.post(u, headers={"content-type": "text/yaml"})\n',
      'yaml',
      'none',
    ],
    [
      'a type that is found for content only',
      '    def kind(self):\n        if self.application_file:\n            self.log.info("a file")\n        elif self.application_content:\n            try:\n                json.loads(self.application_content)\n                return "application/json"\n            except ValueError:\n                return "application/yaml"\n\n    def headers(self):\n        return {"Content-Type": self.kind()}\n',
      'by-text',
      'none',
    ],
    [
      'by a parameter',
      '    def execute(self, c):\n        requests.post(u, headers={"Content-Type": f"application/{self.application_file_type}"})\n',
      'by-parameter',
      'by-parameter',
    ],
    [
      'JSON made of YAML',
      '    def execute(self, c):\n        requests.post(u, json=yaml.safe_load(self.application_content))\n',
      'by-text',
      'by-text',
    ],
    [
      'computed elsewhere',
      '    def execute(self, c):\n        requests.post(u, headers={"Content-Type": kind_of(self)})\n',
      'unknown',
      'unknown',
    ],
    ['not sent here', '', 'unknown', 'unknown'],
  ])('%s', (_, body, content, file) => {
    expect(inspect(operator(body))).toMatchObject({ contentType: { content, file } });
  });
});

describe('the operators of the contract tests', () => {
  const own = (name: string): string => readFileSync(join(root, 'test/contract/operators', name), 'utf8');
  it('are what they stand for', () => {
    const published = profiledOperator('bpg_operator.BPGOperator', 'published');
    const found = inspect(own('bpg_operator.py'), 'BPGOperator', { gateway_job: own('gateway_job.py') });
    expect(found).toMatchObject({
      parameters: published.parameters,
      defaults: published.defaults,
      contentType: published.contentType,
    });
    expect(inspect(own('typed_bpg_operator.py'), 'TypedBPGOperator')).toMatchObject({
      contentType: { file: 'by-parameter' },
      defaults: { application_file_type: '"json"' },
    });
  });
});

describe('payloadStyle', () => {
  const operator = (
    parameters: readonly string[],
    templateFields: readonly string[] = [],
    content: ContentType = 'by-text',
  ): TargetOperator => ({
    ...profiledOperator('a.B', 'published'),
    parameters: new Set(parameters),
    templateFields,
    templateExtensions: templateFields.length > 0 ? ['.yaml'] : [],
    contentType: { content, file: 'by-parameter' },
  });
  it.each([
    [operator(['application_content'], ['application_content']), 'templated', true],
    [operator(['application_content']), 'content', false],
    [operator(['application_file', 'application_file_type']), 'file-with-type', false],
    [operator(['application_file']), null, false],
    // YAML without a Content-Type that says so is refused by the gateway
    [operator(['application_content'], ['application_content'], 'none'), null, false],
    [operator(['application_content'], [], 'json'), null, false],
    [operator(['application_content'], [], 'unknown'), 'content', false],
  ] as const)('is the first that works: %#', (target, style, renders) => {
    expect(payloadStyle(target, 'auto')).toBe(style);
    if (style !== null) expect(rendersTemplates(target, style)).toBe(renders);
  });

  it('is what the configuration names', () => {
    expect(payloadStyle(operator(['application_content']), 'file')).toBe('file');
  });
});
