import { describe, expect, it } from 'vitest';
import { run } from '../../cli/commands/explain.ts';
import { canLink, withLinks } from '../../cli/links.ts';
import type { Session } from '../../cli/session.ts';
import { catalogue } from '../../src/index.ts';

/** What `explain` answers to these words. */
const explain = (...words: readonly string[]) => explainIn(false, ...words);
async function explainIn(color: boolean, ...words: readonly string[]) {
  let [out, err] = ['', ''];
  const session = {
    color,
    width: 80,
    print: (text: string) => {
      out += text;
    },
    warn: (line: string) => {
      err += `${line}\n`;
    },
  };
  const code = await run(session as unknown as Session, words, {});
  return { code, out, err };
}
const codesOf = (out: string): string[] =>
  out
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '');

describe('explain', () => {
  it.each([
    'retry-resubmits',
    'RETRY_RESUBMITS',
    'retry resubmits',
    '`retry-resubmits`:',
    'docs/findings.md#retry-resubmits',
  ])('knows the code in %j', async (written) => {
    expect((await explain(written)).out).toMatch(/^retry-resubmits: /);
  });

  it('lists the codes of a verdict, and those of a promised difference by its name', async () => {
    const manual = codesOf((await explain('manual')).out);
    expect(manual).toEqual(
      Object.keys(catalogue)
        .filter((code) => catalogue[code]?.verdict === 'manual')
        .sort(),
    );
    const promised = codesOf((await explain('waits')).out);
    expect(promised.length).toBeGreaterThan(0);
    for (const code of promised) expect(catalogue[code]?.promised).toBe('waits');
  });

  it('suggests codes for a slip, and says where all are for nonsense', async () => {
    expect(await explain('retry-resubmit')).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean retry-resubmits'),
    });
    expect((await explain('rety-resubmts')).err).toContain('retry-resubmits');
    expect((await explain('qqqq')).err).toContain('`bpg-migrate explain` lists them');
  });
});

describe('an example', () => {
  it('shows what is changed, in colour where there is one', async () => {
    const { out } = await explain('definition-in-place');
    expect(out).toContain('Behaviour changes: no');
    expect((await explain('argument-dropped')).out).toContain('Behaviour changes: yes');
    expect(out).toMatch(/Example\n {2}dags\/\S+, from line \d+: /);
    expect(out).toMatch(/^ {4}-.*SparkKubernetesOperator/m);
    expect(out).toMatch(/^ {4}\+.*BPGOperator/m);
    expect(out).not.toContain('\u001b');
    const painted = (await explainIn(true, 'definition-in-place')).out;
    expect(painted).toContain('\u001b[31m-from airflow.providers');
    expect(painted).toContain('\u001b[32m+from bpg_operator import BPGOperator\u001b[39m');
  });

  it('shows the lines alone where nothing is edited', async () => {
    const { out } = await explain('unknown-argument');
    expect(out).toContain('Behaviour changes: no');
    expect(out.split('Example\n')[1]).toMatch(/^ {5} *\w+ = SparkKubernetesOperator\(/m);
    expect(out).not.toMatch(/^ {4}[-+]/m);
  });
});

describe('links', () => {
  it('stand on codes only, and not inside of paths', () => {
    const text = 'retry-resubmits, no-code, dags/retry-resubmits.py and (\u001b[1mretry-resubmits\u001b[22m)\n';
    const linked = withLinks(text, '/p/docs/findings.md', (word) => word === 'retry-resubmits');
    const link = '\u001b]8;;file:///p/docs/findings.md#retry-resubmits\u001b\\retry-resubmits\u001b]8;;\u001b\\';
    expect(linked).toBe(`${link}, no-code, dags/retry-resubmits.py and (\u001b[1m${link}\u001b[22m)\n`);
  });

  it('are for terminals that are known to follow them', () => {
    expect(
      [
        {},
        { TERM_PROGRAM: 'vscode', TMUX: '1' },
        { VTE_VERSION: '4000' },
        { FORCE_HYPERLINK: '0', WT_SESSION: 'a' },
      ].map(canLink),
    ).toEqual([false, false, false, false]);
    expect(
      [{ TERM_PROGRAM: 'vscode' }, { VTE_VERSION: '6003' }, { WT_SESSION: 'a' }, { FORCE_HYPERLINK: '1' }].map(canLink),
    ).toEqual([true, true, true, true]);
  });
});
