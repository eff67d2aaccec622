import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/verify/observation.ts';
import { readObservation } from '../../src/verify/observation.ts';
import { renderVerificationJson, renderVerificationText, type Verification } from '../../src/verify/verification.ts';
import { after, before, compare } from './observations.ts';

function verification(other: Observation): Verification {
  const sides = { mode: 'applied', before: 'HEAD', after: 'the work tree' } as const;
  const versions = { airflow: '2.10.3', provider: '9.0.1', python: '3.11.7' };
  return { tool: { name: 'bpg-migrate', version: '1.2.3' }, ...versions, ...sides, ...compare(before, other) };
}
const plain = { color: false, verbose: false };
const withoutNotify = JSON.parse(
  JSON.stringify(after).replaceAll('["publish","notify"]', '["publish"]'),
) as Observation;

describe('the text', () => {
  it('of a clean migration is short, and says what was looked at', () => {
    expect(renderVerificationText(verification(after), plain)).toBe(
      `Airflow 2.10.3, Kubernetes provider 9.0.1, Python 3.11.7
before: HEAD
after:  the work tree

1 DAG, 4 tasks: 1 migrated (1 request equal to the translation), 0 still on the Spark operator
every difference is explained by the migration; 7 explained, 0 not compared
`,
    );
  });

  it('names for each fault the DAG, the task, what was, what is, and what to do', () => {
    const text = renderVerificationText(verification(withoutNotify), plain);
    expect(text).toContain('dags/score.py  score\n  ✗ notify: the edge submit >> notify is gone (edge-lost)\n');
    expect(text).toContain('      was submit >> notify\n      → Put it back');
    expect(text).toContain('1 difference that the migration does not explain; ');
  });

  it('tells what is explained only when asked, and colours only where it may', () => {
    expect(renderVerificationText(verification(after), plain)).not.toContain('sensor-removed');
    expect(renderVerificationText(verification(after), { ...plain, verbose: true })).toContain('sensor-removed');
    const control = String.fromCharCode(27);
    expect(renderVerificationText(verification(withoutNotify), plain)).not.toContain(control);
    expect(renderVerificationText(verification(withoutNotify), { ...plain, color: true })).toContain(`${control}[31m`);
  });

  it('lists what could not be compared', () => {
    const errors = { importErrors: { 'dags/other.py': 'KeyError: x' } };
    const text = renderVerificationText(
      { ...verification(after), ...compare({ ...before, ...errors }, { ...after, ...errors }) },
      plain,
    );
    expect(text).toContain('not compared\n  ? dags/other.py: does not load, before and after: KeyError: x\n');
  });
});

describe('the JSON', () => {
  it('has the shape that is documented, faults first', () => {
    const document: unknown = JSON.parse(renderVerificationJson(verification(withoutNotify)));
    expect(document).toMatchObject({
      schemaVersion: 1,
      tool: { name: 'bpg-migrate', version: '1.2.3' },
      airflow: '2.10.3',
      mode: 'applied',
      summary: { unexplained: 1 },
      differences: [{ kind: 'edge-lost', explained: false }, { explained: true }, {}, {}, {}, {}, {}, {}],
      notCompared: [],
    });
  });

  it('shows no value whose name says that it is a secret', () => {
    const difference = { kind: 'document-changed', explained: false, file: 'f', dagId: 'd', taskId: 't' } as const;
    const secret = { subject: 'driver.env[DB_PASSWORD].value', before: 'hunter2', after: 'hunter3' };
    const differences = [{ ...difference, ...secret, message: 'm', remedy: 'r' }];
    const both = [renderVerificationJson, (one: Verification) => renderVerificationText(one, plain)];
    for (const render of both) {
      const told = render({ ...verification(after), differences });
      expect(told).not.toMatch(/hunter/);
      expect(told).toContain('(masked)');
    }
  });
});

describe('the probe’s answer', () => {
  it('is read, and what is cut off is none', () => {
    const text = '{"airflow": "2.5.0", "python": "3.8.1", "problem": "unsupported"}';
    expect(readObservation(text)).toMatchObject({ problem: 'unsupported', dags: {}, provider: null });
    expect(readObservation(text.slice(0, 20))).toBeNull();
    expect(readObservation('{}')).toBeNull();
    expect(readObservation('')).toBeNull();
  });
});
