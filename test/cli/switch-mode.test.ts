/** `--mode` on the command line: what is written and said, what goes again, and the way back. */
import { unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modeContradiction } from '../../cli/switch-mode.ts';
import { bpgMigrate, contentOf, folderWith, stateOf } from './command.ts';
import { configuration, safeFiles, sensorFiles } from './sample.ts';

const files = {
  ...safeFiles,
  ...sensorFiles,
  'bpg-migrate.yaml': configuration.replace('{ airflow: "2.10.3" }', '{ provider: "7.6.0" }'),
};
const switched = ['apply', '--mode', 'switch', '--include', 'review'];
const runs = 'pause its DAG, let its runs finish, change the word and deploy, unpause';

describe('--mode', () => {
  it('puts a switch, leaves it alone, takes it away, and back both times', async () => {
    const cwd = folderWith(files);
    const before = stateOf(cwd);
    const first = await bpgMigrate(switched, { cwd });
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('new     dags/bpg-routing.yaml\nnew     dags/bpg_switch.py\n');
    expect(first.stderr).toContain('2 behind a switch, 0 left');
    expect(first.stderr).toContain(runs);
    expect(contentOf(cwd, 'dags/safe.py')).toContain(
      ') if on_bpg("submit", connection="known") else SparkKubernetesOperator(',
    );
    const between = stateOf(cwd);

    const plain = await bpgMigrate(['apply', '--include', 'review'], { cwd });
    expect(plain.stdout).toContain(
      'switched: both operators stand here; dags/bpg-routing.yaml has the task on the old path',
    );
    expect(stateOf(cwd)).toEqual(between);
    expect((await bpgMigrate(['apply', '--check'], { cwd })).code).toBe(1);

    writeFileSync(join(cwd, 'dags/bpg-routing.yaml'), 'dags: {safe_dag: new}\n');
    const half = await bpgMigrate(['apply', '--mode', 'final'], { cwd });
    expect(half.stderr).toContain('1 with the new operator only, 1 left');
    expect(half.stdout).toContain('switch-stays: the switch stays: dags/bpg-routing.yaml has the task on the old path');
    expect(half.stdout).not.toContain('bpg_switch.py');
    expect(contentOf(cwd, 'dags/safe.py')).not.toContain('on_bpg');

    writeFileSync(join(cwd, 'dags/bpg-routing.yaml'), 'connections: {known: new, kubernetes_default: new}\n');
    const rest = await bpgMigrate(['apply', '--mode', 'final'], { cwd });
    expect(rest.stdout).toContain('removed dags/bpg-routing.yaml\nremoved dags/bpg_switch.py\n');
    expect(rest.stderr).toContain('pause, let runs finish, deploy, unpause');
    expect(stateOf(cwd)['dags/bpg_switch.py']).toBeUndefined();

    for (let run = 0; run < 2; run += 1) expect((await bpgMigrate(['undo'], { cwd })).code).toBe(0);
    const { 'dags/bpg-routing.yaml': _, ...others } = stateOf(cwd);
    const { 'dags/bpg-routing.yaml': __, ...expected } = between;
    expect(others).toEqual(expected);
    unlinkSync(join(cwd, 'dags/bpg-routing.yaml'));
    expect((await bpgMigrate(['undo'], { cwd })).code).toBe(0);
    expect(stateOf(cwd)).toEqual(before);
  });

  it('is a patch too, that removes what nobody needs any more', async () => {
    const cwd = folderWith(files);
    await bpgMigrate(switched, { cwd });
    writeFileSync(join(cwd, 'dags/bpg-routing.yaml'), 'dags: {safe_dag: new, waiting_dag: new}\n');
    const { code, stdout } = await bpgMigrate(['diff', '--mode', 'final'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^deleted file mode 100644\nindex \w+\.\.0{40}\n--- a\/dags\/bpg_switch\.py\n\+\+\+ \/dev\/null$/m,
    );
  });

  it('refuses an unknown word', async () => {
    const { code, stderr } = await bpgMigrate(['apply', '--mode', 'gradual'], { cwd: folderWith(files) });
    expect(code).toBe(2);
    expect(stderr).toContain('switch');
  });

  it.each([
    [{ mode: 'switch', check: true }, '--check writes nothing'],
    [{ mode: 'final', accepted: true }, '--accepted says nothing'],
    [{ mode: 'final', include: 'review' }, '--include says nothing'],
    [{ mode: 'final' }, null],
    [{ mode: 'switch', include: 'review' }, null],
    [{ check: true }, null],
  ])('%j', (flags, said) => {
    const told = modeContradiction(flags);
    if (said === null) expect(told).toBeNull();
    else expect(told).toContain(said);
  });
});
