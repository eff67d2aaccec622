import { expect, test } from 'vitest';
import { readCodeowners } from '../../src/rollout/codeowners.ts';

const ownerOf = readCodeowners(`\uFEFF# the platform has the rest
*                 @org/platform
dags/             @org/data  lead@example.org # both\r
/dags/risk/*      @org/risk
dags/with\\ space  @org/space
dags/free/
!dags/odd.py      @org/odd
*.SQL             @org/sql
`);

test.each([
  ['README.md', '@org/platform'],
  ['dags/a.py', '@org/data lead@example.org'],
  ['team/dags/a.py', '@org/data lead@example.org'],
  ['dags/risk/a.py', '@org/risk'],
  // `*` at the end is one level only.
  ['dags/risk/deep/a.py', '@org/data lead@example.org'],
  ['team/dags/risk/a.py', '@org/data lead@example.org'],
  ['dags/with space/a.py', '@org/space'],
  ['dags/free/a.py', null],
  ['dags/odd.py', '@org/data lead@example.org'],
  ['a.sql', '@org/platform'],
])('%s is %s, by the last pattern that matches', (path, owner) => {
  expect(ownerOf(path)).toBe(owner);
  expect(ownerOf(path)).toBe(owner);
});

test('a section gives its owners to patterns without any', () => {
  const sections = readCodeowners('[Data][2] @data\ndags/\ndags/x.py @x\n^[Optional]\ndocs/\n');
  expect(['dags/a.py', 'dags/x.py', 'docs/a.md', 'b'].map(sections)).toEqual(['@data', '@x', null, null]);
});

test('an empty file owns nothing', () => {
  expect(readCodeowners('')('a.py')).toBeNull();
});
